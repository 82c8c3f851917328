using System.Diagnostics;
using Janus.Tests.Hosting;
using Janus.Tests.House;

namespace Janus.Tests.Systems;

/// <summary>A worker that stands still past its leases and is woken when another has done its work: what it still writes touches no row.</summary>
[Collection(SystemsCollection.Name)]
public sealed class StoppedWorkerTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_worker_that_slept_past_its_leases_writes_nothing_when_it_wakes_and_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "stops processes by Unix signals");
        // Slow enough that pictures are still being made when the process that holds the lock has started, on a slow machine as well.
        var settings = Settings.With(("Sample__PictureLatency", "00:00:01.500"));
        await using var janus = await RunningJanus.StartReadyAsync(environment: settings);
        using var marketer = new Marketer(() => janus);
        var database = Path.Combine(janus.DataDirectory, "janus.db");
        var media = Path.Combine(janus.DataDirectory, "media");
        var campaign = (await marketer.PlanAsync("asleep", postsPerPhase: 4)).CampaignId!;
        await marketer.UntilAsync([campaign], seen => Marketer.Done(seen) >= 12 && seen[0].GetProperty("parts").GetProperty("running").GetInt32() >= 4);

        // While the write lock is held, answers have come that cannot be recorded; then the worker stands still.
        var sleeper = janus.ProcessIdOf(Topology.Worker);
        using (var holder = Start(Solution.ProgramOf("Janus.DevTools"), ["locks", "--hold-only", "60", "--file", database]))
        {
            (await holder.StandardOutput.ReadLineAsync()).ShouldBe("holding");
            var recorded = Marketer.Done([(await marketer.GraphAsync(campaign)).GetProperty("campaign")]) - 12;
            await marketer.UntilAsync([campaign], _ => Directory.GetFiles(media, "*.svg").Length >= recorded + 2);
            Standstill.Begin(sleeper);
            holder.Kill();
            await holder.WaitForExitAsync();
        }

        using (var other = Start(Solution.ProgramOf("Janus.ContentWorker"), [], [.. settings, new("Janus__DataDirectory", janus.DataDirectory), new("ASPNETCORE_URLS", "http://127.0.0.1:0")]))
        {
            try
            {
                other.BeginOutputReadLine();
                await marketer.UntilScheduledAsync([campaign]);

                var from = janus.Lines.All.Count;
                Standstill.End(sleeper).ShouldBeTrue();
                await janus.Lines.WaitForAsync(line => line.Contains("came late: the write touched 0 rows", StringComparison.Ordinal), _limit, from);
                await janus.Lines.WaitForAsync(line => line.Contains("this process stood still", StringComparison.Ordinal), _limit, from);
            }
            finally
            {
                Standstill.End(sleeper);
                other.Kill();
                await other.WaitForExitAsync();
            }
        }

        janus.RequestStop();
        (await janus.WaitForExitAsync(_limit)).ShouldBe(0);
        var audit = await Audit.OfAsync(janus.DataDirectory, campaigns: 1);
        audit.Lost.ShouldBeInRange(2, 16);
    }

    private static Process Start(string program, string[] arguments, IReadOnlyList<KeyValuePair<string, string?>>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

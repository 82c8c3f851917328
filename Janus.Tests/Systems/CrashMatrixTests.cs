using System.Globalization;
using Janus.Campaigns.Faults;
using Janus.LocalHost;
using Janus.Tests.Hosting;
using Janus.Tests.Storage;

namespace Janus.Tests.Systems;

/// <summary>
/// Real processes, killed at every named place of the engine: every campaign reaches scheduled, nothing is lost, nothing doubled, and no file is
/// left over. A place that was never reached fails the test, because it would show nothing.
/// </summary>
/// <remarks>
/// <c>JANUS_CRASH_ROUNDS=20</c> makes each place kill so often, and as many random kills follow: the long form, an hour or so.
/// </remarks>
[Collection(SystemsCollection.Name)]
public sealed class CrashMatrixTests
{
    // At most these many calls are in flight when a worker dies.
    private const int InFlight = 16;
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("JANUS_CRASH_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 1;

    [Theory]
    [InlineData("claims", "claim.before_commit", "claim.after_commit", "call.before", "renew.before_commit", "renew.after_commit")]
    [InlineData("texts", "call.after", "record_text.before_commit", "record_text.after_commit", "settle.before_move")]
    [InlineData("pictures", "media.after_file", "record_picture.before_commit", "record_picture.after_commit")]
    [InlineData("failures", "record_failure.before_commit", "record_failure.after_commit")]
    [InlineData("plans", "plan.before_commit", "plan.after_commit")]
    [InlineData("lost steps", "reclaim.before_commit", "reclaim.after_commit")]
    public async Task Killed_at_a_place_of_the_engine_it_loses_nothing_and_doubles_nothing(string what, params string[] places)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        // A lost step is what a kill leaves behind, so that comes first.
        string[] armed = what == "lost steps" ? ["claim.after_commit", .. places] : places;
        var kills = places.ToDictionary(place => place, _ => 0, StringComparer.Ordinal);
        for (var round = 1; round <= Rounds; round++)
        {
            await using var janus = await RunningJanus.StartReadyAsync(environment: Settings.With(
                (Variable, string.Join("; ", armed.Select(place => $"{place}=kill"))),
                ("Sample__PictureLatency", what == "claims" ? "00:00:01" : "00:00:00.200"),
                // The sample studio's luck begins anew with every process, so a part may meet the same failures after each kill.
                ("Sample__FailureRate", what == "failures" ? "0.2" : "0"),
                ("Janus__Steps__MaxFailures", "50"),
                // Nothing is shown by waiting: what fails again and again may do so at once.
                ("Janus__Steps__FirstBackoff", "00:00:00.050")));
            using var marketer = new Marketer(() => janus);

            var campaign = (await marketer.PlanAsync($"crash {what} {round}", postsPerPhase: 4)).CampaignId!;
            await marketer.UntilScheduledAsync([campaign]);
            janus.RequestStop();
            (await janus.WaitForExitAsync(_limit)).ShouldBe(0);

            foreach (var place in places)
            {
                var hits = FaultPoints.Count(janus.DataDirectory, place);
                hits.ShouldBe(1, $"{place} was never reached");
                kills[place] += hits;
            }

            var audit = await Audit.OfAsync(janus.DataDirectory, campaigns: 1, mayFail: what == "failures");
            audit.Lost.ShouldBeLessThanOrEqualTo(armed.Length * InFlight);
        }

        foreach (var (place, times) in kills)
            Count($"killed at {place}", times);
    }

    [Fact]
    public async Task A_worker_killed_while_it_gives_its_steps_back_loses_none_of_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        var kills = 0;
        for (var round = 1; round <= Rounds; round++)
        {
            await using var janus = await RunningJanus.StartReadyAsync(environment: Settings.With(
                (Variable, "release.before_commit=kill; release.after_commit=kill"),
                ("Sample__PictureLatency", "00:00:02"),
                ("Janus__Worker__StopGrace", "00:00:00.100")));
            using var marketer = new Marketer(() => janus);
            var campaign = (await marketer.PlanAsync($"crash release {round}", postsPerPhase: 4)).CampaignId!;
            // Texts first, then eight pictures at a time: what a dead worker held counts as running too, until another has taken it over and gone on.
            foreach (var (place, done) in (IEnumerable<(string, int)>)[("release.before_commit", 12), ("release.after_commit", 20)])
            {
                await marketer.UntilAsync(
                    [campaign], seen => Marketer.Done(seen) >= done && seen[0].GetProperty("parts").GetProperty("running").GetInt32() > 0);
                var from = janus.Lines.All.Count;
                UnixSignal.Send(janus.ProcessIdOf(Topology.Worker), UnixSignal.Terminate).ShouldBeTrue();
                await janus.Lines.WaitForAsync(line => line.StartsWith($"started {Topology.Worker} ", StringComparison.Ordinal), _limit, from);
                FaultPoints.Count(janus.DataDirectory, place).ShouldBe(1, $"{place} was never reached");
            }

            await marketer.UntilScheduledAsync([campaign]);
            await Audit.OfAsync(janus.DataDirectory, campaigns: 1);
            kills++;
        }

        Count("killed at release.before_commit", kills);
        Count("killed at release.after_commit", kills);
    }

    [Fact]
    public async Task Killed_at_random_instants_it_loses_nothing_and_doubles_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        // Three in the short form; the seed is printed, so that a run can be repeated.
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var dice = new Random(seed);
        await using var janus = await RunningJanus.StartReadyAsync(environment: Settings.With());
        using var marketer = new Marketer(() => janus);
        var kills = 3 * Rounds;
        List<string> campaigns = [];
        for (var kill = 0; kill < kills; kill++)
        {
            var campaign = (await marketer.PlanAsync($"random {kill}", postsPerPhase: 4)).CampaignId!;
            campaigns.Add(campaign);
            var done = dice.Next(0, 30);
            await marketer.UntilAsync([campaign], seen => Marketer.Done(seen) >= done);
            await janus.KillAndAwaitRestartAsync(dice.Next(2) == 0 ? Topology.Worker : Topology.Api, _limit);
        }

        await marketer.UntilScheduledAsync(campaigns);
        (await Audit.OfAsync(janus.DataDirectory, campaigns.Count)).Lost.ShouldBeLessThanOrEqualTo(kills * InFlight);
        Count("killed at random", kills);
    }

    // The report of a run shows it, also when all is well.
    private static void Count(string what, int times) =>
        TestContext.Current.TestOutputHelper?.WriteLine($"counted: {what}, on {(TestStore.IsPostgres ? "PostgreSQL" : "SQLite")}: {times}");

    private static string Variable => FaultPoints.Key.Replace(":", "__", StringComparison.Ordinal);
}

using System.Diagnostics;
using System.Globalization;
using Janus.Tests.House;

namespace Janus.Tests.Hosting;

/// <summary>The Aspire AppHost as a process among processes. What it starts is tested with Aspire's own packages in Janus.AppHost.Tests.</summary>
public sealed class AppHostTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task An_AppHost_that_is_killed_leaves_no_process_behind_and_the_directory_to_the_next_host()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "finds the processes of a start in /proc");
        Assert.SkipUnless(File.Exists(Solution.ProgramOf("Janus.AppHost")), "needs the Aspire AppHost, which this package feed cannot build");
        var folder = Directory.CreateTempSubdirectory("janus-test-");
        var data = Path.Combine(folder.FullName, "data");
        using var host = Start(data, out var lines);
        try
        {
            await lines.WaitForAsync(RunningJanus.IsReadyLine, RunningJanus.StartLimit);
            var processes = ProcessesOn(data);
            // The host, Aspire's orchestrator and dashboard, and three services with who watches over them.
            processes.Count.ShouldBeGreaterThan(6);

            RunningJanus.Kill(host.Id);
            await ProcessFacts.WaitUntilGoneAsync(processes, _limit);
            ProcessesOn(data).ShouldBeEmpty();

            await using var next = await RunningJanus.StartReadyAsync(data);
        }
        finally
        {
            foreach (var left in ProcessesOn(data))
                RunningJanus.Kill(left);
            TestContext.Current.TestOutputHelper?.WriteLine(lines.Tail);
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(string data, out CollectedLines lines)
    {
        var start = new ProcessStartInfo("dotnet", [Solution.ProgramOf("Janus.AppHost")]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        RunningJanus.Forget(start);
        start.Environment[Topology.DataVariable] = data;
        start.Environment[Topology.Ports.WebVariable] = "0";
        start.Environment[Topology.Ports.ApiVariable] = "0";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://127.0.0.1:0";
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";

        var (host, received) = (new Process { StartInfo = start }, new CollectedLines());
        DataReceivedEventHandler receive = (_, line) =>
        {
            if (line.Data is not null)
                received.Add(line.Data);
        };
        host.OutputDataReceived += receive;
        host.ErrorDataReceived += receive;
        host.Start();
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        lines = received;
        return host;
    }

    /// <summary>Whoever was started, by whomever, with this data directory in the environment.</summary>
    private static List<int> ProcessesOn(string data)
    {
        var found = new List<int>();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(process, "environ")).Split('\0').Contains($"{Topology.DataVariable}={data}"))
                    found.Add(int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture));
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }

        return found;
    }
}

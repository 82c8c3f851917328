using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Janus.LocalHost;

namespace Janus.Tests.Hosting;

/// <summary>Services that are shell scripts, so that each way to end can be had at will.</summary>
public sealed class SupervisorTests
{
    private const string NeedsShell = "the services of these tests are shell scripts";
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    private readonly CollectedLines _lines = new();

    [Fact]
    public async Task A_service_that_is_killed_is_started_again_after_waits_that_double()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsShell);
        using var stop = new CancellationTokenSource(_limit);
        var running = Supervise("kill -9 $$", healthy: true).RunAsync(stop.Token);

        await _lines.WaitForAsync(line => line == "script ended with code 137; restarting in 0.2 s", _limit);
        await _lines.WaitForAsync(line => line == "script ended with code 137; restarting in 0.4 s", _limit);
        await _lines.WaitForAsync(line => line == "script ended with code 137; restarting in 0.8 s", _limit);

        await stop.CancelAsync();
        await running;
        _lines.All.Count(line => line.StartsWith("started script pid=", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_service_that_never_becomes_healthy_is_given_up_with_its_exit_code()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsShell);
        using var stop = new CancellationTokenSource(_limit);
        var supervisor = Supervise("echo no database >&2; exit 3", healthy: false);

        var refusal = await Should.ThrowAsync<HostRefusedException>(supervisor.RunAsync(stop.Token));
        refusal.ExitCode.ShouldBe(HostRefusedException.NotStarted);
        refusal.Message.ShouldContain("code 3");
        await Should.ThrowAsync<HostRefusedException>(supervisor.FirstHealth);
        _lines.All.Count(line => line == "[script] no database").ShouldBe(Supervisor.FirstStarts);
    }

    [Fact]
    public async Task A_service_whose_port_somebody_else_took_says_so_instead_of_trying_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsShell);
        using var thief = new TcpListener(IPAddress.Loopback, 0);
        thief.Start();
        var port = ((IPEndPoint)thief.LocalEndpoint).Port;
        using var stop = new CancellationTokenSource(_limit);
        var supervisor = Supervise("exit 1", healthy: false, Ports.Address(port));

        (await Should.ThrowAsync<PortTakenException>(supervisor.RunAsync(stop.Token))).Message.ShouldContain($"port {port}");
        _lines.All.ShouldHaveSingleItem().ShouldStartWith("started script pid=");
    }

    [Fact]
    public async Task Stopping_closes_the_pipe_which_is_enough_for_a_service_that_hears_no_signal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsShell);
        using var stop = new CancellationTokenSource(_limit);
        var supervisor = Supervise("trap '' TERM; echo up; read -r line; echo \"the pipe ended after '$line'\"", healthy: true);
        var running = supervisor.RunAsync(stop.Token);
        await supervisor.FirstHealth.WaitAsync(_limit);
        await _lines.WaitForAsync(line => line == "[script] up", _limit);

        await stop.CancelAsync();
        await running;
        _lines.All[^1].ShouldBe("[script] the pipe ended after ''");
    }

    [Fact]
    public async Task A_service_that_will_not_stop_is_killed_with_all_that_it_started()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsShell);
        await using var process = ServiceProcess.Start(Script("trap '' TERM; sleep 600 & echo child $!; wait; sleep 600"), Output());
        var child = await ChildAsync();

        await process.StopAsync(TimeSpan.FromMilliseconds(200));
        await ProcessFacts.WaitUntilGoneAsync([process.Id, child], _limit);
    }

    [Fact]
    public async Task A_grandchild_that_keeps_the_pipes_open_does_not_hide_that_the_service_ended()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), NeedsShell);
        await using var process = ServiceProcess.Start(Script("sleep 600 & echo child $!; exit 7"), Output());
        var child = await ChildAsync();
        try
        {
            using var deadline = new CancellationTokenSource(_limit);
            (await process.WaitForExitAsync(deadline.Token)).ShouldBe(7);
        }
        finally
        {
            RunningJanus.Kill(child);
        }
    }

    private async Task<int> ChildAsync()
    {
        var line = await _lines.WaitForAsync(line => line.StartsWith("[script] child ", StringComparison.Ordinal), _limit);
        return int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
    }

    private Supervisor Supervise(string script, bool healthy, Uri? address = null) => new(
        Script(script) with { Address = address },
        (_, cancellation) => healthy ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancellation),
        Output(),
        TimeProvider.System);

    private PrefixedOutput Output() => new(_lines.Add, ["script"]);

    private static ServiceProgram Script(string script) =>
        new("script", "/bin/sh", ["-c", script], Path.GetTempPath(), new Dictionary<string, string>());
}

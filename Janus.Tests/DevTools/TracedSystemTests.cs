using Janus.DevTools.Watch;
using Janus.Tests.Hosting;
using Janus.Tests.Systems;

namespace Janus.Tests.DevTools;

/// <summary>What a person sees who starts Janus with <c>--traces</c> and watches a campaign.</summary>
[Collection(SystemsCollection.Name)]
public sealed class TracedSystemTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_host_prints_the_trace_of_a_watched_campaign_up_to_scheduled_and_stops_the_report_last()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        await using var janus = await RunningJanus.StartReadyAsync(environment: Settings.With(), arguments: ["--local", "--traces"]);
        var ready = janus.Lines.All.Single(line => line.Contains("traces ready grpc ", StringComparison.Ordinal));
        ready.ShouldStartWith($"[{Topology.Traces}] ");
        var services = janus.Lines.All.ToList();
        services.IndexOf(ready).ShouldBeLessThan(services.FindIndex(line => line.StartsWith($"started {Topology.Api} ", StringComparison.Ordinal)));

        using var deadline = new CancellationTokenSource(Limit);
        (await WatchCommand.RunAsync(["--api", janus.Api.GetLeftPart(UriPartial.Authority)], TextWriter.Null, deadline.Token)).ShouldBe(0);

        var tree = await janus.Lines.WaitForAsync(line => line.Contains("phase transition  content_creation -> scheduled", StringComparison.Ordinal), Limit);
        tree.ShouldStartWith($"[{Topology.Traces}] ");
        tree.ShouldContain(Topology.Worker);
        janus.Lines.All.ShouldContain(line => line.EndsWith("planning -> content_creation -> scheduled", StringComparison.Ordinal));
        janus.RequestStop();
        (await janus.WaitForExitAsync(Limit)).ShouldBe(0);
        var last = janus.Lines.All[^1];
        last.ShouldStartWith($"[{Topology.Traces}] ");
        last.ShouldContain(" traces received ");
        janus.Errors.All.ShouldBeEmpty();
    }
}

using System.Net;
using Janus.LocalHost;
using Janus.Tests.Hosting;

namespace Janus.Tests.Systems;

[Collection(SystemsCollection.Name)]
public sealed class KillTests
{
    private const int Campaigns = 4;
    private const int Parts = Campaigns * 9 * 3;
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_killed_API_loses_no_plan_and_no_campaign_and_a_resent_request_gives_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        await using var janus = await RunningJanus.StartReadyAsync(environment: Settings.With(("Sample__PlanLatency", "00:00:00.500")));
        using var marketer = new Marketer(() => janus);
        var planning = PlanAsync(marketer);
        for (var kill = 0; kill < 3; kill++)
            await janus.KillAndAwaitRestartAsync(Topology.Api, _limit);

        var campaigns = await planning;
        await marketer.UntilAsync(campaigns, seen => Marketer.Done(seen) >= Parts / 4);
        await janus.KillAndAwaitRestartAsync(Topology.Api, _limit);

        await marketer.UntilScheduledAsync(campaigns);
        (await Audit.OfAsync(janus.DataDirectory, Campaigns)).Lost.ShouldBe(0);
    }

    [Fact]
    public async Task A_killed_host_takes_everything_with_it_and_the_next_one_finishes_every_campaign()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        await using var first = await RunningJanus.StartReadyAsync(environment: Settings.With());
        var janus = first;
        using var marketer = new Marketer(() => janus);
        var campaigns = await PlanAsync(marketer);
        await marketer.UntilAsync(campaigns, seen => Marketer.Done(seen) >= Parts / 4);
        RunningJanus.Kill(first.HostId);
        await ProcessFacts.WaitUntilGoneAsync([first.HostId, .. first.ServiceIds], _limit);

        await using var second = await RunningJanus.StartReadyAsync(first.DataDirectory, Settings.With());
        janus = second;
        await marketer.UntilScheduledAsync(campaigns);
        second.RequestStop();
        (await second.WaitForExitAsync(_limit)).ShouldBe(0);
        second.ServiceIds.Where(ProcessFacts.IsRunning).ShouldBeEmpty();
        await Audit.OfAsync(first.DataDirectory, Campaigns);
    }

    [Fact]
    public async Task A_worker_that_is_told_to_stop_gives_back_what_it_holds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        await using var janus = await RunningJanus.StartReadyAsync(
            environment: Settings.With(("Sample__PictureLatency", "00:00:02"), ("Janus__Worker__StopGrace", "00:00:00.100"), ("Janus__Steps__Lease", "00:10:00")));
        using var marketer = new Marketer(() => janus);
        var campaign = (await marketer.PlanAsync("stopped")).CampaignId!;
        // All texts are there, so what runs is a picture, which takes two seconds.
        await marketer.UntilAsync(
            [campaign], seen => Marketer.Done(seen) >= 6 && seen[0].GetProperty("parts").GetProperty("running").GetInt32() > 0);
        var from = janus.Lines.All.Count;
        UnixSignal.Send(janus.ProcessIdOf(Topology.Worker), UnixSignal.Terminate).ShouldBeTrue();
        await janus.Lines.WaitForAsync(line => line.StartsWith($"started {Topology.Worker} ", StringComparison.Ordinal), _limit, from);

        // With a lease of ten minutes nothing would go on in time if the steps had not been given back.
        await marketer.UntilScheduledAsync([campaign]);
        var audit = await Audit.OfAsync(janus.DataDirectory, campaigns: 1);
        audit.Released.ShouldBeGreaterThan(0);
        audit.Lost.ShouldBe(0);
    }

    private static async Task<IReadOnlyList<string>> PlanAsync(Marketer marketer)
    {
        var plans = await Task.WhenAll(Enumerable.Range(1, Campaigns).Select(n => marketer.PlanAsync($"Campaign {n}", postsPerPhase: 3)));
        plans.ShouldAllBe(plan => plan.Status == HttpStatusCode.Created);
        return [.. plans.Select(plan => plan.CampaignId!)];
    }
}

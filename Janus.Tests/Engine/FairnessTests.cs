using System.Collections.Concurrent;
using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Reading;
using Janus.Tests.Systems;

namespace Janus.Tests.Engine;

/// <summary>A small campaign that comes after a large one does not wait for it, however many workers there are. Eight that never rest leave nothing for other tests' leases.</summary>
[Collection(SystemsCollection.Name)]
public sealed class FairnessTests
{
    private const int Workers = 8;
    private const int RoomOfEachKind = 2;
    private const int LargePosts = 200;
    private const int SmallPosts = 6;

    [Fact]
    public async Task Six_posts_are_made_while_two_hundred_are_and_the_large_campaign_gets_no_more_than_its_half()
    {
        await using var engine = await TestEngine.StartAsync();
        var large = await engine.PlanAsync(LargePosts, name: "large");
        using var end = new CancellationTokenSource();
        var begun = new ConcurrentDictionary<int, bool>();
        var everybodyIsAtWork = new TaskCompletionSource();
        var workers = Enumerable.Range(1, Workers).Select(number => Task.Run(() => WorkAsync(number))).ToList();
        // A worker that fails is told at once, not by waiting for the others.
        await await Task.WhenAny([everybodyIsAtWork.Task, .. workers]);

        var small = await engine.PlanAsync(SmallPosts, name: "small");
        await await Task.WhenAny([UntilScheduledAsync(engine, small), .. workers]);
        await end.CancelAsync();
        await Task.WhenAll(workers);

        var ofSmall = await engine.EventsAsync(small);
        ofSmall.Count(entry => entry.Kind == EventKind.StepDone).ShouldBe(SmallPosts * 3);
        var scheduled = ofSmall.Single(entry => entry.Kind == EventKind.PhaseChanged && entry.Data.Contains("\"to\":\"scheduled\"", StringComparison.Ordinal)).At;
        var meanwhile = (await AllEventsAsync(engine, large)).Count(entry => entry.Kind == EventKind.StepDone && entry.At >= ofSmall[0].At && entry.At <= scheduled);
        // What all workers held as it came, and then one for one; twice that for turns in which the small one's texts were not there yet.
        var fair = (Workers * 2 * RoomOfEachKind) + (SmallPosts * 3);
        meanwhile.ShouldBeLessThanOrEqualTo(2 * fair, $"of {LargePosts * 3}");

        async Task WorkAsync(int number)
        {
            await using var own = TestEngine.On(engine.Store);
            while (!end.IsCancellationRequested)
            {
                var claimed = await own.ClaimAsync(RoomOfEachKind, RoomOfEachKind, $"worker-{number}");
                foreach (var step in claimed)
                    (await own.CompleteAsync(step)).IsAccepted.ShouldBeTrue();
                if (claimed.Count > 0 && begun.TryAdd(number, true) && begun.Count == Workers)
                    everybodyIsAtWork.TrySetResult();
            }
        }
    }

    private static async Task UntilScheduledAsync(TestEngine engine, StoredCampaign campaign)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await engine.GraphAsync(campaign)).Campaign.Phase != Phase.Scheduled)
            await timer.WaitForNextTickAsync(limit.Token);
    }

    private static async Task<IReadOnlyList<CampaignEvent>> AllEventsAsync(TestEngine engine, StoredCampaign campaign)
    {
        var all = new List<CampaignEvent>();
        while (await engine.Get<EventReader>().AfterAsync(campaign.Id, all.Count, CancellationToken.None) is { Count: > 0 } page)
            all.AddRange(page);
        return all;
    }
}

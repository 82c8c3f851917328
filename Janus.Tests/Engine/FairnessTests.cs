using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Steps;

namespace Janus.Tests.Engine;

/// <summary>
/// A small campaign that comes after a large one does not wait for it, however many workers there are. The workers come in
/// turn, each with what it took the time before finished: which is held to be fair is what is dealt to them, and not how
/// the machine divides its time among eight that race.
/// </summary>
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
        StoredCampaign? small = null;
        var (texts, pictures) = (0, 0);
        var held = new IReadOnlyList<ClaimedStep>[Workers];
        Array.Fill(held, []);
        foreach (var worker in Enumerable.Range(0, Workers))
            await TurnAsync(worker);
        held.ShouldAllBe(steps => steps.Count > 0);

        small = await engine.PlanAsync(SmallPosts, name: "small");
        texts = SmallPosts;
        for (var turn = 0; (await engine.GraphAsync(small)).Campaign.Phase != Phase.Scheduled; turn++)
        {
            turn.ShouldBeLessThan(LargePosts, "the small campaign was still waiting");
            await TurnAsync(turn % Workers);
        }

        (await engine.EventsAsync(small)).Count(entry => entry.Kind == EventKind.StepDone).ShouldBe(SmallPosts * 3);
        (await AllEventsAsync(engine, large)).Count(entry => entry.Kind == EventKind.StepDone).ShouldBeLessThan(LargePosts * 3);

        async Task TurnAsync(int worker)
        {
            foreach (var step in held[worker])
            {
                (await engine.CompleteAsync(step)).IsAccepted.ShouldBeTrue();
                pictures += step.Kind == StepKind.Text && IsSmall(step) ? 2 : 0;
            }

            held[worker] = await engine.ClaimAsync(RoomOfEachKind, RoomOfEachKind, $"worker-{worker}");
            texts -= TakenFairly(held[worker], StepKind.Text, texts);
            pictures -= TakenFairly(held[worker], StepKind.Picture, pictures);
        }

        // The large campaign is given something only when the small one has nothing more to do, or has as much in hand.
        int TakenFairly(IReadOnlyList<ClaimedStep> claimed, StepKind kind, int ready)
        {
            var taken = claimed.Where(step => step.Kind == kind).ToList();
            var ofSmall = taken.Count(IsSmall);
            var inHand = held.SelectMany(steps => steps).Where(step => step.Kind == kind).CountBy(IsSmall).ToDictionary();
            if (ofSmall < taken.Count && ofSmall < ready)
                inHand.GetValueOrDefault(false).ShouldBeLessThanOrEqualTo(inHand.GetValueOrDefault(true) + 1, $"{kind} with {ready} ready");
            return ofSmall;
        }

        bool IsSmall(ClaimedStep step) => step.CampaignPublicId == small?.PublicId;
    }

    private static async Task<IReadOnlyList<CampaignEvent>> AllEventsAsync(TestEngine engine, StoredCampaign campaign)
    {
        var all = new List<CampaignEvent>();
        while (await engine.Get<EventReader>().AfterAsync(campaign.Id, all.Count, CancellationToken.None) is { Count: > 0 } page)
            all.AddRange(page);
        return all;
    }
}

using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Steps;

namespace Janus.Tests.Engine;

public sealed class CampaignLifeTests
{
    [Fact]
    public async Task A_plan_is_stored_with_every_part_and_waits_for_a_worker()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 4);

        var graph = await engine.GraphAsync(campaign);
        graph.Campaign.Phase.ShouldBe(Phase.Planning);
        graph.Parts.Total.ShouldBe(12);
        graph.Parts.Done.ShouldBe(0);
        graph.Posts.ShouldAllBe(post => post.Variants.Count == 0);
        (await engine.EventsAsync(campaign)).Select(e => e.Kind).ShouldBe([EventKind.CampaignPlanned]);
    }

    [Fact]
    public async Task The_first_claim_moves_it_to_content_creation_and_the_last_record_to_scheduled()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 3);

        await engine.CompleteAllAsync();

        var graph = await engine.GraphAsync(campaign);
        graph.Campaign.Phase.ShouldBe(Phase.Scheduled);
        graph.Campaign.LastError.ShouldBeNull();
        graph.Posts.ShouldAllBe(post => post.AssetsReady && post.Variants.Count == 2);
        (await engine.PhasesAsync(campaign)).ShouldBe(["content_creation", "scheduled"]);
    }

    [Fact]
    public async Task Events_are_numbered_without_a_gap_and_the_version_is_the_last_number()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 3);
        await engine.CompleteAllAsync();

        var events = await engine.EventsAsync(campaign);
        events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, events.Count).Select(n => (long)n));
        (await engine.GraphAsync(campaign)).Campaign.Version.ShouldBe(events.Count);
    }

    [Fact]
    public async Task Pictures_wait_for_the_captions_that_the_text_step_writes()
    {
        await using var engine = await TestEngine.StartAsync();
        await engine.PlanAsync(posts: 1);

        var texts = await engine.ClaimAsync();
        texts.Select(step => step.Kind).ShouldBe([StepKind.Text]);
        await engine.CompleteAsync(texts[0]);

        var pictures = await engine.ClaimAsync();
        pictures.Select(step => (step.Variant, step.Caption)).ShouldBe([("A", "caption A"), ("B", "caption B")]);
    }

    [Fact]
    public async Task A_dead_step_lets_its_siblings_finish_then_the_campaign_goes_back_with_the_reason_and_retry_makes_only_what_is_missing()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 2);
        var texts = await engine.ClaimAsync();
        await engine.FailAsync(texts[0], reason: "The model refused this one.");
        (await engine.GraphAsync(campaign)).Campaign.Phase.ShouldBe(Phase.ContentCreation);
        await engine.CompleteAsync(texts[1]);
        await engine.CompleteAllAsync();

        var failed = await engine.GraphAsync(campaign);
        failed.Campaign.Phase.ShouldBe(Phase.Planning);
        failed.Campaign.LastError.ShouldNotBeNull().ShouldContain("The model refused this one.");
        failed.Parts.Done.ShouldBe(3);
        failed.Parts.Total.ShouldBe(6);

        (await engine.Commands.RetryAsync(campaign.PublicId, CancellationToken.None)).Value.Affected.ShouldBe(3);
        var again = await engine.ClaimAsync();
        again.Select(step => (step.PostId, step.Kind)).ShouldBe([(texts[0].PostId, StepKind.Text)]);
        await engine.CompleteAsync(again[0]);
        await engine.CompleteAllAsync();

        var graph = await engine.GraphAsync(campaign);
        graph.Campaign.Phase.ShouldBe(Phase.Scheduled);
        graph.Campaign.LastError.ShouldBeNull();
        (await engine.PhasesAsync(campaign)).ShouldBe(["content_creation", "planning", "content_creation", "scheduled"]);
    }

    [Fact]
    public async Task A_cause_that_reaches_the_whole_campaign_stops_claiming_at_once_and_moves_it_back_when_the_calls_in_flight_have_ended()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 4);
        var running = await engine.ClaimAsync(texts: 2, pictures: 0);
        await engine.FailAsync(running[0], stopsCampaign: true, reason: "The Gemini key was refused.");

        (await engine.ClaimAsync()).ShouldBeEmpty();
        (await engine.GraphAsync(campaign)).Campaign.Phase.ShouldBe(Phase.ContentCreation);

        await engine.CompleteAsync(running[1]);
        (await engine.ClaimAsync()).ShouldBeEmpty();
        var graph = await engine.GraphAsync(campaign);
        graph.Campaign.Phase.ShouldBe(Phase.Planning);
        graph.Campaign.LastError.ShouldBe("The Gemini key was refused.");

        await engine.Commands.RetryAsync(campaign.PublicId, CancellationToken.None);
        await engine.CompleteAllAsync();
        (await engine.GraphAsync(campaign)).Campaign.Phase.ShouldBe(Phase.Scheduled);
    }

    [Fact]
    public async Task A_cancel_takes_running_steps_from_their_workers_and_a_late_answer_writes_nothing()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 2);
        var running = await engine.ClaimAsync(texts: 1);

        var cancelled = await engine.Commands.CancelAsync(campaign.PublicId, "wrong product", CancellationToken.None);
        cancelled.Value.Phase.ShouldBe(Phase.Planning);
        (await engine.Queue.StillHeldAsync([running[0].Claim], CancellationToken.None)).ShouldBeEmpty();
        (await engine.CompleteAsync(running[0])).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);

        var graph = await engine.GraphAsync(campaign);
        graph.Campaign.LastError.ShouldBe("Cancelled: wrong product");
        graph.Posts.ShouldAllBe(post => post.Variants.Count == 0);
        (await engine.Commands.CancelAsync(campaign.PublicId, null, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public async Task Accepting_schedules_what_is_there_and_nothing_more_is_made()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 2);
        (await engine.Commands.AcceptAsync(campaign.PublicId, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        await engine.CompleteAsync((await engine.ClaimAsync(texts: 1))[0]);

        var accepted = await engine.Commands.AcceptAsync(campaign.PublicId, CancellationToken.None);

        accepted.Value.Phase.ShouldBe(Phase.Scheduled);
        (await engine.ClaimAsync()).ShouldBeEmpty();
        (await engine.PhasesAsync(campaign)).ShouldBe(["content_creation", "scheduled"]);
    }

    [Fact]
    public async Task A_paused_campaign_is_not_claimed()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        await engine.Get<CampaignWriter>().ChangeAsync("pause", campaign.Id, (change, _) =>
        {
            change.Campaign.Paused = true;
            change.Record(EventKind.GenerationStopped, new { reason = "paused" });
            return Task.FromResult(Decision<bool>.Accept(true));
        }, CancellationToken.None);

        (await engine.ClaimAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_to_retry_is_a_conflict_and_an_unknown_campaign_is_not_found()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);

        (await engine.Commands.RetryAsync(campaign.PublicId, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await engine.Commands.RetryAsync(PublicId.NewCampaign(), CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public async Task The_same_key_and_body_give_the_same_campaign_for_a_day_and_another_body_is_refused()
    {
        await using var engine = await TestEngine.StartAsync();
        var first = await engine.PlanAsync(key: ("key", "hash"));
        var second = await engine.PlanAsync(key: ("key", "hash"));
        second.PublicId.ShouldBe(first.PublicId);
        second.IsNew.ShouldBeFalse();
        var planning = engine.Get<Janus.Campaigns.Planning.CampaignPlanning>();
        (await planning.FindByKeyAsync("key", "other", CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Invalid);

        engine.Time.Shift = TimeSpan.FromHours(25);
        (await engine.PlanAsync(key: ("key", "other"))).PublicId.ShouldNotBe(first.PublicId);
    }
}

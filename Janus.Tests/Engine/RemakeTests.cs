using System.Text.Json;
using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Scheduling;
using Janus.Campaigns.Steps;

namespace Janus.Tests.Engine;

public sealed class RemakeTests
{
    [Fact]
    public async Task A_remade_text_keeps_caption_and_picture_and_comes_into_use()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await ScheduledAsync(engine);
        var before = (await engine.FirstPostAsync(campaign)).Current("A")!;

        await AskAsync(engine, pk, StepKind.Text, "shorter");
        var step = (await engine.ClaimAsync()).ShouldHaveSingleItem();
        step.Remake.ShouldBe(new RemakeWish("shorter", before.Text, "B of Title 1"));
        step.Generation.ShouldBe(2);
        (await engine.CompleteAsync(step)).IsAccepted.ShouldBeTrue();

        var post = await engine.FirstPostAsync(campaign);
        var after = post.Current("A")!;
        (after.Generation, after.Text, after.Origin, after.StepId).ShouldBe((2, "A 2 of Title 1", Origin.Text, step.Claim.StepId));
        (after.Caption, after.Asset).ShouldBe((before.Caption, before.Asset));
        post.Variants.Count.ShouldBe(3);
        post.Current("B")!.Generation.ShouldBe(1);
    }

    [Fact]
    public async Task A_remade_picture_keeps_the_text_and_is_drawn_from_the_current_caption()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await ScheduledAsync(engine);
        (await engine.Editing.EditAsync(pk, "A", null, "A green kite", 1, CancellationToken.None)).IsAccepted.ShouldBeTrue();

        await AskAsync(engine, pk, StepKind.Picture);
        var step = (await engine.ClaimAsync()).ShouldHaveSingleItem();
        step.Caption.ShouldBe("A green kite");
        (await engine.CompleteAsync(step)).IsAccepted.ShouldBeTrue();

        var after = (await engine.FirstPostAsync(campaign)).Current("A")!;
        (after.Generation, after.Origin, after.Author, after.Caption).ShouldBe((3, Origin.Picture, Author.Person, "A green kite"));
        after.Text.ShouldBe("A of Title 1");
        after.Asset.ShouldNotBe((await engine.FirstPostAsync(campaign)).Variants.Single(v => v is { Letter: "A", Generation: 1 }).Asset);
    }

    [Fact]
    public async Task A_remake_in_a_scheduled_campaign_moves_no_phase_and_counts_in_no_progress()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await ScheduledAsync(engine);
        await AskAsync(engine, pk, StepKind.Text);
        await AskAsync(engine, pk, StepKind.Picture);

        var asked = await engine.GraphAsync(campaign);
        asked.Parts.ShouldBe(asked.Parts with { Done = 6, Total = 6, Running = 0 });
        asked.Posts[0].Faces["A"].ShouldBe(new FaceState(StepState.Done, StepState.Done, null, true, true));
        asked.Posts[0].Faces["B"].ShouldBe(new FaceState(StepState.Done, StepState.Done, null, false, false));
        await engine.CompleteAllAsync();

        var graph = await engine.GraphAsync(campaign);
        (graph.Campaign.Phase, graph.Parts.Total, graph.Parts.Done).ShouldBe((Phase.Scheduled, 6, 6));
        graph.Posts[0].Faces["A"].IsTextRemade.ShouldBeFalse();
        (await engine.PhasesAsync(campaign)).ShouldBe(["content_creation", "scheduled"]);
        var ended = (await engine.EventsAsync(campaign)).Where(e => e.Kind == EventKind.StepDone).Select(e => JsonDocument.Parse(e.Data).RootElement).ToList();
        ended.Count.ShouldBe(8);
        ended.Take(6).ShouldAllBe(data => !data.GetProperty("is_remake").GetBoolean() && data.GetProperty("duration_ms").GetInt64() >= 0);
        ended.Skip(6).ShouldAllBe(data => data.GetProperty("is_remake").GetBoolean() && data.GetProperty("progress").GetProperty("total").GetInt32() == 6);
        ended[^1].GetProperty("generation").GetInt32().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task An_edit_while_a_text_is_being_remade_stays_in_use_and_the_new_text_joins_the_history()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await ScheduledAsync(engine);
        await AskAsync(engine, pk, StepKind.Text);
        var step = (await engine.ClaimAsync()).ShouldHaveSingleItem();
        (await engine.Editing.EditAsync(pk, "A", "By hand", null, 1, CancellationToken.None)).IsAccepted.ShouldBeTrue();

        (await engine.CompleteAsync(step)).IsAccepted.ShouldBeTrue();

        var post = await engine.FirstPostAsync(campaign);
        post.Current("A")!.Text.ShouldBe("By hand");
        post.Variants.Where(v => v.Letter == "A").Select(v => (v.Generation, v.Origin)).ShouldBe([(3, Origin.Text), (2, Origin.Edit), (1, Origin.First)]);
    }

    [Fact]
    public async Task An_edit_while_a_picture_is_being_remade_is_carried_over_to_the_new_picture()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await ScheduledAsync(engine);
        await AskAsync(engine, pk, StepKind.Picture);
        var step = (await engine.ClaimAsync()).ShouldHaveSingleItem();
        (await engine.Editing.EditAsync(pk, "A", "By hand", null, 1, CancellationToken.None)).IsAccepted.ShouldBeTrue();

        (await engine.CompleteAsync(step)).IsAccepted.ShouldBeTrue();

        var current = (await engine.FirstPostAsync(campaign)).Current("A")!;
        (current.Text, current.Author, current.Generation, current.Origin).ShouldBe(("By hand", Author.Person, 3, Origin.Picture));
    }

    [Fact]
    public async Task An_edit_before_the_first_picture_gets_that_picture()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        (await engine.CompleteAsync((await engine.ClaimAsync(pictures: 0)).ShouldHaveSingleItem())).IsAccepted.ShouldBeTrue();
        var pk = (await engine.GraphAsync(campaign)).Posts[0].Post.Id;
        (await engine.Editing.EditAsync(pk, "A", "By hand", null, 1, CancellationToken.None)).IsAccepted.ShouldBeTrue();

        await engine.CompleteAllAsync();

        var graph = await engine.GraphAsync(campaign);
        graph.Campaign.Phase.ShouldBe(Phase.Scheduled);
        graph.Posts[0].AssetsReady.ShouldBeTrue();
        (await engine.FirstPostAsync(campaign)).Current("A")!.Text.ShouldBe("By hand");
        graph.Posts[0].Variants.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_text_and_a_picture_that_are_remade_at_once_both_come_into_use()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await ScheduledAsync(engine);
        await AskAsync(engine, pk, StepKind.Text);
        await AskAsync(engine, pk, StepKind.Picture);
        var steps = await engine.ClaimAsync();
        var picture = steps.Single(step => step.Kind == StepKind.Picture);
        (await engine.CompleteAsync(picture)).IsAccepted.ShouldBeTrue();
        (await engine.CompleteAsync(steps.Single(step => step.Kind == StepKind.Text))).IsAccepted.ShouldBeTrue();

        var current = (await engine.FirstPostAsync(campaign)).Current("A")!;
        current.Text.ShouldStartWith("A 2");
        current.Asset!.ShouldContain($"{picture.Claim.StepId:x16}");
    }

    [Fact]
    public async Task A_late_remake_touches_no_row()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await ScheduledAsync(engine);
        await AskAsync(engine, pk, StepKind.Text);
        var slow = (await engine.ClaimAsync(worker: "slow")).ShouldHaveSingleItem();
        engine.Time.Shift += engine.Queue.Options.Lease + TimeSpan.FromSeconds(1);
        (await engine.ReclaimExpiredAsync()).ShouldBe(1);
        var quick = (await engine.ClaimAsync(worker: "quick")).ShouldHaveSingleItem();
        (await engine.CompleteAsync(quick)).IsAccepted.ShouldBeTrue();
        var version = (await engine.GraphAsync(campaign)).Campaign.Version;

        (await engine.CompleteAsync(slow, AttemptUsage.None)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);

        (await engine.GraphAsync(campaign)).Campaign.Version.ShouldBe(version);
        (await engine.FirstPostAsync(campaign)).Variants.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_key_that_is_refused_during_a_remake_concerns_nobody_else()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await ScheduledAsync(engine);
        var other = (await engine.GraphAsync(campaign)).Posts[1].Post.Id;
        await AskAsync(engine, pk, StepKind.Text);
        await AskAsync(engine, other, StepKind.Text);
        var step = (await engine.ClaimAsync(texts: 1)).ShouldHaveSingleItem();

        await engine.FailAsync(step, stopsCampaign: true, reason: "The key was refused.");

        var graph = await engine.GraphAsync(campaign);
        (graph.Campaign.LastError, graph.Campaign.Phase, graph.Parts.Failed).ShouldBe((null, Phase.Scheduled, 0));
        (await engine.ClaimAsync()).ShouldHaveSingleItem().PostId.ShouldBe(other);
        (await engine.EventsAsync(campaign)).ShouldNotContain(e => e.Kind == EventKind.GenerationStopped);
    }

    [Fact]
    public async Task Retry_makes_what_is_missing_and_leaves_dead_remakes_alone()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await ScheduledAsync(engine);
        await AskAsync(engine, pk, StepKind.Text);
        await engine.FailAsync((await engine.ClaimAsync()).ShouldHaveSingleItem());

        (await engine.Commands.RetryAsync(campaign.PublicId, CancellationToken.None)).Refusal!.Reason.ShouldBe("There is nothing to try again.");
        (await engine.Commands.RetryPostAsync(pk, CancellationToken.None)).IsAccepted.ShouldBeFalse();

        await AskAsync(engine, pk, StepKind.Text);
        (await engine.ClaimAsync()).ShouldHaveSingleItem().Generation.ShouldBe(3);
    }

    [Fact]
    public async Task A_remake_that_fails_for_a_while_is_tried_again_although_the_campaign_has_a_failure_stored()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 2);
        var texts = await engine.ClaimAsync();
        (await engine.CompleteAsync(texts[0])).IsAccepted.ShouldBeTrue();
        var pk = texts[0].PostId;
        await AskAsync(engine, pk, StepKind.Text);
        var remake = (await engine.ClaimAsync(pictures: 0)).ShouldHaveSingleItem();
        await engine.FailAsync(texts[1], stopsCampaign: true, reason: "The key was refused.");
        await engine.FailAsync(remake, transient: true);
        engine.Time.Shift += TimeSpan.FromHours(1);

        var again = (await engine.ClaimAsync()).ShouldHaveSingleItem();
        again.Remake.ShouldNotBeNull();
        (await engine.CompleteAsync(again)).IsAccepted.ShouldBeTrue();

        var graph = await engine.GraphAsync(campaign);
        graph.Campaign.Phase.ShouldBe(Phase.Planning);
        graph.Campaign.LastError.ShouldBe("The key was refused.");
        (await engine.PhasesAsync(campaign)).ShouldBe(["content_creation", "planning"]);
    }

    [Fact]
    public async Task A_cancel_stops_remakes_and_leaves_a_scheduled_campaign_as_it_is()
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await ScheduledAsync(engine);
        await AskAsync(engine, pk, StepKind.Text);
        var running = (await engine.ClaimAsync()).ShouldHaveSingleItem();

        (await engine.Commands.CancelAsync(campaign.PublicId, null, CancellationToken.None)).Value.Affected.ShouldBe(1);

        (await engine.CompleteAsync(running)).IsAccepted.ShouldBeFalse();
        var graph = await engine.GraphAsync(campaign);
        (graph.Campaign.Phase, graph.Campaign.LastError).ShouldBe((Phase.Scheduled, null));
        graph.Posts[0].Variants.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Accepting_what_is_there_lets_remakes_go_on()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        var text = (await engine.ClaimAsync()).ShouldHaveSingleItem();
        (await engine.CompleteAsync(text)).IsAccepted.ShouldBeTrue();
        await AskAsync(engine, text.PostId, StepKind.Text);

        (await engine.Commands.AcceptAsync(campaign.PublicId, CancellationToken.None)).Value.Affected.ShouldBe(2);
        (await engine.CompleteAsync((await engine.ClaimAsync()).ShouldHaveSingleItem())).IsAccepted.ShouldBeTrue();

        (await engine.GraphAsync(campaign)).Campaign.Phase.ShouldBe(Phase.Scheduled);
        (await engine.FirstPostAsync(campaign)).Current("A")!.Generation.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_part_is_not_asked_for_twice_at_once()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        var text = (await engine.ClaimAsync()).ShouldHaveSingleItem();
        (await engine.Regeneration.AskAsync(text.PostId, "A", StepKind.Text, null, CancellationToken.None)).Refusal!.Reason.ShouldContain("no text A yet");
        (await engine.CompleteAsync(text)).IsAccepted.ShouldBeTrue();
        (await engine.Regeneration.AskAsync(text.PostId, "A", StepKind.Picture, null, CancellationToken.None)).Refusal!.Reason.ShouldContain("is being made already");
        await AskAsync(engine, text.PostId, StepKind.Text);
        (await engine.Regeneration.AskAsync(text.PostId, "A", StepKind.Text, null, CancellationToken.None)).IsAccepted.ShouldBeFalse();
        (await engine.Regeneration.AskAsync(text.PostId, "B", StepKind.Text, null, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        (await engine.GraphAsync(campaign)).Posts[0].Faces["A"].IsTextRemade.ShouldBeTrue();
    }

    [Fact]
    public async Task The_sweep_keeps_a_picture_that_several_generations_name()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        await engine.CompleteAsync((await engine.ClaimAsync()).ShouldHaveSingleItem());
        foreach (var picture in await engine.ClaimAsync())
        {
            var kept = await engine.Media.KeepAsync("<svg/>"u8.ToArray(), "image/svg+xml", CancellationToken.None);
            (await engine.Queue.CompletePictureAsync(picture.Claim, kept, TestEngine.NoUsage, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        }

        var pk = (await engine.GraphAsync(campaign)).Posts[0].Post.Id;
        (await engine.Editing.EditAsync(pk, "A", "By hand", null, 1, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        engine.Time.Shift += TimeSpan.FromDays(1);

        (await engine.Media.SweepAsync(engine.Time.GetUtcNow() - TimeSpan.FromMinutes(1), CancellationToken.None)).ShouldBe(0);
    }

    [Theory]
    [InlineData(StepKind.Text)]
    [InlineData(StepKind.Picture)]
    public async Task What_is_made_anew_when_its_post_is_out_by_then_only_joins_the_history(StepKind kind)
    {
        await using var engine = await TestEngine.StartAsync();
        var (campaign, pk) = await ScheduledAsync(engine);
        (await engine.Posts.ApproveAsync(pk, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        await AskAsync(engine, pk, kind);
        (await engine.Get<Publishing>().PublishAsync(pk, null, null, null, CancellationToken.None)).IsAccepted.ShouldBeTrue();

        await engine.CompleteAsync((await engine.ClaimAsync()).ShouldHaveSingleItem());

        var post = await engine.FirstPostAsync(campaign);
        post.Post.Status.ShouldBe(PostStatus.Published);
        post.Current("A")!.Generation.ShouldBe(1, "what people saw stays as they saw it");
        post.Variants.Where(variant => variant.Letter == "A").Select(variant => variant.Generation).ShouldBe([2, 1]);
    }

    private static async Task<(StoredCampaign Campaign, int Pk)> ScheduledAsync(TestEngine engine)
    {
        var campaign = await engine.PlanAsync(posts: 2);
        await engine.CompleteAllAsync();
        return (campaign, (await engine.GraphAsync(campaign)).Posts[0].Post.Id);
    }

    private static async Task AskAsync(TestEngine engine, int pk, StepKind kind, string? hint = null) =>
        (await engine.Regeneration.AskAsync(pk, "A", kind, hint, CancellationToken.None)).IsAccepted.ShouldBeTrue();
}

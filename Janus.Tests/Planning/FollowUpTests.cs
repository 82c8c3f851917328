using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Planning;

public sealed class FollowUpTests
{
    [Fact]
    public async Task A_follow_up_of_a_scheduled_campaign_hangs_on_what_was_selected_and_is_made_like_any_other()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 3);
        await engine.CompleteAllAsync();
        var before = await engine.GraphAsync(campaign);
        var posts = await engine.PostsAsync(campaign);

        var added = (await engine.FollowAsync(posts[1], posts[0])).Value;

        var graph = await engine.GraphAsync(campaign);
        graph.Campaign.Phase.ShouldBe(Phase.ContentCreation);
        graph.Campaign.SpentMicroUsd.ShouldBe(before.Campaign.SpentMicroUsd + TestEngine.NoUsage.CostMicroUsd);
        (graph.Parts.Done, graph.Parts.Total).ShouldBe((9, 12));
        var view = graph.Posts.Single(post => post.Post.Id == added.Id);
        (view.Post.Title, view.Post.PhaseNumber, view.Post.PlanNumber, view.Post.Status).ShouldBe(("Next [1] & more", 3, 1, PostStatus.Draft));
        graph.Posts.Where(post => post.Next.Contains(added.Id)).Select(post => post.Post.Id).ShouldBe([posts[0], posts[1]]);
        await engine.ShouldDrawTheGraphAsync(campaign);

        await engine.CompleteAllAsync();
        (await engine.GraphAsync(campaign)).Campaign.Phase.ShouldBe(Phase.Scheduled);
        (await engine.PhasesAsync(campaign)).ShouldBe(["content_creation", "scheduled", "content_creation", "scheduled"]);
        (await engine.EventsAsync(campaign)).ShouldContain(entry => entry.Kind == EventKind.FollowUpAdded && entry.Data.Contains("\"instruction\":\"Go on\""));
    }

    [Fact]
    public async Task A_follow_up_while_the_campaign_is_made_joins_what_is_being_made()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 2);
        await engine.ClaimAsync(texts: 1);

        (await engine.FollowAsync((await engine.PostsAsync(campaign))[0])).IsAccepted.ShouldBeTrue();

        var graph = await engine.GraphAsync(campaign);
        (graph.Campaign.Phase, graph.Parts.Total).ShouldBe((Phase.ContentCreation, 9));
        await engine.ShouldDrawTheGraphAsync(campaign);
    }

    [Fact]
    public async Task A_follow_up_of_an_active_campaign_is_made_without_moving_it_and_can_be_retried()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        await engine.CompleteAllAsync();
        await engine.Get<CampaignWriter>().ChangeAsync("move", campaign.Id, (change, _) =>
            Task.FromResult(change.Move(Phase.Active, PhaseCause.FirstPostOut, null) is { } refusal ? Decision<bool>.Refuse(refusal) : Decision<bool>.Accept(true)), CancellationToken.None);

        var added = (await engine.FollowAsync((await engine.PostsAsync(campaign))[0])).Value;
        await engine.FailAsync((await engine.ClaimAsync()).ShouldHaveSingleItem());
        (await engine.GraphAsync(campaign)).Campaign.Phase.ShouldBe(Phase.Active);
        (await engine.Commands.RetryPostAsync(added.Id, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        await engine.CompleteAllAsync();

        var graph = await engine.GraphAsync(campaign);
        (graph.Campaign.Phase, graph.Campaign.LastError).ShouldBe((Phase.Active, null));
        graph.Posts.ShouldAllBe(post => post.AssetsReady);
    }

    [Fact]
    public async Task What_was_accepted_as_missing_does_not_fail_the_campaign_again()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 2);
        var texts = await engine.ClaimAsync();
        await engine.CompleteAsync(texts[0]);
        await engine.FailAsync(texts[1]);
        (await engine.Commands.AcceptAsync(campaign.PublicId, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        engine.Time.Shift += TimeSpan.FromSeconds(1);

        await engine.FollowAsync((await engine.PostsAsync(campaign))[0]);
        await engine.CompleteAllAsync();

        var graph = await engine.GraphAsync(campaign);
        (graph.Campaign.Phase, graph.Campaign.LastError).ShouldBe((Phase.Scheduled, null));
    }

    [Fact]
    public async Task A_follow_up_that_cannot_be_made_fails_even_a_campaign_that_was_accepted()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 2);
        var texts = await engine.ClaimAsync();
        await engine.CompleteAsync(texts[0]);
        await engine.Commands.AcceptAsync(campaign.PublicId, CancellationToken.None);
        engine.Time.Shift += TimeSpan.FromSeconds(1);

        await engine.FollowAsync((await engine.PostsAsync(campaign))[0]);
        await engine.FailAsync((await engine.ClaimAsync()).ShouldHaveSingleItem(), reason: "It was blocked.");

        var failed = (await engine.GraphAsync(campaign)).Campaign;
        failed.Phase.ShouldBe(Phase.Planning);
        failed.LastError.ShouldBe("3 of 9 parts could not be made: It was blocked.");
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_and_nothing_is_stored()
    {
        await using var engine = await TestEngine.StartAsync();
        var one = await engine.PlanAsync(posts: 1);
        var other = await engine.PlanAsync(posts: 1, name: "Other");
        var (first, second) = ((await engine.PostsAsync(one))[0], (await engine.PostsAsync(other))[0]);

        (await engine.FollowAsync(first, second)).Refusal!.Kind.ShouldBe(RefusalKind.Invalid);
        (await engine.FollowAsync(first, 4711)).Refusal.ShouldBe(new Refusal(RefusalKind.NotFound, "There is no post 4711."));
        (await engine.ReplanAsync(one, 1)).IsAccepted.ShouldBeTrue();
        (await engine.FollowAsync(first)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);

        await engine.Commands.CancelAsync(other.PublicId, "wrong product", CancellationToken.None);
        var stopped = (await engine.FollowAsync(second)).Refusal!;
        (stopped.Kind, stopped.Reason).ShouldBe((RefusalKind.Conflict, "Its generation has stopped. Retry what is missing, or schedule the campaign with what is there; then it takes new posts."));
        (await engine.GraphAsync(other)).Posts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_campaign_of_sixty_posts_takes_no_more()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: CampaignPlanning.MostPosts);
        (await engine.FollowAsync((await engine.PostsAsync(campaign))[0])).Refusal!.Reason.ShouldBe("The campaign would have 61 posts; it may have 60 at most.");
    }

    [Fact]
    public async Task A_selected_post_that_is_replaced_while_the_planner_thinks_refuses_the_follow_up()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        var ground = (await engine.Get<FollowUps>().ReadAsync(await engine.PostsAsync(campaign), CancellationToken.None)).Value;
        (await engine.ReplanAsync(campaign, 1)).IsAccepted.ShouldBeTrue();

        (await engine.FollowAsync(ground)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await engine.GraphAsync(campaign)).Posts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Two_follow_ups_at_once_are_both_there_and_the_diagram_shows_both()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        await engine.CompleteAllAsync();
        var ground = (await engine.Get<FollowUps>().ReadAsync(await engine.PostsAsync(campaign), CancellationToken.None)).Value;

        foreach (var added in await Task.WhenAll(engine.FollowAsync(ground), engine.FollowAsync(ground)))
            added.IsAccepted.ShouldBeTrue();

        (await engine.GraphAsync(campaign)).Posts.Count.ShouldBe(3);
        await engine.ShouldDrawTheGraphAsync(campaign);
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        (await tables.Steps.CountAsync(step => step.CampaignId == campaign.Id && step.State == StepState.Ready)).ShouldBe(2);
    }
}

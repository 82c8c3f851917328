using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Planning;

public sealed class ReplanTests
{
    [Fact]
    public async Task A_proposal_changes_nothing_of_the_campaign_but_its_cost()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 6);
        await engine.CompleteAllAsync();
        var before = await engine.GraphAsync(campaign);

        var preview = (await engine.ProposeAsync(campaign, 2)).Value;

        preview.Goes.Select(post => post.Title).ShouldBe(["Title 2", "Title 5", "Title 3", "Title 6"]);
        preview.Stays.Select(post => post.Title).ShouldBe(["Title 1", "Title 4"]);
        preview.Comes.Select(post => post.Title).ShouldBe(["New 2", "New 3"]);
        var after = await engine.GraphAsync(campaign);
        after.Campaign.SpentMicroUsd.ShouldBe(before.Campaign.SpentMicroUsd + TestEngine.NoUsage.CostMicroUsd);
        (after.Campaign.Phase, after.Campaign.PlanNumber, after.Campaign.Diagram).ShouldBe((before.Campaign.Phase, 1, before.Campaign.Diagram));
        after.Posts.Select(Look).ShouldBe(before.Posts.Select(Look));
        (await engine.EventsAsync(campaign))[^1].Kind.ShouldBe(EventKind.PlanProposed);
    }

    [Fact]
    public async Task An_applied_plan_archives_drafts_and_rejected_posts_and_never_touches_what_was_approved_or_is_out()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 9);
        await engine.CompleteAllAsync();
        var posts = await engine.PostsAsync(campaign);
        var second = (await engine.GraphAsync(campaign)).Posts.Where(post => post.Post.PhaseNumber == 2).Select(post => post.Post.Id).ToList();
        await engine.Posts.ApproveAsync(second[0], CancellationToken.None);
        await engine.Posts.RejectAsync(second[1], "dull", CancellationToken.None);
        await MarkAsync(engine, second[2], PostStatus.Published);
        var untouched = (await engine.PostAsync(second[0]), await engine.PostAsync(second[2]));

        var applied = (await engine.ReplanAsync(campaign, 2)).Value;

        applied.PlanNumber.ShouldBe(2);
        applied.Archived.ShouldContain(second[1]);
        applied.Archived.Count.ShouldBe(4);
        (await engine.PostAsync(second[0])).ShouldBeEquivalentTo(untouched.Item1);
        (await engine.PostAsync(second[2])).ShouldBeEquivalentTo(untouched.Item2);
        var gone = await engine.PostAsync(second[1]);
        (gone.Status, gone.RejectReason).ShouldBe((PostStatus.Archived, null));
        var graph = await engine.GraphAsync(campaign);
        graph.Posts.Select(post => post.Post.Id).ShouldBe([.. posts.Except(applied.Archived).Order(), .. applied.Added]);
        graph.Posts.Where(post => applied.Added.Contains(post.Post.Id)).ShouldAllBe(post => post.Post.PlanNumber == 2);
        (graph.Campaign.Phase, graph.Campaign.PlanNumber).ShouldBe((Phase.ContentCreation, 2));
        (graph.Parts.Done, graph.Parts.Total).ShouldBe((15, 21));
        await engine.ShouldDrawTheGraphAsync(campaign);
        // Whoever reads on finds the next phase from everywhere, and everything is led to.
        graph.Posts.Where(post => post.Post.PhaseNumber < 3).ShouldAllBe(post => post.Next.Count > 0);
        graph.Posts.Where(post => post.Post.PhaseNumber > 1).ShouldAllBe(post => graph.Posts.Any(before => before.Next.Contains(post.Post.Id)));

        await engine.CompleteAllAsync();
        (await engine.GraphAsync(campaign)).Campaign.Phase.ShouldBe(Phase.Scheduled);
        (await engine.Get<PostReader>().ReadAsync(second[1], CancellationToken.None)).ShouldNotBeNull().Variants.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_is_approved_or_added_between_the_preview_and_the_apply_stays()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 3);
        await engine.CompleteAllAsync();
        var posts = await engine.PostsAsync(campaign);
        var preview = (await engine.ProposeAsync(campaign, 1)).Value;
        preview.Goes.Count.ShouldBe(3);

        engine.Time.Shift += TimeSpan.FromSeconds(1);
        await engine.Posts.ApproveAsync(posts[1], CancellationToken.None);
        var follow = (await engine.FollowAsync(posts[0])).Value;
        var applied = (await engine.ApplyAsync(preview)).Value;

        applied.Archived.ShouldBe([posts[0], posts[2]]);
        (await engine.PostAsync(posts[1])).Status.ShouldBe(PostStatus.Approved);
        (await engine.PostAsync(follow.Id)).Status.ShouldBe(PostStatus.Draft);
        (await engine.GraphAsync(campaign)).Posts.Count.ShouldBe(5);
        await engine.ShouldDrawTheGraphAsync(campaign);
    }

    [Fact]
    public async Task Approving_everything_while_a_plan_is_applied_never_approves_what_has_gone_nor_archives_what_was_approved()
    {
        await using var engine = await TestEngine.StartAsync();
        await using var another = engine.Another();
        for (var round = 0; round < 8; round++)
        {
            var campaign = await engine.PlanAsync(posts: 6, name: $"Round {round}");
            await engine.CompleteAllAsync();
            var posts = await engine.PostsAsync(campaign);
            var preview = (await engine.ProposeAsync(campaign, 1)).Value;

            var applying = engine.ApplyAsync(preview);
            var approving = posts.Select(pk => another.Posts.ApproveAsync(pk, CancellationToken.None)).ToList();
            var applied = (await applying).Value;
            var approved = await Task.WhenAll(approving);

            foreach (var (pk, decision) in posts.Zip(approved))
            {
                (await engine.PostAsync(pk)).Status.ShouldBe(decision.IsAccepted ? PostStatus.Approved : PostStatus.Archived);
                applied.Archived.Contains(pk).ShouldBe(!decision.IsAccepted);
            }

            await engine.ShouldDrawTheGraphAsync(campaign);
        }
    }

    [Fact]
    public async Task A_plan_is_applied_once_and_only_to_the_plan_that_it_was_made_from()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 3);
        await engine.CompleteAllAsync();
        var ground = (await engine.Get<Replanning>().ReadAsync(campaign.PublicId, 2, CancellationToken.None)).Value;
        var preview = (await engine.ProposeAsync(campaign, 2)).Value;
        (await engine.ApplyAsync(preview)).IsAccepted.ShouldBeTrue();
        var before = await engine.GraphAsync(campaign);

        (await engine.ApplyAsync(preview)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        var late = await engine.Get<Replanning>().ProposeAsync(ground, ground.Read(Growing.PlanFrom(2)), "Too late", TestEngine.NoUsage, CancellationToken.None);
        late.Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await engine.GraphAsync(campaign)).Campaign.Version.ShouldBe(before.Campaign.Version);
    }

    [Fact]
    public async Task Of_two_who_apply_at_once_one_does()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 3);
        await engine.CompleteAllAsync();
        var preview = (await engine.ProposeAsync(campaign, 1)).Value;

        var both = await Task.WhenAll(engine.ApplyAsync(preview), engine.ApplyAsync(preview));

        both.Count(decision => decision.IsAccepted).ShouldBe(1);
        (await engine.GraphAsync(campaign)).Posts.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_proposal_that_is_dropped_or_replaced_by_a_later_one_is_gone()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 3);
        var first = (await engine.ProposeAsync(campaign, 2)).Value;
        var second = (await engine.ProposeAsync(campaign, 3)).Value;

        (await engine.ApplyAsync(first)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        (await engine.Get<Replanning>().DiscardAsync(campaign.PublicId, second.ProposalId, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        (await engine.ApplyAsync(second)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        (await tables.PlanProposals.CountAsync()).ShouldBe(0);
        (await engine.EventsAsync(campaign))[^1].Kind.ShouldBe(EventKind.PlanDiscarded);
    }

    [Fact]
    public async Task Parts_of_what_goes_are_taken_from_their_workers_and_a_late_answer_touches_no_row()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 2);
        var running = await engine.ClaimAsync(texts: 1);

        var applied = (await engine.ReplanAsync(campaign, 1)).Value;

        (await engine.Queue.StillHeldAsync([running[0].Claim], CancellationToken.None)).ShouldBeEmpty();
        (await engine.CompleteAsync(running[0], new AttemptUsage("test", 1, 2, 0))).IsAccepted.ShouldBeFalse();
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        (await tables.Variants.CountAsync()).ShouldBe(0);
        (await tables.Steps.Where(step => applied.Archived.Contains(step.PostId)).Select(step => step.State).Distinct().SingleAsync()).ShouldBe(StepState.Cancelled);
        (await tables.Attempts.SingleAsync()).Outcome.ShouldBe(AttemptOutcome.Cancelled);
        await engine.CompleteAllAsync();
        var graph = await engine.GraphAsync(campaign);
        (graph.Campaign.Phase, graph.Parts.Done, graph.Parts.Total).ShouldBe((Phase.Scheduled, 9, 9));
    }

    [Fact]
    public async Task The_call_for_a_part_of_what_goes_is_really_ended()
    {
        await using var engine = await TestEngine.StartAsync();
        using var chat = new EndlessChat();
        await using var worker = await TestWorker.StartAsync(engine, services => services.AddSingleton<IChatClient>(chat));
        var campaign = await engine.PlanAsync(posts: 1);
        await chat.Called.WaitAsync(TimeSpan.FromSeconds(30));

        (await engine.ReplanAsync(campaign, 1)).IsAccepted.ShouldBeTrue();

        await chat.Ended.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_dead_part_of_an_archived_post_neither_fails_the_campaign_nor_is_retried_or_counted()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 2);
        await engine.FailAsync((await engine.ClaimAsync(texts: 1))[0]);

        (await engine.ReplanAsync(campaign, 1)).IsAccepted.ShouldBeTrue();
        (await engine.Commands.RetryAsync(campaign.PublicId, CancellationToken.None)).IsAccepted.ShouldBeFalse();
        await engine.CompleteAllAsync();

        var graph = await engine.GraphAsync(campaign);
        (graph.Campaign.Phase, graph.Parts.Failed, graph.Parts.Total).ShouldBe((Phase.Scheduled, 0, 9));
        var listed = (await engine.Get<CampaignReader>().ListAsync(new CampaignSearch(), 0, 10, CancellationToken.None)).Campaigns.Single();
        (listed.Posts, listed.Parts.Done, listed.Parts.Total, listed.Parts.Failed).ShouldBe((3, 9, 9, 0));
    }

    [Theory]
    [InlineData("graph TB", "no new post")]
    [InlineData("graph TB\nsubgraph \"Phase 1\"\nN1[<title>Early</title><description>d</description>]\nend", "only phases 2 to 3 are planned anew")]
    [InlineData("graph TB\nsubgraph \"Phase 2\"\nN1[<title>Alone</title><description>d</description>]\nend", "Phase 3 has no post")]
    [InlineData("graph TB\nsubgraph \"Phase 2\"\nN1[<title>title 1</title><description>d</description>]\nend\nsubgraph \"Phase 3\"\nN2[<title>B</title><description>d</description>]\nend", "Two posts are called")]
    public async Task A_plan_that_cannot_be_used_says_why(string diagram, string reason)
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 3);
        var ground = (await engine.Get<Replanning>().ReadAsync(campaign.PublicId, 2, CancellationToken.None)).Value;
        ground.Read(diagram).Refusal.ShouldNotBeNull().ShouldContain(reason);
    }

    [Fact]
    public async Task Edges_lead_from_posts_that_stay_to_new_ones_and_what_is_written_again_of_them_is_not_read()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 3);
        var ground = (await engine.Get<Replanning>().ReadAsync(campaign.PublicId, 2, CancellationToken.None)).Value;

        var plan = ground.Read(
            """
            ```mermaid
            graph TB
            subgraph "Phase 1"
            K1[<title>Something else</title><description>d</description>]
            end
            subgraph "Phase 2"
            N1[<title>One</title><description>d</description>]
            end
            subgraph "Phase 3"
            N2[<title>Two</title><description>d</description>]
            end
            K1 --> N1 --> N2
            ```
            """);

        plan.Refusal.ShouldBeNull();
        plan.Posts.Select(post => post.Title).ShouldBe(["One", "Two"]);
        plan.Connections.Select(edge => $"{edge.From} {edge.To}").ShouldBe(["K1 N1", "N1 N2"]);
        (await engine.Get<Replanning>().ProposeAsync(ground, plan, "On", TestEngine.NoUsage, CancellationToken.None)).Value.Diagram.ShouldContain("Title 1");
    }

    private static string Look(PostView view) => $"{view.Post.Id} {view.Post.Title} {view.Post.Status} {string.Join(',', view.Next)} {view.Parts.Done}";

    private static async Task MarkAsync(TestEngine engine, int pk, PostStatus status)
    {
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        await tables.Posts.Where(post => post.Id == pk).ExecuteUpdateAsync(set => set.SetProperty(post => post.Status, status));
    }
}

using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Steps;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Engine;

public sealed class StepQueueTests
{
    [Fact]
    public async Task A_worker_that_lost_its_lease_touches_no_row()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        var first = (await engine.ClaimAsync(worker: "slow"))[0];
        engine.Time.Shift += engine.Queue.Options.Lease + TimeSpan.FromSeconds(1);
        (await engine.ReclaimExpiredAsync()).ShouldBe(1);
        var second = (await engine.ClaimAsync(worker: "quick"))[0];
        second.Claim.Attempt.ShouldBe(2);
        var before = (await engine.GraphAsync(campaign)).Campaign.Version;

        (await engine.CompleteAsync(first, AttemptUsage.None)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);

        (await engine.GraphAsync(campaign)).Campaign.Version.ShouldBe(before);
        (await engine.CompleteAsync(second)).IsAccepted.ShouldBeTrue();
        (await engine.GraphAsync(campaign)).Posts[0].Variants.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_renewed_lease_is_not_taken_and_a_lost_one_is_not_renewed()
    {
        await using var engine = await TestEngine.StartAsync();
        await engine.PlanAsync(posts: 1);
        var claim = (await engine.ClaimAsync())[0].Claim;
        engine.Time.Shift += engine.Queue.Options.Lease - TimeSpan.FromSeconds(1);
        (await engine.Queue.RenewAsync([claim], CancellationToken.None)).ShouldBe([claim]);
        engine.Time.Shift += engine.Queue.Options.Lease - TimeSpan.FromSeconds(1);
        (await engine.ReclaimExpiredAsync()).ShouldBe(0);
        engine.Time.Shift += TimeSpan.FromSeconds(2);
        (await engine.ReclaimExpiredAsync()).ShouldBe(1);
        (await engine.Queue.RenewAsync([claim], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_transient_failure_is_tried_again_after_a_growing_wait_until_its_attempts_are_used_up()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        var options = engine.Queue.Options;
        for (var failures = 1; failures <= options.MaxFailures; failures++)
        {
            var step = (await engine.ClaimAsync()).ShouldHaveSingleItem();
            await engine.FailAsync(step, transient: true, reason: "Overloaded.");
            (await engine.ClaimAsync()).ShouldBeEmpty();
            engine.Time.Shift += options.BackoffAfter(failures) + TimeSpan.FromSeconds(1);
        }

        (await engine.ClaimAsync()).ShouldBeEmpty();
        var graph = await engine.GraphAsync(campaign);
        graph.Campaign.Phase.ShouldBe(Phase.Planning);
        graph.Parts.Reasons.ShouldContain("Overloaded.");
        (await engine.EventsAsync(campaign)).Count(e => e.Kind == EventKind.StepFailed).ShouldBe(options.MaxFailures - 1);
    }

    [Fact]
    public async Task A_step_that_kills_its_worker_again_and_again_ends_dead()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        for (var losses = 1; losses <= engine.Queue.Options.MaxLosses; losses++)
        {
            (await engine.ClaimAsync()).ShouldHaveSingleItem();
            engine.Time.Shift += engine.Queue.Options.Lease + TimeSpan.FromSeconds(1);
            await engine.ReclaimExpiredAsync();
        }

        (await engine.ClaimAsync()).ShouldBeEmpty();
        (await engine.GraphAsync(campaign)).Campaign.LastError.ShouldNotBeNull().ShouldContain("worker was lost");
    }

    [Fact]
    public async Task Steps_that_a_stopping_worker_gives_back_are_ready_at_once_and_count_neither_as_failed_nor_as_lost()
    {
        await using var engine = await TestEngine.StartAsync();
        await engine.PlanAsync(posts: 2);
        var steps = await engine.ClaimAsync();
        await engine.Queue.ReleaseAsync([.. steps.Select(step => step.Claim)], CancellationToken.None);

        (await engine.ClaimAsync()).Count.ShouldBe(2);
        await using var context = engine.Get<Janus.Campaigns.Storage.DatabaseEngine>().NewContext();
        (await context.Steps.Where(step => step.State == StepState.Running).AllAsync(step => step.Failures == 0 && step.Losses == 0)).ShouldBeTrue();
        (await context.Attempts.CountAsync(attempt => attempt.Outcome == AttemptOutcome.Released)).ShouldBe(2);
    }

    [Fact]
    public async Task Room_goes_to_the_campaign_that_has_the_least_running()
    {
        await using var engine = await TestEngine.StartAsync();
        var large = await engine.PlanAsync(posts: 60);
        (await engine.ClaimAsync(texts: 6)).ShouldAllBe(step => step.CampaignPublicId == large.PublicId);
        var small = await engine.PlanAsync(posts: 6);

        var claimed = await engine.ClaimAsync(texts: 6);

        claimed.Count(step => step.CampaignPublicId == small.PublicId).ShouldBe(6);
    }

    [Fact]
    public void Dealing_never_gives_more_than_there_is_and_leaves_no_room_unused()
    {
        var dealt = FairChoice.Deal(new Dictionary<int, (int, int)> { [1] = (0, 100), [2] = (0, 2), [3] = (5, 100), [4] = (0, 0) }, 11, servedLast: 0);

        dealt.Values.Sum().ShouldBe(11);
        dealt[2].ShouldBe(2);
        dealt.Keys.ShouldNotContain(4);
        dealt[1].ShouldBeGreaterThan(dealt.GetValueOrDefault(3));
    }

    [Fact]
    public async Task More_campaigns_than_there_is_room_for_take_turns()
    {
        await using var engine = await TestEngine.StartAsync();
        for (var campaign = 0; campaign < 4; campaign++)
            await engine.PlanAsync(posts: 4);

        var served = new List<string>();
        for (var turn = 0; turn < 8; turn++)
        {
            var step = (await engine.ClaimAsync(texts: 1, pictures: 0)).ShouldHaveSingleItem();
            served.Add(step.CampaignPublicId);
            await engine.CompleteAsync(step);
        }

        served.Take(4).Distinct().Count().ShouldBe(4);
        served.Skip(4).ShouldBe(served.Take(4));
    }

    [Fact]
    public async Task A_call_that_fails_after_the_campaign_was_stopped_is_not_tried_again_by_itself()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 2);
        var steps = await engine.ClaimAsync();
        await engine.FailAsync(steps[0], stopsCampaign: true, reason: "The key was refused.");
        await engine.FailAsync(steps[1], transient: true);
        engine.Time.Shift += TimeSpan.FromHours(1);

        (await engine.ClaimAsync()).ShouldBeEmpty();
        (await engine.GraphAsync(campaign)).Campaign.Phase.ShouldBe(Phase.Planning);
    }

    [Fact]
    public async Task Many_workers_on_one_file_never_claim_a_step_twice_and_the_last_two_records_make_one_transition()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaigns = new[] { await engine.PlanAsync(posts: 8), await engine.PlanAsync(posts: 8) };
        await using var another = engine.Another();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => WorkAsync(n % 2 == 0 ? engine : another, $"worker-{n}")));

        foreach (var campaign in campaigns)
        {
            var graph = await engine.GraphAsync(campaign);
            graph.Campaign.Phase.ShouldBe(Phase.Scheduled);
            graph.Posts.ShouldAllBe(post => post.AssetsReady && post.Variants.Count == 2);
            (await engine.PhasesAsync(campaign)).ShouldBe(["content_creation", "scheduled"]);
            (await engine.EventsAsync(campaign)).Count(e => e.Kind == EventKind.StepStarted).ShouldBe(24);
        }

        async Task WorkAsync(TestEngine own, string worker)
        {
            while ((await own.GraphAsync(campaigns[0])).Campaign.Phase != Phase.Scheduled || (await own.GraphAsync(campaigns[1])).Campaign.Phase != Phase.Scheduled)
            {
                foreach (var step in await own.ClaimAsync(texts: 2, pictures: 2, worker: worker))
                    (await own.CompleteAsync(step)).IsAccepted.ShouldBeTrue();
            }
        }
    }

    [Fact]
    public async Task An_attempt_says_who_made_a_part_with_which_model_and_at_what_cost()
    {
        await using var engine = await TestEngine.StartAsync();
        await engine.PlanAsync(posts: 1);
        await engine.CompleteAsync((await engine.ClaimAsync(worker: "w"))[0]);

        await using var context = engine.Get<Janus.Campaigns.Storage.DatabaseEngine>().NewContext();
        var attempt = await context.Attempts.SingleAsync();
        (attempt.Number, attempt.Worker, attempt.Outcome, attempt.Model, attempt.InputTokens, attempt.OutputTokens, attempt.CostMicroUsd)
            .ShouldBe((1, "w", AttemptOutcome.Done, "test", 1, 2, 3));
        attempt.EndedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_rehearsal_leaves_nothing_behind_and_takes_nothing()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);

        await engine.Queue.RehearseAsync(CancellationToken.None);

        await using var context = engine.Get<Janus.Campaigns.Storage.DatabaseEngine>().NewContext();
        (await context.Campaigns.CountAsync(), await context.Posts.CountAsync(), await context.Steps.CountAsync(), await context.Attempts.CountAsync())
            .ShouldBe((1, 1, 3, 0));
        (await engine.GraphAsync(campaign)).Campaign.Version.ShouldBe(1);
    }
}

using System.Text.Json;
using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Spending;

public sealed class SpentTests
{
    [Fact]
    public async Task What_workers_spend_at_the_same_time_adds_up_to_the_last_millionth()
    {
        await using var engine = await Paid.StartAsync();
        for (var campaign = 1; campaign <= 3; campaign++)
            await engine.PlanAsync(posts: 6, name: $"Campaign {campaign}", usage: Paid.Cost(1_000 + campaign));

        await Task.WhenAll(Enumerable.Range(1, 3).Select(worker => Task.Run(async () =>
        {
            await using var other = engine.Another();
            other.Time.Shift = engine.Time.Shift;
            var random = new Random(worker);
            while (await other.ClaimAsync(texts: 2, pictures: 2, $"worker-{worker}") is { Count: > 0 } steps)
            {
                foreach (var step in steps)
                {
                    var cost = Paid.Cost(random.Next(1, 100_000));
                    _ = random.Next(8) == 0
                        ? await other.Queue.FailAsync(step.Claim, new AttemptFailure("test", "No.", false, false, null), cost, CancellationToken.None)
                        : await other.CompleteAsync(step, cost);
                }
            }
        })));

        await engine.ShouldAddUpAsync();
        (await engine.SpentOnDayAsync(Paid.Day)).ShouldBeGreaterThan(0);
        (await engine.ReadAsync(context => context.Attempts.CountAsync(attempt => attempt.Outcome == AttemptOutcome.Failed && attempt.CostMicroUsd > 0))).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_plan_is_part_of_what_a_campaign_costs_and_the_log_says_what_it_used()
    {
        await using var engine = await Paid.StartAsync();
        var planned = await engine.PlanAsync(usage: new AttemptUsage("planner", 1_500, 3_000, 29_250));

        var campaign = await engine.CampaignAsync(planned);

        (campaign.SpentMicroUsd, campaign.PlanCostMicroUsd, campaign.PlanModel, campaign.PlanOutputTokens).ShouldBe((29_250, 29_250, "planner", 3_000));
        var detail = JsonDocument.Parse((await engine.EventsAsync(planned))[0].Data).RootElement.GetProperty("detail");
        detail.GetProperty("model").GetString().ShouldBe("planner");
        detail.GetProperty("cost_micro_usd").GetInt64().ShouldBe(29_250);
        await engine.ShouldAddUpAsync();
    }

    [Fact]
    public async Task A_late_answer_is_paid_for_once_and_touches_no_row_of_its_step()
    {
        await using var engine = await Paid.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        var late = (await engine.ClaimAsync(worker: "slow"))[0];
        engine.Time.Shift += engine.Queue.Options.Lease + TimeSpan.FromSeconds(1);
        await engine.ReclaimExpiredAsync();
        var quick = (await engine.ClaimAsync(worker: "quick"))[0];
        var before = await engine.ReadAsync(context => context.Steps.SingleAsync(step => step.Id == late.Claim.StepId));

        (await engine.CompleteAsync(late, Paid.Cost(500))).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await engine.CompleteAsync(late, Paid.Cost(500))).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);

        (await engine.CampaignAsync(campaign)).SpentMicroUsd.ShouldBe(500);
        (await engine.GraphAsync(campaign)).Posts[0].Variants.ShouldBeEmpty();
        (await engine.ReadAsync(context => context.Steps.SingleAsync(step => step.Id == late.Claim.StepId))).ShouldBeEquivalentTo(before);
        (await engine.EventsAsync(campaign)).Count(e => e.Kind == EventKind.LateCostRecorded).ShouldBe(1);
        (await engine.CompleteAsync(quick, Paid.Cost(700))).IsAccepted.ShouldBeTrue();
        (await engine.CampaignAsync(campaign)).SpentMicroUsd.ShouldBe(1_200);
        await engine.ShouldAddUpAsync();
    }

    [Fact]
    public async Task A_record_that_is_sent_again_after_it_was_committed_is_not_paid_for_twice()
    {
        await using var engine = await Paid.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        var step = (await engine.ClaimAsync())[0];
        await engine.CompleteAsync(step, Paid.Cost(500));

        (await engine.CompleteAsync(step, Paid.Cost(500))).IsAccepted.ShouldBeFalse();

        (await engine.CampaignAsync(campaign)).SpentMicroUsd.ShouldBe(500);
        await engine.ShouldAddUpAsync();
    }

    [Fact]
    public async Task A_call_that_was_cancelled_but_answered_is_paid_for()
    {
        await using var engine = await Paid.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        var step = (await engine.ClaimAsync())[0];
        await engine.Commands.CancelAsync(campaign.PublicId, null, CancellationToken.None);

        (await engine.CompleteAsync(step, Paid.Cost(500))).IsAccepted.ShouldBeFalse();

        (await engine.CampaignAsync(campaign)).SpentMicroUsd.ShouldBe(500);
        await engine.ShouldAddUpAsync();
    }

    [Fact]
    public async Task A_day_is_charged_for_what_is_recorded_on_it()
    {
        await using var engine = await Paid.StartAsync();
        await engine.PlanAsync(posts: 1);
        await engine.CompleteAsync((await engine.ClaimAsync())[0], Paid.Cost(500));
        engine.Time.Shift += TimeSpan.FromDays(1);
        await engine.CompleteAsync((await engine.ClaimAsync())[0], Paid.Cost(700));

        var spending = await engine.Get<SpendingReader>().ReadAsync(CancellationToken.None);

        spending.Days.Select(day => (day.Day.Day, day.SpentMicroUsd)).ShouldBe([(4, 700L), (3, 500L)]);
        (spending.Today.SpentMicroUsd, spending.CapMicroUsd).ShouldBe((700, 50_000_000));
        engine.Time.Shift += TimeSpan.FromDays(29);
        (await engine.Get<SpendingReader>().ReadAsync(CancellationToken.None)).Days.ShouldHaveSingleItem().Day.Day.ShouldBe(4);
    }
}

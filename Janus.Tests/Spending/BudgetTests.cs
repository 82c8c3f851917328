using System.Text.Json;
using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Spending;

public sealed class BudgetTests
{
    [Fact]
    public async Task A_campaign_pauses_at_its_limit_with_the_reason_and_goes_on_to_the_end_when_that_is_raised()
    {
        await using var engine = await Paid.StartAsync(("Janus:Budget:CampaignUsd", "0.25"));
        var planned = await engine.PlanAsync(posts: 2);

        await engine.CompleteAllPaidAsync();

        var paused = await engine.CampaignAsync(planned);
        (paused.Paused, paused.PauseCause, paused.Phase, paused.SpentMicroUsd).ShouldBe((true, PauseCause.CampaignBudget, Phase.ContentCreation, 200_000));
        paused.PauseReason.ShouldBe("This campaign has used $0.20 of its $0.25, and the next part costs about $0.08. Raise the limit to go on.");
        var told = (await engine.EventsAsync(planned))[^1];
        told.Kind.ShouldBe(EventKind.GenerationPaused);
        told.Version.ShouldBe(paused.Version);
        (Text(told, "cause"), Text(told, "reason")).ShouldBe(("campaign_budget", paused.PauseReason));
        (await engine.ClaimPaidAsync()).ShouldBeEmpty();
        (await engine.CampaignAsync(planned)).Version.ShouldBe(paused.Version);

        (await engine.Get<BudgetCommands>().SetCampaignCapAsync(planned.PublicId, 0.40m, CancellationToken.None)).Value.Affected.ShouldBe(1);
        await engine.CompleteAllPaidAsync();

        var done = await engine.CampaignAsync(planned);
        (done.Paused, done.PauseReason, done.Phase, done.SpentMicroUsd).ShouldBe((false, null, Phase.Scheduled, 360_000));
        (await engine.EventsAsync(planned)).Select(e => e.Kind).ShouldContain(EventKind.BudgetChanged);
        Text((await engine.EventsAsync(planned)).Single(e => e.Kind == EventKind.GenerationResumed), "cause").ShouldBe("campaign_limit_raised");
    }

    [Fact]
    public async Task What_is_left_is_never_promised_twice_and_a_limit_is_overshot_by_no_more_than_the_estimates_were_wrong()
    {
        await using var engine = await Paid.StartAsync(("Janus:Budget:CampaignUsd", "0.90"));
        var planned = await engine.PlanAsync(posts: 8);
        var random = new Random(7);
        var error = 0L;

        while (await engine.ClaimPaidAsync(texts: 3, pictures: 3) is { Count: > 0 } steps)
        {
            var promised = await engine.ReadAsync(context => context.Steps.Where(step => step.State == StepState.Running).ToDictionaryAsync(step => step.Id, step => step.ExpectedMicroUsd));
            ((await engine.CampaignAsync(planned)).SpentMicroUsd + promised.Values.Sum()).ShouldBeLessThanOrEqualTo(900_000);
            error = 0;
            foreach (var step in steps)
            {
                var cost = Paid.Usual.Of(step.Kind) * random.Next(60, 150) / 100;
                error += Math.Max(0, cost - promised[step.Claim.StepId]);
                await engine.CompleteAsync(step, Paid.Cost(cost));
            }
        }

        var paused = await engine.CampaignAsync(planned);
        paused.PauseCause.ShouldBe(PauseCause.CampaignBudget);
        paused.SpentMicroUsd.ShouldBeGreaterThan(700_000);
        paused.SpentMicroUsd.ShouldBeLessThanOrEqualTo(900_000 + error);
        await engine.ShouldAddUpAsync();
    }

    [Fact]
    public async Task A_campaign_whose_own_calls_are_cheaper_than_the_usual_ones_gets_further()
    {
        await using var engine = await Paid.StartAsync(("Janus:Budget:CampaignUsd", "0.10"));
        var planned = await engine.PlanAsync(posts: 1);
        await engine.CompleteAsync(await engine.ClaimPaidAsync());
        var first = (await engine.ClaimPaidAsync()).ShouldHaveSingleItem();
        // The second picture does not fit beside the first at the usual price, but nothing is paused while the first is made.
        (await engine.ClaimPaidAsync()).ShouldBeEmpty();
        (await engine.CampaignAsync(planned)).Paused.ShouldBeFalse();

        await engine.CompleteAsync(first, Paid.Cost(30_000));

        (await engine.ClaimPaidAsync()).ShouldHaveSingleItem().Kind.ShouldBe(StepKind.Picture);
    }

    [Fact]
    public async Task What_is_free_never_pauses_whatever_was_spent_before()
    {
        await using var engine = await Paid.StartAsync(("Janus:Budget:CampaignUsd", "0"), ("Janus:Budget:DayUsd", "0"));
        var planned = await engine.PlanAsync(posts: 2, usage: Paid.Cost(5_000));

        while (await engine.ClaimAsync(expected: ExpectedCosts.Free) is { Count: > 0 } steps)
        {
            foreach (var step in steps)
                await engine.CompleteAsync(step, Paid.Cost(0));
        }

        (await engine.CampaignAsync(planned)).Phase.ShouldBe(Phase.Scheduled);
        (await engine.Get<BudgetCommands>().RefusePlanAsync(0, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_campaign_that_is_out_of_money_takes_no_room_from_the_others()
    {
        await using var engine = await Paid.StartAsync();
        var poor = await engine.PlanAsync(posts: 6, name: "Poor");
        var rich = await engine.PlanAsync(posts: 6, name: "Rich");
        await engine.Get<BudgetCommands>().SetCampaignCapAsync(poor.PublicId, 0.03m, CancellationToken.None);

        var claimed = await engine.ClaimPaidAsync(texts: 4);

        claimed.Count(step => step.CampaignPublicId == poor.PublicId).ShouldBe(1);
        claimed.Count(step => step.CampaignPublicId == rich.PublicId).ShouldBe(3);
    }

    [Fact]
    public async Task A_day_at_its_limit_pauses_every_campaign_and_the_next_day_lets_them_go_on()
    {
        await using var engine = await Paid.StartAsync(("Janus:Budget:DayUsd", "0.05"));
        var campaigns = new[] { await engine.PlanAsync(posts: 2, name: "One"), await engine.PlanAsync(posts: 2, name: "Two") };
        var claimed = await engine.ClaimPaidAsync();
        claimed.Select(step => step.CampaignPublicId).ShouldBe(campaigns.Select(campaign => campaign.PublicId), ignoreOrder: true);
        await engine.CompleteAsync(claimed);

        (await engine.ClaimPaidAsync()).ShouldBeEmpty();

        foreach (var campaign in campaigns)
        {
            var paused = await engine.CampaignAsync(campaign);
            paused.PauseCause.ShouldBe(PauseCause.DayBudget);
            paused.PauseReason.ShouldNotBeNull().ShouldStartWith("All campaigns together have used $0.04 of today's $0.05, and the next part costs about $0.02.");
        }

        (await engine.Get<BudgetCommands>().RefusePlanAsync(Paid.Text, CancellationToken.None))!.Kind.ShouldBe(RefusalKind.Conflict);
        (await engine.Get<SpendingReader>().ReadAsync(CancellationToken.None)).Waiting.ShouldBe(2);
        var midnight = new DateTimeOffset(2026, 10, 4, 0, 0, 0, TimeSpan.Zero);
        (await engine.Queue.NextDueAsync(CancellationToken.None)).ShouldBe(midnight);
        engine.Time.Shift += midnight - engine.Time.GetUtcNow() - TimeSpan.FromMinutes(5);
        (await engine.ClaimPaidAsync()).ShouldBeEmpty();

        engine.Time.Shift += TimeSpan.FromMinutes(5);
        var next = await engine.ClaimPaidAsync();

        next.Count.ShouldBe(2);
        foreach (var campaign in campaigns)
        {
            (await engine.CampaignAsync(campaign)).Paused.ShouldBeFalse();
            Text((await engine.EventsAsync(campaign)).Single(e => e.Kind == EventKind.GenerationResumed), "cause").ShouldBe("new_day");
        }
    }

    [Fact]
    public async Task Raising_the_limit_of_the_day_lets_all_go_on_that_wait_for_it_and_holds_for_that_day_alone()
    {
        await using var engine = await Paid.StartAsync(("Janus:Budget:DayUsd", "0.01"));
        var campaigns = new[] { await engine.PlanAsync(posts: 1, name: "One"), await engine.PlanAsync(posts: 1, name: "Two") };
        (await engine.ClaimPaidAsync()).ShouldBeEmpty();
        var budget = engine.Get<BudgetCommands>();
        (await budget.SetDayCapAsync(0.005m, CancellationToken.None)).ShouldBe(0);

        (await budget.SetDayCapAsync(1, CancellationToken.None)).ShouldBe(2);
        await engine.CompleteAllPaidAsync();

        foreach (var campaign in campaigns)
            (await engine.CampaignAsync(campaign)).Phase.ShouldBe(Phase.Scheduled);
        (await engine.Get<SpendingReader>().ReadAsync(CancellationToken.None)).CapMicroUsd.ShouldBe(1_000_000);
        engine.Time.Shift += TimeSpan.FromDays(1);
        (await engine.Get<SpendingReader>().ReadAsync(CancellationToken.None)).CapMicroUsd.ShouldBe(10_000);
    }

    [Fact]
    public async Task Two_workers_at_once_promise_no_more_than_there_is()
    {
        await using var engine = await Paid.StartAsync(("Janus:Budget:CampaignUsd", "0.10"));
        await engine.PlanAsync(posts: 20);

        var claims = await Task.WhenAll(Enumerable.Range(1, 3).Select(worker => Task.Run(async () =>
        {
            await using var other = engine.Another();
            return await other.ClaimAsync(texts: 4, worker: $"worker-{worker}", expected: Paid.Usual);
        })));

        claims.Sum(claim => claim.Count).ShouldBe(5);
    }

    [Theory]
    [InlineData("Janus:Budget:CampaignUsd", "-1")]
    [InlineData("Janus:Budget:DayUsd", "100001")]
    public async Task A_limit_that_cannot_be_meant_is_refused_by_its_key(string key, string value)
    {
        await using var engine = await TestEngine.StartAsync();
        var started = await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(async () =>
        {
            await using var wrong = await TestEngine.StartAsync((key, value));
            wrong.Get<BudgetOptions>();
        });
        started.Message.ShouldContain($"{key} must be");
    }

    private static string? Text(CampaignEvent entry, string name) => JsonDocument.Parse(entry.Data).RootElement.GetProperty(name).GetString();
}

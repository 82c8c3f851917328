using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Spending;
using Janus.Tests.Engine;

namespace Janus.Tests.Spending;

public sealed class PauseTests
{
    [Fact]
    public async Task A_pause_begins_nothing_new_lets_what_runs_be_finished_and_ends_when_a_person_says_so()
    {
        await using var engine = await TestEngine.StartAsync();
        var planned = await engine.PlanAsync(posts: 2);
        var running = (await engine.ClaimAsync(texts: 1)).ShouldHaveSingleItem();
        var pauses = engine.Get<PauseCommands>();

        (await pauses.PauseAsync(planned.PublicId, " wait for legal ", CancellationToken.None)).IsAccepted.ShouldBeTrue();

        (await engine.ClaimAsync()).ShouldBeEmpty();
        (await engine.CompleteAsync(running)).IsAccepted.ShouldBeTrue();
        (await engine.ClaimAsync()).ShouldBeEmpty();
        var paused = await engine.CampaignAsync(planned);
        (paused.Paused, paused.PauseCause, paused.PauseReason, paused.Phase).ShouldBe((true, PauseCause.Person, "A person paused it: wait for legal", Phase.ContentCreation));

        (await pauses.ResumeAsync(planned.PublicId, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        await engine.CompleteAllAsync();

        (await engine.CampaignAsync(planned)).Phase.ShouldBe(Phase.Scheduled);
        (await engine.EventsAsync(planned)).Select(e => e.Version).ShouldBe(Enumerable.Range(1, (await engine.EventsAsync(planned)).Count).Select(number => (long)number));
    }

    [Fact]
    public async Task To_pause_or_resume_twice_changes_nothing_and_writes_no_event()
    {
        await using var engine = await TestEngine.StartAsync();
        var planned = await engine.PlanAsync(posts: 1);
        var pauses = engine.Get<PauseCommands>();
        (await pauses.ResumeAsync(planned.PublicId, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Unchanged);
        await pauses.PauseAsync(planned.PublicId, null, CancellationToken.None);
        var before = (await engine.CampaignAsync(planned)).Version;

        (await pauses.PauseAsync(planned.PublicId, "again", CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Unchanged);

        var paused = await engine.CampaignAsync(planned);
        (paused.Version, paused.PauseReason).ShouldBe((before, "A person paused it."));
    }

    [Fact]
    public async Task Where_nothing_is_left_to_be_made_there_is_nothing_to_pause()
    {
        await using var engine = await TestEngine.StartAsync();
        var planned = await engine.PlanAsync(posts: 1);
        await engine.CompleteAllAsync();

        (await engine.Get<PauseCommands>().PauseAsync(planned.PublicId, null, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await engine.Get<PauseCommands>().PauseAsync(PublicId.NewCampaign(), null, CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public async Task A_pause_ends_with_what_it_held_back()
    {
        await using var engine = await TestEngine.StartAsync();
        var finished = await engine.PlanAsync(posts: 1, name: "Finished");
        await engine.CompleteAsync((await engine.ClaimAsync()).ShouldHaveSingleItem());
        var last = await engine.ClaimAsync();
        var cancelled = await engine.PlanAsync(posts: 1, name: "Cancelled");
        foreach (var campaign in new[] { finished, cancelled })
            (await engine.Get<PauseCommands>().PauseAsync(campaign.PublicId, null, CancellationToken.None)).IsAccepted.ShouldBeTrue();

        foreach (var step in last)
            await engine.CompleteAsync(step);
        await engine.Commands.CancelAsync(cancelled.PublicId, null, CancellationToken.None);

        (await engine.CampaignAsync(finished)).ShouldSatisfyAllConditions(c => c.Phase.ShouldBe(Phase.Scheduled), c => c.Paused.ShouldBeFalse());
        (await engine.CampaignAsync(cancelled)).Paused.ShouldBeFalse();
        await engine.Commands.RetryAsync(cancelled.PublicId, CancellationToken.None);
        (await engine.ClaimAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_limit_that_is_used_up_must_be_raised_before_its_campaign_resumes()
    {
        await using var engine = await Paid.StartAsync(("Janus:Budget:CampaignUsd", "0"), ("Janus:Budget:DayUsd", "0.10"));
        var planned = await engine.PlanAsync(posts: 2);
        (await engine.ClaimPaidAsync()).ShouldBeEmpty();
        var pauses = engine.Get<PauseCommands>();

        var refused = (await pauses.ResumeAsync(planned.PublicId, CancellationToken.None)).Refusal!;

        (refused.Kind, refused.Reason).ShouldBe((RefusalKind.Conflict, "This campaign has used $0.00 of its $0.00. Raise the limit to go on."));
        await engine.Get<BudgetCommands>().SetCampaignCapAsync(planned.PublicId, 5, CancellationToken.None);
        await engine.Get<BudgetCommands>().ChargeDayAsync(100_000, CancellationToken.None);
        (await engine.ClaimPaidAsync()).ShouldBeEmpty();
        (await pauses.ResumeAsync(planned.PublicId, CancellationToken.None)).Refusal!.Reason.ShouldStartWith("All campaigns together have used $0.10 of today's $0.10.");
    }

    [Fact]
    public async Task What_a_person_pauses_no_new_day_and_no_limit_resumes()
    {
        await using var engine = await Paid.StartAsync(("Janus:Budget:DayUsd", "0.01"));
        var planned = await engine.PlanAsync(posts: 1);
        (await engine.ClaimPaidAsync()).ShouldBeEmpty();
        await engine.Get<PauseCommands>().PauseAsync(planned.PublicId, null, CancellationToken.None);

        (await engine.Get<BudgetCommands>().SetDayCapAsync(5, CancellationToken.None)).ShouldBe(0);
        engine.Time.Shift += TimeSpan.FromDays(1);

        (await engine.ClaimPaidAsync()).ShouldBeEmpty();
        (await engine.CampaignAsync(planned)).PauseCause.ShouldBe(PauseCause.Person);
        (await engine.EventsAsync(planned)).ShouldNotContain(e => e.Kind == EventKind.GenerationResumed);
    }
}

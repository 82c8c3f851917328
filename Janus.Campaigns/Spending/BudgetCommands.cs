using Janus.Campaigns.Auditing;
using Janus.Campaigns.Events;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Spending;

/// <summary>What a person may say about limits, and what is spent without a campaign.</summary>
public sealed class BudgetCommands(CampaignDatabase database, CampaignWriter writer, BudgetOptions options, TimeProvider time)
{
    /// <summary>Sets what a campaign may cost. Raising it lets a campaign go on that was paused for it.</summary>
    /// <param name="publicId">The campaign.</param>
    /// <param name="usd">0 to <see cref="BudgetOptions.MostUsd"/> US dollars.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>Where it stands; 1 is affected when it goes on.</returns>
    public Task<Decision<CampaignStanding>> SetCampaignCapAsync(string publicId, decimal usd, CancellationToken cancellationToken)
    {
        Check(usd);
        return writer.ChangeAsync("set_campaign_cap", publicId, (change, _) => Task.FromResult(SetCap(change, Money.MicroUsd(usd))), cancellationToken);
    }

    /// <summary>Sets what all campaigns together may cost today. Raising it lets all go on that wait for the next day.</summary>
    /// <param name="usd">0 to <see cref="BudgetOptions.MostUsd"/> US dollars.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>How many campaigns go on.</returns>
    public async Task<int> SetDayCapAsync(decimal usd, CancellationToken cancellationToken)
    {
        Check(usd);
        var cap = Money.MicroUsd(usd);
        var decision = await writer.TransactAsync(
            "set_day_cap",
            async (context, changes, token) =>
            {
                await database.Engine.TakeTurnAsync(context, SpendingDay.Turn, token);
                var now = time.GetUtcNow();
                var day = SpendingDay.KeyOf(now);
                var before = await DayShare.ReadAsync(context, options, now, token);
                await context.Database.ExecuteSqlAsync(
                    $"""
                     INSERT INTO spending_days (day, spent_micro_usd, cap_micro_usd) VALUES ({day}, 0, {cap})
                     ON CONFLICT (day) DO UPDATE SET cap_micro_usd = excluded.cap_micro_usd
                     """,
                    token);
                context.Audit.Add(AuditEntry.Of(AuditAction.DayBudgetChanged, null, now, new { cap_micro_usd = cap, previous_micro_usd = before.Cap }));
                return Decision<int>.Accept(cap > before.Cap && cap > before.Spent ? await DayPauses.EndAllAsync(database.Engine, context, changes, time, token) : 0);
            },
            cancellationToken);
        return decision.Value;
    }

    /// <summary>Counts what was spent on a plan that became no campaign: the day paid for it all the same.</summary>
    public Task ChargeDayAsync(long microUsd, CancellationToken cancellationToken) => microUsd == 0
        ? Task.CompletedTask
        : database.WriteAsync(
            "charge_day",
            async (context, token) =>
            {
                await Ledger.ChargeDayAsync(context, time.GetUtcNow(), microUsd, token);
                return (true, Commit: true);
            },
            cancellationToken);

    /// <summary>Why a plan may not be made: what it is expected to cost does not fit what the day has left. Null when it may.</summary>
    public async Task<Refusal?> RefusePlanAsync(long expectedMicroUsd, CancellationToken cancellationToken)
    {
        // What is free is planned on any day.
        if (expectedMicroUsd == 0)
            return null;
        var day = await database.ReadAsync("read_day", (context, token) => DayShare.ReadAsync(context, options, time.GetUtcNow(), token), cancellationToken);
        return expectedMicroUsd <= day.Left ? null : new Refusal(RefusalKind.Conflict, Reasons.Planning(day.Spent, day.Cap, expectedMicroUsd));
    }

    /// <summary>Why nothing more may be planned for a campaign: what it is expected to cost does not fit what the campaign or the day has left. Null when it may.</summary>
    public async Task<Refusal?> RefusePlanAsync(string publicId, long expectedMicroUsd, CancellationToken cancellationToken)
    {
        if (expectedMicroUsd == 0)
            return null;
        var spent = await database.ReadAsync(
            "read_campaign_share",
            (context, token) => context.Campaigns.Where(campaign => campaign.PublicId == publicId).Select(campaign => new
            {
                campaign.SpentMicroUsd,
                campaign.CapMicroUsd,
                Running = context.Steps.Where(step => step.CampaignId == campaign.Id && step.State == StepState.Running).Sum(step => step.ExpectedMicroUsd),
            }).SingleOrDefaultAsync(token),
            cancellationToken);
        if (spent is null)
            return null;
        var cap = options.CampaignCap(spent.CapMicroUsd);
        return expectedMicroUsd > cap - spent.SpentMicroUsd - spent.Running
            ? new Refusal(RefusalKind.Conflict, Reasons.Campaign(spent.SpentMicroUsd, cap, expectedMicroUsd))
            : await RefusePlanAsync(expectedMicroUsd, cancellationToken);
    }

    private Decision<CampaignStanding> SetCap(CampaignChange change, long cap)
    {
        var campaign = change.Campaign;
        if (campaign.CapMicroUsd == cap)
            return Decision<CampaignStanding>.Refuse(RefusalKind.Unchanged, $"The limit is {Money.Say(cap)} already.");
        var before = options.CampaignCap(campaign.CapMicroUsd);
        campaign.CapMicroUsd = cap;
        change.Record(EventKind.BudgetChanged, new { cap_micro_usd = cap, previous_micro_usd = before });
        var goesOn = campaign.PauseCause == PauseCause.CampaignBudget && cap > before && cap > campaign.SpentMicroUsd;
        if (goesOn)
            change.Resume(ResumeCause.CampaignLimitRaised);
        return Decision<CampaignStanding>.Accept(CampaignStanding.Of(change, goesOn ? 1 : 0));
    }

    private static void Check(decimal usd)
    {
        if (!BudgetOptions.IsCap(usd))
            throw new ArgumentOutOfRangeException(nameof(usd), usd, $"A limit is 0 to {BudgetOptions.MostUsd} US dollars.");
    }
}

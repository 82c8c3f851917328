using Janus.Campaigns.Events;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Spending;

/// <summary>Adds what was spent to the campaign and to the day, in the transaction that records what it was spent on.</summary>
internal static class Ledger
{
    /// <summary>Charges a campaign, and the day on which it is recorded.</summary>
    public static Task ChargeAsync(CampaignChange change, long microUsd, CancellationToken cancellationToken)
    {
        change.Campaign.SpentMicroUsd += microUsd;
        return ChargeDayAsync(change.Context, change.Now, microUsd, cancellationToken);
    }

    /// <summary>Charges what planning a part of a campaign used, beside what its first plan did.</summary>
    public static Task ChargePlanAsync(CampaignChange change, AttemptUsage usage, CancellationToken cancellationToken)
    {
        change.Campaign.PlanInputTokens += usage.InputTokens;
        change.Campaign.PlanOutputTokens += usage.OutputTokens;
        change.Campaign.PlanCostMicroUsd += usage.CostMicroUsd;
        return ChargeAsync(change, usage.CostMicroUsd, cancellationToken);
    }

    /// <summary>Charges the day alone.</summary>
    public static async Task ChargeDayAsync(CampaignsContext context, DateTimeOffset now, long microUsd, CancellationToken cancellationToken)
    {
        if (microUsd == 0)
            return;
        var day = SpendingDay.KeyOf(now);
        // One statement: the row may be there or not, and on another database somebody else may be adding it at this moment.
        await context.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO spending_days (day, spent_micro_usd) VALUES ({day}, {microUsd})
             ON CONFLICT (day) DO UPDATE SET spent_micro_usd = spending_days.spent_micro_usd + excluded.spent_micro_usd
             """,
            cancellationToken);
    }

    /// <summary>
    /// Counts what a call cost whose answer came too late to be used. The step is somebody else's and stays untouched; its own attempt, which ended
    /// without a cost, gets it, once.
    /// </summary>
    /// <returns>Whether there was anything to count.</returns>
    public static async Task<bool> ChargeLateAsync(CampaignChange change, StepClaim claim, AttemptUsage? usage, CancellationToken cancellationToken)
    {
        if (usage is not { CostMicroUsd: > 0 })
            return false;
        var attempt = await change.Context.Attempts.AsTracking()
            .SingleOrDefaultAsync(a => a.StepId == claim.StepId && a.Number == claim.Attempt && a.Worker == claim.Worker, cancellationToken);
        // An attempt that is done or failed has been counted: this is its record again, after a commit whose answer was lost.
        if (attempt is not { Outcome: AttemptOutcome.Lost or AttemptOutcome.Released or AttemptOutcome.Cancelled, CostMicroUsd: 0 })
            return false;

        attempt.Use(usage);
        await ChargeAsync(change, usage.CostMicroUsd, cancellationToken);
        var step = await change.Context.Steps.AsNoTracking().SingleAsync(s => s.Id == claim.StepId, cancellationToken);
        change.Record(EventKind.LateCostRecorded, new
        {
            post_pk = step.PostId,
            kind = step.Kind.ToWord(),
            variant = step.Variant,
            attempt = claim.Attempt,
            detail = usage.ToDetail(),
        });
        return true;
    }
}

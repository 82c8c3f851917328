using Janus.Campaigns;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Generation;
using Janus.Generation.Providers;

namespace Janus.ApiService.Planning;

/// <summary>The money of plans: whether one may be made, and who pays for one that becomes no campaign.</summary>
internal sealed class PlanBudget(BudgetCommands budget, PriceBook prices, GeneratorInUse generator)
{
    /// <summary>What a plan used, as the domain keeps it.</summary>
    public static AttemptUsage UsageOf(CallUsage usage) =>
        new(usage.Model, usage.InputTokens, usage.OutputTokens, usage.CostMicroUsd) { IsPriceKnown = usage.IsPriceKnown };

    /// <summary>Why nothing may be planned now, or null.</summary>
    public Task<Refusal?> RefuseAsync(CancellationToken cancellationToken) =>
        budget.RefusePlanAsync(prices.UsualCostMicroUsd(generator.TextModel, UsualCall.Plan), cancellationToken);

    /// <summary>Why nothing more may be planned for a campaign now, or null.</summary>
    public Task<Refusal?> RefuseAsync(string campaignId, CancellationToken cancellationToken) =>
        budget.RefusePlanAsync(campaignId, prices.UsualCostMicroUsd(generator.TextModel, UsualCall.Plan), cancellationToken);

    /// <summary>What making so many posts will cost at list prices, in millionths of a US dollar: a text and two pictures each.</summary>
    public long MakingCost(int posts) =>
        posts * (prices.UsualCostMicroUsd(generator.TextModel, UsualCall.Text) + (2 * prices.UsualCostMicroUsd(generator.ImageModel, UsualCall.Picture)));

    /// <summary>Counts a plan that became no campaign. Not even a caller who went away ends that: it was paid for.</summary>
    public Task ChargeAsync(CallUsage usage) => budget.ChargeDayAsync(usage.CostMicroUsd, CancellationToken.None);
}

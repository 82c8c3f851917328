using Janus.Campaigns.Spending;
using Janus.Generation.Providers;

namespace Janus.ContentWorker.Running;

/// <summary>What a call is expected to cost at today's prices, for a campaign that has not finished any yet.</summary>
internal sealed class StepCosts(PriceBook prices, GeneratorInUse generator)
{
    public ExpectedCosts Today => new(
        prices.UsualCostMicroUsd(generator.TextModel, UsualCall.Text), prices.UsualCostMicroUsd(generator.ImageModel, UsualCall.Picture));
}

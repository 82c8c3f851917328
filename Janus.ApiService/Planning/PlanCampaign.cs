using Janus.Campaigns;
using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Storage;
using Janus.Generation;

namespace Janus.ApiService.Planning;

/// <summary>Asks the planner for a diagram that <paramref name="refuse"/> accepts.</summary>
/// <param name="brief">What the marketer asks for.</param>
/// <param name="refuse">Null when a diagram is accepted, else the reason.</param>
/// <param name="cancellationToken">Ends the call.</param>
/// <exception cref="GenerationFailedException">There is no such diagram; the failure says why.</exception>
public delegate Task<AgentAnswer<string>> PlanAgent(CampaignBrief brief, Func<string, string?> refuse, CancellationToken cancellationToken);

/// <summary>A plan, and the campaign that it became.</summary>
/// <param name="PublicId">The campaign, or null when only a plan was wanted.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Diagram">Its Mermaid text.</param>
/// <param name="IsReplayed">Whether an idempotency key gave the campaign of an earlier request.</param>
internal sealed record PlannedCampaign(string? PublicId, PlanDiagram Plan, string Diagram, bool IsReplayed);

/// <summary>Plans a campaign: asks the planner once for each key, and stores what it says, or nothing at all.</summary>
internal sealed partial class PlanCampaign(
    PlanAgent agent, CampaignPlanning campaigns, PlanBudget budget, PlannerCalls planner, KeyedLanes lanes, PlansUnderWay underWay, KeptPlans kept,
    IHostApplicationLifetime life, ILogger<PlanCampaign> log)
{
    /// <summary>The most posts that a campaign may be planned with.</summary>
    public const int MostPosts = CampaignPlanning.MostPosts;

    private static Decision<PlannedCampaign> Cancelled =>
        Decision<PlannedCampaign>.Refuse(RefusalKind.Conflict, "Planning was cancelled. Nothing was stored.");

    /// <summary>Plans.</summary>
    /// <param name="order">What was asked for.</param>
    /// <param name="key">The caller's idempotency key, or null. A plan that is not stored has no use for one.</param>
    /// <param name="cancellationToken">The caller went away.</param>
    /// <returns>The campaign; or a refusal when the key came with another request, or somebody cancelled.</returns>
    /// <exception cref="GenerationFailedException">There is no plan, and nothing was stored.</exception>
    public async Task<Decision<PlannedCampaign>> PlanAsync(PlanOrder order, string? key, CancellationToken cancellationToken)
    {
        if (!order.IsStored)
            return await PlanOnlyAsync(order, cancellationToken);

        if (key is null)
            return await PlanAndStoreAsync(order, null, null, cancellationToken);

        using var visit = underWay.Enter(key);
        using var turn = await lanes.EnterAsync(key, cancellationToken);
        var hash = order.Hash();
        var earlier = await campaigns.FindByKeyAsync(key, hash, cancellationToken);
        if (earlier.Refusal is { } refusal)
            return Decision<PlannedCampaign>.Refuse(refusal.Kind, refusal.Reason);
        if (earlier.Value is { } stored)
            return Decision<PlannedCampaign>.Accept(Planned(stored));
        // Whoever sends a key will send it again: the plan that is being paid for is finished for the next try.
        if (!visit.TryMake())
            return Cancelled;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping, visit.Cancelled);
        try
        {
            return await PlanAndStoreAsync(order, (key, hash), visit, end.Token);
        }
        catch (OperationCanceledException) when (visit.Cancelled.IsCancellationRequested)
        {
            PlanCancelled();
            return Cancelled;
        }
    }

    private async Task<Decision<PlannedCampaign>> PlanOnlyAsync(PlanOrder order, CancellationToken cancellationToken)
    {
        if (await budget.RefuseAsync(cancellationToken) is { } spent)
            return Decision<PlannedCampaign>.Refuse(spent.Kind, spent.Reason);
        var (plan, diagram, usage) = await AskAsync(order, cancellationToken);
        await budget.ChargeAsync(usage);
        return Decision<PlannedCampaign>.Accept(new PlannedCampaign(null, plan, diagram, IsReplayed: false));
    }

    private async Task<Decision<PlannedCampaign>> PlanAndStoreAsync(
        PlanOrder order, (string, string)? idempotency, PlansUnderWay.Visit? visit, CancellationToken cancellationToken)
    {
        var made = idempotency is { } again ? kept.Take(again) : null;
        if (made is null && await budget.RefuseAsync(cancellationToken) is { } spent)
            return Decision<PlannedCampaign>.Refuse(spent.Kind, spent.Reason);
        var (plan, diagram, usage) = made ?? await AskAsync(order, cancellationToken);
        if (visit?.TryStore() == false)
        {
            await budget.ChargeAsync(usage);
            return Cancelled;
        }

        Decision<StoredCampaign> decision;
        try
        {
            decision = await campaigns.StoreAsync(new NewCampaign(order.Brief, plan, diagram, idempotency, PlanBudget.UsageOf(usage)), cancellationToken);
        }
        catch (DatabaseBusyException) when (idempotency is not null)
        {
            kept.Keep(idempotency.Value, new MadePlan(plan, diagram, usage));
            throw;
        }

        if (decision is not { IsAccepted: true, Value.IsNew: true })
            await budget.ChargeAsync(usage);
        if (decision.Refusal is { } refusal)
            return Decision<PlannedCampaign>.Refuse(refusal.Kind, refusal.Reason);
        PlanStored(decision.Value.PublicId, plan.Nodes.Count);
        return Decision<PlannedCampaign>.Accept(Planned(decision.Value));
    }

    private async Task<MadePlan> AskAsync(PlanOrder order, CancellationToken cancellationToken)
    {
        var brief = order.Brief.ForAgents();
        var (plan, usage) = await planner.AskAsync(
            async token =>
            {
                var answer = await agent(brief, diagram => Refuse(brief, PlanDiagram.Parse(diagram)), token);
                var read = PlanDiagram.Parse(answer.Value);
                return Refuse(brief, read) is { } reason ? throw PlannerCalls.OutOfContract(reason, answer.Usage) : new AgentAnswer<PlanDiagram>(read, answer.Usage);
            },
            cancellationToken);
        return new MadePlan(plan, PlanDiagramWriter.Write(plan), usage);
    }

    private static string? Refuse(CampaignBrief brief, PlanDiagram plan) => plan.Nodes.Count switch
    {
        0 => $"The plan holds no usable post{(plan.Refusals is [var first, ..] ? $" ({first.What}: {first.Reason.TrimEnd('.')})" : "")}.",
        > MostPosts => $"The plan holds {plan.Nodes.Count} posts; a campaign has at most {MostPosts}.",
        _ => PlannerCalls.RefuseWords(brief, plan.Nodes),
    };

    private static PlannedCampaign Planned(StoredCampaign stored) =>
        new(stored.PublicId, PlanDiagram.Parse(stored.Diagram), stored.Diagram, IsReplayed: !stored.IsNew);

    [LoggerMessage(1, LogLevel.Information, "Campaign {CampaignId} is planned with {Posts} posts")]
    private partial void PlanStored(string campaignId, int posts);

    [LoggerMessage(2, LogLevel.Information, "A plan was cancelled before it was stored")]
    private partial void PlanCancelled();
}

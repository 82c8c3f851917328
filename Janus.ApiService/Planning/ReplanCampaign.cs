using Janus.Campaigns;
using Janus.Campaigns.Planning;
using Janus.Generation;

namespace Janus.ApiService.Planning;

/// <summary>Asks the planner for some phases of a campaign anew, as a diagram that <paramref name="refuse"/> accepts.</summary>
/// <param name="brief">The campaign's brief.</param>
/// <param name="wish">Which phases, in which direction, and what they go on from.</param>
/// <param name="refuse">Null when a diagram is accepted, else the reason.</param>
/// <param name="cancellationToken">Ends the call.</param>
/// <exception cref="GenerationFailedException">There is no such diagram; the failure says why.</exception>
public delegate Task<AgentAnswer<string>> ReplanAgent(CampaignBrief brief, ReplanWish wish, Func<string, string?> refuse, CancellationToken cancellationToken);

/// <summary>A plan that was proposed, and what planning it cost.</summary>
/// <param name="Preview">The plan beside what is there.</param>
/// <param name="CostMicroUsd">In millionths of a US dollar.</param>
internal sealed record ProposedPlan(PlanPreview Preview, long CostMicroUsd);

/// <summary>Plans a campaign anew from a phase on. The planner is asked first; of the campaign nothing changes before there is a plan.</summary>
internal sealed partial class ReplanCampaign(
    ReplanAgent agent, Replanning replanning, PlanBudget budget, PlannerCalls planner, CampaignTurns turns, ILogger<ReplanCampaign> log)
{
    /// <summary>Asks for a plan and keeps it for a person to look at.</summary>
    /// <param name="campaignId">The campaign's public id.</param>
    /// <param name="phaseNumber">The first phase to plan anew, 1 to 3.</param>
    /// <param name="direction">What is to be different.</param>
    /// <param name="cancellationToken">The caller went away: the call is ended, and nothing is kept.</param>
    /// <exception cref="GenerationFailedException">There is no plan, and nothing was stored.</exception>
    public async Task<Decision<ProposedPlan>> ProposeAsync(string campaignId, int phaseNumber, string direction, CancellationToken cancellationToken)
    {
        var read = await replanning.ReadAsync(campaignId, phaseNumber, cancellationToken);
        if (read.Refusal is { } impossible)
            return Refuse<ProposedPlan>(impossible);
        using var turn = turns.TryTake(campaignId);
        if (turn is null)
            return Refuse<ProposedPlan>(new Refusal(RefusalKind.Conflict, CampaignTurns.Taken));
        if (await budget.RefuseAsync(campaignId, cancellationToken) is { } spent)
            return Refuse<ProposedPlan>(spent);

        var ground = read.Value;
        var (plan, usage) = await planner.AskAsync(token => AskAsync(ground, direction, token), cancellationToken);
        // It is paid for: whoever goes away now finds it in the log, and what it cost in the campaign.
        var decision = await replanning.ProposeAsync(ground, plan, direction, PlanBudget.UsageOf(usage), CancellationToken.None);
        if (decision.Refusal is { } refusal)
        {
            await budget.ChargeAsync(usage);
            return Refuse<ProposedPlan>(refusal);
        }

        PlanProposed(campaignId, phaseNumber, plan.Posts.Count);
        return Decision<ProposedPlan>.Accept(new ProposedPlan(decision.Value, usage.CostMicroUsd));
    }

    /// <summary>Asks for a plan and applies it at once.</summary>
    /// <inheritdoc cref="ProposeAsync"/>
    public async Task<Decision<AppliedPlan>> ReplanAsync(string campaignId, int phaseNumber, string direction, CancellationToken cancellationToken)
    {
        var proposed = await ProposeAsync(campaignId, phaseNumber, direction, cancellationToken);
        return proposed.Refusal is { } refusal ? Refuse<AppliedPlan>(refusal) : await ApplyAsync(campaignId, proposed.Value.Preview.ProposalId, CancellationToken.None);
    }

    /// <summary>Applies a plan that was proposed.</summary>
    public async Task<Decision<AppliedPlan>> ApplyAsync(string campaignId, string proposalId, CancellationToken cancellationToken)
    {
        var decision = await replanning.ApplyAsync(campaignId, proposalId, cancellationToken);
        if (decision.IsAccepted)
            PlanApplied(campaignId, decision.Value.PlanNumber, decision.Value.Archived.Count, decision.Value.Added.Count);
        return decision;
    }

    private async Task<AgentAnswer<NewPlan>> AskAsync(ReplanGround ground, string direction, CancellationToken cancellationToken)
    {
        var brief = ground.Brief.ForAgents(ground.PublicId);
        var wish = new ReplanWish(
            ground.PhaseNumber, direction, [.. ground.Known.Select(node => new KeptPost(node.Id, new PostBrief(node.Title, node.Description, node.Phase)))],
            [.. ground.Goes.Select(post => post.ForAgents())]);
        var answer = await agent(brief, wish, diagram => Refuse(ground.Read(diagram)), cancellationToken);
        var plan = ground.Read(answer.Value);
        return Refuse(plan) is { } reason ? throw PlannerCalls.OutOfContract(reason, answer.Usage) : new AgentAnswer<NewPlan>(plan, answer.Usage);

        string? Refuse(NewPlan read) => read.Refusal ?? PlannerCalls.RefuseWords(brief, read.Posts);
    }

    private static Decision<T> Refuse<T>(Refusal refusal) => Decision<T>.Refuse(refusal.Kind, refusal.Reason);

    [LoggerMessage(1, LogLevel.Information, "A new plan of campaign {CampaignId} from phase {Phase} on is proposed, with {Posts} posts")]
    private partial void PlanProposed(string campaignId, int phase, int posts);

    [LoggerMessage(2, LogLevel.Information, "Campaign {CampaignId} has plan {Number}: {Archived} posts went, {Added} came")]
    private partial void PlanApplied(string campaignId, int number, int archived, int added);
}

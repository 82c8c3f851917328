using Janus.Campaigns;
using Janus.Campaigns.Planning;
using Janus.Generation;

namespace Janus.ApiService.Planning;

/// <summary>Asks the planner for one post that follows others.</summary>
/// <param name="brief">The campaign's brief.</param>
/// <param name="wish">What it follows, and what it is to be.</param>
/// <param name="cancellationToken">Ends the call.</param>
/// <exception cref="GenerationFailedException">There is no such post; the failure says why.</exception>
public delegate Task<AgentAnswer<PostBrief>> FollowUpAgent(CampaignBrief brief, FollowUpWish wish, CancellationToken cancellationToken);

/// <summary>A follow-up that was planned and stored.</summary>
/// <param name="CampaignId">The campaign's public id.</param>
/// <param name="Post">The post.</param>
/// <param name="CostMicroUsd">What planning it cost, in millionths of a US dollar.</param>
internal sealed record StoredFollowUp(string CampaignId, Post Post, long CostMicroUsd);

/// <summary>Plans a post that follows others, within the request, and stores it; its texts and pictures are made like any other's.</summary>
internal sealed partial class FollowUpPost(
    FollowUpAgent agent, FollowUps followUps, PlanBudget budget, PlannerCalls planner, CampaignTurns turns, ILogger<FollowUpPost> log)
{
    /// <summary>Plans and stores it.</summary>
    /// <param name="pks">The posts that it follows.</param>
    /// <param name="instruction">What it is to be.</param>
    /// <param name="cancellationToken">The caller went away: the call is ended, and nothing is stored.</param>
    /// <exception cref="GenerationFailedException">There is no post, and nothing was stored.</exception>
    public async Task<Decision<StoredFollowUp>> AddAsync(IReadOnlyCollection<int> pks, string instruction, CancellationToken cancellationToken)
    {
        var read = await followUps.ReadAsync(pks, cancellationToken);
        if (read.Refusal is { } impossible)
            return Refuse(impossible);
        var ground = read.Value;
        using var turn = turns.TryTake(ground.PublicId);
        if (turn is null)
            return Refuse(new Refusal(RefusalKind.Conflict, CampaignTurns.Taken));
        if (await budget.RefuseAsync(ground.PublicId, cancellationToken) is { } spent)
            return Refuse(spent);

        var wish = new FollowUpWish([.. ground.Selected.Select(post => post.ForAgents())], ground.Titles, instruction, ground.Phases);
        var answer = await planner.AskAsync(token => agent(ground.Brief.ForAgents(ground.PublicId), wish, token), cancellationToken);
        var planned = new PlannedFollowUp(answer.Value.Title, answer.Value.Description, answer.Value.Phase);
        // It is paid for: whoever goes away now finds it in the campaign.
        var decision = await followUps.AddAsync(ground, planned, instruction, PlanBudget.UsageOf(answer.Usage), CancellationToken.None);
        if (decision.Refusal is { } refusal)
        {
            await budget.ChargeAsync(answer.Usage);
            return Refuse(refusal);
        }

        FollowUpStored(ground.PublicId, decision.Value.Id);
        return Decision<StoredFollowUp>.Accept(new StoredFollowUp(ground.PublicId, decision.Value, answer.Usage.CostMicroUsd));
    }

    private static Decision<StoredFollowUp> Refuse(Refusal refusal) => Decision<StoredFollowUp>.Refuse(refusal.Kind, refusal.Reason);

    [LoggerMessage(1, LogLevel.Information, "Post {PostKey} follows others in campaign {CampaignId}")]
    private partial void FollowUpStored(string campaignId, int postKey);
}

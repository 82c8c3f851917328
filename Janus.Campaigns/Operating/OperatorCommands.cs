using Janus.Campaigns.Events;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Operating;

/// <summary>How many campaigns an operator's command reached, and how many of their parts.</summary>
/// <param name="Campaigns">Campaigns.</param>
/// <param name="Parts">Parts that are made again.</param>
public sealed record OperatorReach(int Campaigns, int Parts = 0);

/// <summary>What an operator says about all campaigns at once: pause, resume, retry what failed.</summary>
public sealed class OperatorCommands(CampaignDatabase database, CampaignWriter writer, GenerationCommands generation, TimeProvider time)
{
    private const string Reason = "Paused by the operator.";

    /// <summary>
    /// Pauses every campaign that has something left to be made, in one transaction. One that a limit has paused is the operator's from then on, so that
    /// a new day does not make it go on; one that a person has paused stays theirs. What is planned afterwards is not paused.
    /// </summary>
    /// <returns>How many campaigns were paused.</returns>
    public Task<OperatorReach> PauseAllAsync(CancellationToken cancellationToken) => ForEachAsync(
        "operator_pause",
        context => context.Campaigns.Where(campaign =>
            (!campaign.Paused || campaign.PauseCause == PauseCause.CampaignBudget || campaign.PauseCause == PauseCause.DayBudget)
            && context.Steps.Any(step => step.CampaignId == campaign.Id
                && (step.State == StepState.Waiting || step.State == StepState.Ready || step.State == StepState.Running))),
        change => change.Pause(PauseCause.Operator, Reason),
        cancellationToken);

    /// <summary>Lets exactly those go on that the operator paused, in one transaction. Where a limit is used up, the next claim finds that and pauses again.</summary>
    /// <returns>How many campaigns go on.</returns>
    public Task<OperatorReach> ResumeAllAsync(CancellationToken cancellationToken) => ForEachAsync(
        "operator_resume",
        context => context.Campaigns.Where(campaign => campaign.Paused && campaign.PauseCause == PauseCause.Operator),
        change => change.Resume(ResumeCause.Operator),
        cancellationToken);

    /// <summary>
    /// Asks again for what is missing in every campaign that has failed: one with a part that was given up, which nobody has accepted or cancelled. What a
    /// person decided is not undone.
    /// </summary>
    /// <returns>How many campaigns, and how many parts of them.</returns>
    public async Task<OperatorReach> RetryAllAsync(CancellationToken cancellationToken)
    {
        var failed = await database.ReadAsync("find_failed", (context, token) => Failed(context).ToListAsync(token), cancellationToken);
        var reach = new OperatorReach(0);
        foreach (var publicId in failed)
        {
            // Refused when somebody else was quicker; there is nothing left to do for it then.
            if (await generation.RetryAsync(publicId, cancellationToken) is { IsAccepted: true, Value.Affected: var parts })
                reach = new OperatorReach(reach.Campaigns + 1, reach.Parts + parts);
        }

        return reach;
    }

    private static IQueryable<string> Failed(CampaignsContext context) =>
        from campaign in context.Campaigns
        where (campaign.Phase == Phase.Planning || campaign.Phase == Phase.ContentCreation)
            && context.Steps.Any(step => step.CampaignId == campaign.Id && step.State == StepState.Dead && step.BaseGeneration == null
                && !context.Posts.Any(post => post.Id == step.PostId && post.Status == PostStatus.Archived))
            && !context.Events.Any(cancelled => cancelled.CampaignId == campaign.Id && cancelled.Kind == EventKind.GenerationCancelled
                && !context.Events.Any(retried => retried.CampaignId == campaign.Id && retried.Kind == EventKind.RetryRequested && retried.Version > cancelled.Version))
        orderby campaign.Id
        select campaign.PublicId;

    private async Task<OperatorReach> ForEachAsync(
        string operation, Func<CampaignsContext, IQueryable<Campaign>> which, Action<CampaignChange> apply, CancellationToken cancellationToken)
    {
        var decision = await writer.TransactAsync(
            operation,
            async (context, changes, token) =>
            {
                foreach (var change in await CampaignChange.BeginEachAsync(database.Engine, context, which(context), time, token))
                {
                    changes.Add(change);
                    apply(change);
                }

                return Decision<OperatorReach>.Accept(new OperatorReach(changes.Count));
            },
            cancellationToken);
        return decision.Value;
    }
}

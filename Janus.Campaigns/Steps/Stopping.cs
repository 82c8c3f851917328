using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Steps;

/// <summary>How many open parts were stopped.</summary>
/// <param name="All">All of them.</param>
/// <param name="OfPlan">Those of the plan: not those that were being made anew.</param>
internal sealed record StoppedParts(int All, int OfPlan);

/// <summary>Ends steps that are open, for good or until somebody asks for them again.</summary>
internal static class Stopping
{
    /// <summary>Stops what is open of a campaign, for a reason that will be shown.</summary>
    public static Task<StoppedParts> StopAsync(CampaignChange change, string reason, bool alsoRemakes, CancellationToken cancellationToken) =>
        StopAsync(change, change.Context.Steps.Where(step => step.CampaignId == change.Campaign.Id && (alsoRemakes || step.BaseGeneration == null)), reason, cancellationToken);

    /// <summary>Stops what is open of posts, what is being made anew included.</summary>
    public static Task<StoppedParts> StopAsync(CampaignChange change, IReadOnlyCollection<int> postIds, string reason, CancellationToken cancellationToken) =>
        StopAsync(change, change.Context.Steps.Where(step => postIds.Contains(step.PostId)), reason, cancellationToken);

    // Running steps are taken from their workers here and now; a late answer finds its attempt closed and writes nothing.
    private static async Task<StoppedParts> StopAsync(CampaignChange change, IQueryable<GenerationStep> which, string reason, CancellationToken cancellationToken)
    {
        var open = await which.AsTracking()
            .Where(step => step.State == StepState.Waiting || step.State == StepState.Ready || step.State == StepState.Running).ToListAsync(cancellationToken);
        foreach (var step in open)
        {
            if (step.State == StepState.Running)
            {
                var attempt = await change.Context.Attempts.AsTracking().SingleAsync(a => a.StepId == step.Id && a.Number == step.Attempt, cancellationToken);
                attempt.Close(change.Now, AttemptOutcome.Cancelled, null, reason);
            }

            step.State = StepState.Cancelled;
            step.LastError = reason;
            step.Worker = null;
            step.LeaseUntil = null;
        }

        return new StoppedParts(open.Count, open.Count(step => !step.IsRemake));
    }
}

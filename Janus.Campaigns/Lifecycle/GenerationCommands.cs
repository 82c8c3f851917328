using Janus.Campaigns.Events;
using Janus.Campaigns.Steps;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns;

/// <summary>Where a campaign stands after a command.</summary>
public sealed record CampaignStanding(string PublicId, Phase Phase, long Version, int Affected)
{
    internal static CampaignStanding Of(CampaignChange change, int affected) =>
        new(change.Campaign.PublicId, change.Campaign.Phase, change.Campaign.Version, affected);
}

/// <summary>What a person may say about a campaign's generation: retry, cancel, accept what is there.</summary>
public sealed class GenerationCommands(CampaignWriter writer)
{
    /// <summary>Asks again for what is missing: dead and cancelled parts of the plan run anew, everything made is kept.</summary>
    public async Task<Decision<CampaignStanding>> RetryAsync(string publicId, CancellationToken cancellationToken)
    {
        using var sending = new Sending();
        return Sent(sending, await writer.ChangeAsync("retry", publicId, (change, token) => RetryAsync(change, null, sending, token), cancellationToken));
    }

    /// <summary>The same for the parts of one post.</summary>
    public async Task<Decision<CampaignStanding>> RetryPostAsync(int pk, CancellationToken cancellationToken)
    {
        using var sending = new Sending();
        return Sent(sending, await writer.ChangePostAsync("retry_post", pk, (change, post, token) => RetryAsync(change, post.Id, sending, token), cancellationToken));
    }

    /// <summary>Stops the generation: queued parts are cancelled, running calls are told to end, what was made is kept.</summary>
    public Task<Decision<CampaignStanding>> CancelAsync(string publicId, string? reason, CancellationToken cancellationToken) =>
        writer.ChangeAsync("cancel", publicId, async (change, token) =>
        {
            var said = string.IsNullOrWhiteSpace(reason) ? "Cancelled by a person." : $"Cancelled: {reason.Trim()}";
            var cancelled = await Stopping.StopAsync(change, said, alsoRemakes: true, token);
            if (cancelled.All == 0)
                return Refuse("There is nothing to cancel.");

            change.EndPause();
            change.Record(EventKind.GenerationCancelled, new { parts = cancelled.All, reason = said });
            // A campaign that is scheduled or later stays where it is, and so does one that only made parts anew: what it has is complete enough.
            if (cancelled.OfPlan > 0 && change.Campaign.Phase is Phase.Planning or Phase.ContentCreation)
                change.Campaign.LastError = said;
            if (cancelled.OfPlan > 0 && change.Campaign.Phase == Phase.ContentCreation && change.Move(Phase.Planning, PhaseCause.Cancelled, said) is { } refusal)
                return Decision<CampaignStanding>.Refuse(refusal);
            return Standing(change, cancelled.All);
        }, cancellationToken);

    /// <summary>Schedules the campaign with what is there; parts that are missing are not made.</summary>
    public Task<Decision<CampaignStanding>> AcceptAsync(string publicId, CancellationToken cancellationToken) =>
        writer.ChangeAsync("accept", publicId, async (change, token) =>
        {
            if (PhaseTable.Refuse(change.Campaign.Phase, Phase.Scheduled, PhaseCause.Accepted) is { } refused)
                return Decision<CampaignStanding>.Refuse(refused);
            if (!await StepQueries.OfPlan(change.Context, change.Campaign.Id).AnyAsync(step => step.State == StepState.Done, token))
                return Refuse("Nothing has been made yet, so there is nothing to accept.");

            var missing = (await Stopping.StopAsync(change, "Accepted without it.", alsoRemakes: false, token)).OfPlan;
            change.Record(EventKind.ContentAccepted, new { missing });
            change.Campaign.LastError = null;
            return change.Move(Phase.Scheduled, PhaseCause.Accepted, null) is { } refusal ? Decision<CampaignStanding>.Refuse(refusal) : Standing(change, missing);
        }, cancellationToken);

    private static async Task<Decision<CampaignStanding>> RetryAsync(CampaignChange change, int? postId, Sending sending, CancellationToken cancellationToken)
    {
        if (change.Campaign.Phase is Phase.Analyzing or Phase.Completed)
            return Refuse($"A campaign in {change.Campaign.Phase.ToWord()} is not generated any more.");

        var (parent, state) = (sending.TraceParent, sending.TraceState);
        var steps = await StepQueries.OfPlan(change.Context, change.Campaign.Id).AsTracking()
            .Where(step => (postId == null || step.PostId == postId) && (step.State == StepState.Dead || step.State == StepState.Cancelled)).ToListAsync(cancellationToken);
        if (steps.Count == 0)
            return Refuse("There is nothing to try again.");

        var postIds = steps.Select(step => step.PostId).Distinct().ToList();
        var posts = await change.Context.Posts.Where(post => postIds.Contains(post.Id)).ToDictionaryAsync(post => post.Id, cancellationToken);
        foreach (var step in steps)
        {
            var canRun = step.Kind == StepKind.Text || posts[step.PostId].CurrentOf(step.Variant) > 0;
            step.State = canRun ? StepState.Ready : StepState.Waiting;
            step.Failures = 0;
            step.Losses = 0;
            step.LastError = null;
            step.AvailableAt = change.Now;
            step.TraceParent = parent ?? step.TraceParent;
            step.TraceState = parent is null ? step.TraceState : state;
        }

        change.Campaign.LastError = null;
        // A campaign that is still being made stays in its trace up to its end; what this command sets going anew is part of the command's.
        if (parent is not null && change.Campaign.Phase != Phase.ContentCreation)
            (change.Campaign.TraceParent, change.Campaign.TraceState) = (parent, state);
        change.Record(EventKind.RetryRequested, new { parts = steps.Count, post_pk = postId });
        return Standing(change, steps.Count);
    }

    private static Decision<CampaignStanding> Sent(Sending sending, Decision<CampaignStanding> decision)
    {
        if (decision.IsAccepted)
            sending.Sent(decision.Value.PublicId, decision.Value.Affected);
        return decision;
    }

    private static Decision<CampaignStanding> Standing(CampaignChange change, int affected) =>
        Decision<CampaignStanding>.Accept(CampaignStanding.Of(change, affected));

    private static Decision<CampaignStanding> Refuse(string reason) => Decision<CampaignStanding>.Refuse(RefusalKind.Conflict, reason);
}

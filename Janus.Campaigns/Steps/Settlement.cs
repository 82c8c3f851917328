using Janus.Campaigns.Events;
using Janus.Campaigns.Faults;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Steps;

/// <summary>How many parts of a campaign's plan are in which state. What is made anew later is no part of the plan.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Done">Those that are made.</param>
/// <param name="Failed">Those that were given up.</param>
/// <param name="Open">Those that may still be made: waiting, ready or running.</param>
internal sealed record PartCounts(int Total, int Done, int Failed, int Open)
{
    /// <summary>As they are when a step has ended that was running when they were counted.</summary>
    public PartCounts After(GenerationStep ended) => ended.IsRemake ? this : ended.State switch
    {
        StepState.Done => this with { Done = Done + 1, Open = Open - 1 },
        StepState.Dead => this with { Failed = Failed + 1, Open = Open - 1 },
        StepState.Cancelled => this with { Open = Open - 1 },
        _ => this,
    };
}

/// <summary>Decides, in the transaction that ended a step, what comes next for the campaign.</summary>
internal static class Settlement
{
    /// <summary>Records how a step ended, with the progress after it, and moves the campaign if it was the last one of the plan.</summary>
    public static async Task RecordEndAsync(StepEnd end, EventKind kind, object detail, CancellationToken cancellationToken, PostStatus? stood = null)
    {
        var (change, step) = (end.Change, end.Step);
        var counts = end.Parts.After(step);
        change.Record(kind, new
        {
            post_pk = step.PostId,
            kind = step.Kind.ToWord(),
            variant = step.Variant,
            attempt = step.Attempt,
            generation = step.Generation,
            is_remake = step.IsRemake,
            duration_ms = end.Attempt.DurationMs,
            cost_micro_usd = end.Attempt.CostMicroUsd == 0 ? (long?)null : end.Attempt.CostMicroUsd,
            reopened_from = stood?.ToWord(),
            detail,
            progress = new { done = counts.Done, total = counts.Total, failed = counts.Failed },
        });
        if (step.IsRemake)
            return;
        await end.Faults.ReachAsync(FaultPoints.BeforeMove, cancellationToken);
        await DecideAsync(change, counts, cancellationToken);
    }

    /// <summary>Makes the picture ready that waited for a text. It is asked for with every text, and EF would translate it anew each time.</summary>
    public static Task ReadyPictureAsync(CampaignChange change, GenerationStep text, string letter, CancellationToken cancellationToken) =>
        change.Context.Database.ExecuteSqlAsync(
            $"""
            UPDATE generation_steps SET state = 'ready', available_at = {MicrosecondConverter.Store(change.Now)}
            WHERE post_id = {text.PostId} AND kind = 'picture' AND variant = {letter} AND generation = {text.Generation} AND state = 'waiting'
            """,
            cancellationToken);

    /// <summary>
    /// Takes what is still waiting or ready out of the queue, for a reason that will be shown. What runs is left to end.
    /// </summary>
    public static Task<int> CancelQueuedAsync(CampaignChange change, string reason, bool alsoRemakes, CancellationToken cancellationToken) =>
        change.Context.Steps
            .Where(step => step.CampaignId == change.Campaign.Id && (step.State == StepState.Waiting || step.State == StepState.Ready)
                && (alsoRemakes || step.BaseGeneration == null))
            .ExecuteUpdateAsync(set => set.SetProperty(step => step.State, StepState.Cancelled).SetProperty(step => step.LastError, reason), cancellationToken);

    /// <summary>Gives a step up for good, and what cannot be made without it; a cause that reaches the whole campaign takes the queue with it.</summary>
    public static async Task KillAsync(StepEnd end, string code, string reason, bool stopsCampaign, CancellationToken cancellationToken)
    {
        var (change, step) = (end.Change, end.Step);
        step.State = StepState.Dead;
        step.LastError = reason;
        change.FailureCode = code;
        if (step.IsRemake)
        {
            // What it was to replace is still there, so nobody but the one who asked for it is concerned.
            await RecordEndAsync(end, EventKind.StepDead, new { code, reason }, cancellationToken);
            return;
        }

        if (stopsCampaign)
        {
            change.Campaign.LastError = reason;
            var cancelled = await CancelQueuedAsync(change, reason, alsoRemakes: true, cancellationToken);
            change.Record(EventKind.GenerationStopped, new { code, reason, cancelled });
        }
        else if (step.Kind == StepKind.Text)
        {
            const string noCaption = "Its text could not be written.";
            await change.Context.Steps
                .Where(s => s.PostId == step.PostId && s.Kind == StepKind.Picture && s.Generation == step.Generation && s.State == StepState.Waiting)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, StepState.Cancelled).SetProperty(s => s.LastError, noCaption), cancellationToken);
        }

        // Others have been taken out of the queue with it, so what was counted before is no longer true.
        var after = await StepQueries.AttemptAsync(change.Context, step.CampaignId, step.Id, step.Attempt, cancellationToken)
            ?? throw new InvalidOperationException("A step that ends without its attempt.");
        await RecordEndAsync(end with { Parts = after.Parts }, EventKind.StepDead, new { code, reason }, cancellationToken);
    }

    /// <summary>
    /// Lets a step that ended without its part be claimed again. A reason that stopped the whole campaign stands until somebody asks for a retry;
    /// nothing of the plan is claimed before that.
    /// </summary>
    public static void Requeue(CampaignChange change, GenerationStep step, DateTimeOffset at)
    {
        step.State = change.Campaign.LastError is null || step.IsRemake ? StepState.Ready : StepState.Cancelled;
        step.AvailableAt = at;
    }

    private static async Task DecideAsync(CampaignChange change, PartCounts counts, CancellationToken cancellationToken)
    {
        if (counts.Open > 0 || change.Campaign.Phase != Phase.ContentCreation)
            return;

        var missing = counts.Done == counts.Total ? [] : await MissingAsync(change, cancellationToken);
        var refusal = counts.Done == counts.Total ? change.Move(Phase.Scheduled, PhaseCause.EveryPostComplete, null)
            : missing.Count == 0 ? change.Move(Phase.Scheduled, PhaseCause.Accepted, null)
            : change.Move(Phase.Planning, PhaseCause.Failed, change.Campaign.LastError ??= Summarise(missing, counts));
        if (refusal is not null)
            throw new InvalidOperationException(refusal.Reason);
    }

    // What a person has accepted as missing does not fail the campaign a second time when only posts were added to it.
    private static async Task<IReadOnlyList<GenerationStep>> MissingAsync(CampaignChange change, CancellationToken cancellationToken)
    {
        // The step that ended last may be one of them.
        await change.Context.SaveChangesAsync(cancellationToken);
        var accepted = await change.Context.Events.Where(entry => entry.CampaignId == change.Campaign.Id && entry.Kind == EventKind.ContentAccepted)
            .OrderByDescending(entry => entry.Version).Select(entry => (DateTimeOffset?)entry.At).FirstOrDefaultAsync(cancellationToken);
        var missing = StepQueries.OfPlan(change.Context, change.Campaign.Id).AsNoTracking().Where(step => step.State != StepState.Done);
        if (accepted is { } at)
            missing = missing.Where(step => change.Context.Posts.Any(post => post.Id == step.PostId && post.CreatedAt > at));
        return await missing.OrderBy(step => step.Id).ToListAsync(cancellationToken);
    }

    private static string Summarise(IReadOnlyList<GenerationStep> missing, PartCounts counts)
    {
        var first = missing.FirstOrDefault(step => step is { State: StepState.Dead, LastError: not null })?.LastError;
        return $"{missing.Count} of {counts.Total} parts could not be made: {first ?? "no reason was given."}";
    }
}

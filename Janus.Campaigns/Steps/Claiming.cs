using Janus.Campaigns.Events;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Steps;

/// <summary>Gives chosen steps to a worker, in the change of their campaign: a lease, an attempt with its number, an event, and all that the call needs.</summary>
internal static class Claiming
{
    /// <summary>Claims steps of one campaign. The first of its plan moves it to content creation.</summary>
    public static async Task<IReadOnlyList<ClaimedStep>> OfCampaignAsync(
        CampaignChange change, string worker, TimeSpan lease, IReadOnlyList<ReadyStep> ready, ClaimSpans spans, CancellationToken cancellationToken)
    {
        LockRetry.BelongsTo(change.StoredContext);
        if (change.Campaign.Phase == Phase.Planning && ready.Any(found => !found.Step.IsRemake) && change.Move(Phase.ContentCreation, PhaseCause.FirstClaim, null) is { } refusal)
            throw new InvalidOperationException(refusal.Reason);

        var claimed = new List<ClaimedStep>();
        foreach (var (step, title, description, phaseNumber, platform, caption, previous) in ready)
        {
            step.State = StepState.Running;
            step.Attempt++;
            step.Worker = worker;
            step.LeaseUntil = change.Now + lease;
            var span = spans.Start(change.Campaign.PublicId, step, previous);
            change.Context.Attempts.Add(new GenerationAttempt
            {
                StepId = step.Id,
                Number = step.Attempt,
                Worker = worker,
                ClaimSpanId = span?.Id,
                StartedAt = change.Now,
                Outcome = AttemptOutcome.Running,
            });
            change.Record(EventKind.StepStarted, new { post_pk = step.PostId, kind = step.Kind.ToWord(), variant = step.Variant, attempt = step.Attempt, worker, is_remake = step.IsRemake }, span?.Context ?? step.StoredContext);
            claimed.Add(new ClaimedStep(
                new StepClaim(step.Id, step.CampaignId, step.Attempt, worker), step.Kind, step.Variant, step.Generation, change.Campaign.PublicId,
                change.Campaign.Brief, step.PostId, title, description, phaseNumber, platform, caption, step.TraceParent, step.TraceState, previous, span?.Id,
                step.IsRemake ? await RemakeOfAsync(change.Context, step, cancellationToken) : null));
        }

        return claimed;
    }

    private static async Task<RemakeWish> RemakeOfAsync(CampaignsContext context, GenerationStep step, CancellationToken cancellationToken)
    {
        var texts = await context.Variants.Where(variant => variant.PostId == step.PostId)
            .Join(context.Posts, variant => variant.PostId, post => post.Id, (variant, post) => new { variant, post })
            .Where(pair => pair.variant.Generation == (pair.variant.Letter == "A" ? pair.post.CurrentA : pair.post.CurrentB))
            .ToDictionaryAsync(pair => pair.variant.Letter, pair => pair.variant.Text, cancellationToken);
        return new RemakeWish(step.Hint, texts.GetValueOrDefault(step.Variant) ?? "", texts.GetValueOrDefault(step.Variant == "A" ? "B" : "A") ?? "");
    }
}

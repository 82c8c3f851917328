using Janus.Campaigns.Events;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Steps;

/// <summary>Gives chosen steps to a worker, in the change of their campaign: a lease, an attempt with its number, an event, and all that the call needs.</summary>
internal static class Claiming
{
    /// <summary>Claims steps of one campaign. The first of its plan moves it to content creation.</summary>
    public static async Task<IReadOnlyList<ClaimedStep>> OfCampaignAsync(
        CampaignChange change, string worker, TimeSpan lease, IReadOnlyList<GenerationStep> steps, ClaimSpans spans, CancellationToken cancellationToken)
    {
        var postIds = steps.Select(step => step.PostId).Distinct().ToList();
        var posts = await change.Context.Posts.AsNoTracking().Where(post => postIds.Contains(post.Id)).ToDictionaryAsync(post => post.Id, cancellationToken);
        var current = await CurrentVariantsAsync(change.Context, postIds, cancellationToken);
        var stepIds = steps.Select(step => step.Id).ToList();
        var earlier = (await change.Context.Attempts.AsNoTracking().Where(attempt => stepIds.Contains(attempt.StepId))
            .Select(attempt => new { attempt.StepId, attempt.Number, attempt.ClaimSpanId }).ToListAsync(cancellationToken))
            .ToDictionary(attempt => (attempt.StepId, attempt.Number), attempt => attempt.ClaimSpanId);

        if (change.Campaign.Phase == Phase.Planning && steps.Any(step => !step.IsRemake) && change.Move(Phase.ContentCreation, PhaseCause.FirstClaim, null) is { } refusal)
            throw new InvalidOperationException(refusal.Reason);

        var claimed = new List<ClaimedStep>();
        foreach (var step in steps)
        {
            var previous = earlier.GetValueOrDefault((step.Id, step.Attempt));
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
                ClaimSpanId = span?.SpanId.ToHexString(),
                StartedAt = change.Now,
                Outcome = AttemptOutcome.Running,
            });
            change.Record(EventKind.StepStarted, new { post_pk = step.PostId, kind = step.Kind.ToWord(), variant = step.Variant, attempt = step.Attempt, worker, is_remake = step.IsRemake });
            var post = posts[step.PostId];
            claimed.Add(new ClaimedStep(
                new StepClaim(step.Id, step.CampaignId, step.Attempt, worker), step.Kind, step.Variant, step.Generation, change.Campaign.PublicId,
                change.Campaign.Brief, post.Id, post.Title, post.Description, post.PhaseNumber, post.Platform,
                current.GetValueOrDefault((post.Id, step.Variant))?.Caption, step.TraceParent, step.TraceState, previous, span?.Id,
                step.IsRemake ? RemakeOf(step, current) : null));
        }

        return claimed;
    }

    private static async Task<Dictionary<(int PostId, string Letter), Variant>> CurrentVariantsAsync(
        CampaignsContext context, IReadOnlyList<int> postIds, CancellationToken cancellationToken) =>
        await context.Variants.AsNoTracking().Where(variant => postIds.Contains(variant.PostId))
            .Join(context.Posts, variant => variant.PostId, post => post.Id, (variant, post) => new { variant, post })
            .Where(pair => pair.variant.Generation == (pair.variant.Letter == "A" ? pair.post.CurrentA : pair.post.CurrentB))
            .Select(pair => pair.variant)
            .ToDictionaryAsync(variant => (variant.PostId, variant.Letter), cancellationToken);

    private static RemakeWish RemakeOf(GenerationStep step, Dictionary<(int PostId, string Letter), Variant> current) => new(
        step.Hint, current.GetValueOrDefault((step.PostId, step.Variant))?.Text ?? "",
        current.GetValueOrDefault((step.PostId, step.Variant == "A" ? "B" : "A"))?.Text ?? "");
}

using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Reading;

/// <summary>A post with everything that was made of it, read in one snapshot.</summary>
/// <param name="Post">The post.</param>
/// <param name="CampaignId">Its campaign's public id.</param>
/// <param name="Brief">Its campaign's brief.</param>
/// <param name="Variants">Every generation of both letters, newest first.</param>
/// <param name="Steps">Its steps, newest first.</param>
/// <param name="Attempts">The attempts at these steps.</param>
public sealed record PostDetail(
    Post Post, string CampaignId, Brief Brief, IReadOnlyList<Variant> Variants, IReadOnlyList<GenerationStep> Steps, ILookup<long, GenerationAttempt> Attempts)
{
    /// <summary>The newest step for a part of a letter, or null.</summary>
    public GenerationStep? Newest(StepKind kind, string letter) =>
        Steps.FirstOrDefault(step => step.Kind == kind && (step.Variant == letter || step.Variant == GenerationStep.BothLetters));

    /// <summary>The step that made a generation, with the attempt that succeeded; nulls for a person's.</summary>
    public (GenerationStep? Step, GenerationAttempt? Attempt) MadeBy(Variant variant)
    {
        ArgumentNullException.ThrowIfNull(variant);
        var step = Steps.FirstOrDefault(step => step.Id == variant.StepId);
        return (step, step is null ? null : Attempts[step.Id].FirstOrDefault(attempt => attempt.Outcome == AttemptOutcome.Done));
    }
}

/// <summary>Reads one post in full: four queries, however much was made of it.</summary>
public sealed class PostReader(CampaignDatabase database)
{
    /// <summary>A post; null when there is none of that key.</summary>
    public Task<PostDetail?> ReadAsync(int pk, CancellationToken cancellationToken) =>
        database.ReadAsync<PostDetail?>(
            "read_post_detail",
            async (context, token) =>
            {
                var found = await context.Posts.Where(post => post.Id == pk)
                    .Join(context.Campaigns, post => post.CampaignId, campaign => campaign.Id, (post, campaign) => new { post, campaign.PublicId, campaign.Brief })
                    .SingleOrDefaultAsync(token);
                if (found is null)
                    return null;

                var variants = await context.Variants.Where(variant => variant.PostId == pk).OrderByDescending(variant => variant.Generation).ToListAsync(token);
                var steps = await context.Steps.Where(step => step.PostId == pk).OrderByDescending(step => step.Id).ToListAsync(token);
                var attempts = await context.Attempts.Join(context.Steps.Where(step => step.PostId == pk), attempt => attempt.StepId, step => step.Id, (attempt, _) => attempt)
                    .ToListAsync(token);
                return new PostDetail(found.post, found.PublicId, found.Brief, variants, steps, attempts.ToLookup(attempt => attempt.StepId));
            },
            cancellationToken);
}

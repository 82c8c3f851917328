using Janus.Campaigns.Events;
using Janus.Campaigns.Steps;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Posts;

/// <summary>Asks for one part of a letter to be made anew. What is in use stays in use until the new one is complete.</summary>
public sealed class Regeneration(CampaignWriter writer)
{
    /// <summary>Adds a step that makes the part anew, ready at once.</summary>
    /// <param name="pk">The post's key.</param>
    /// <param name="letter">A or B.</param>
    /// <param name="kind">The text or the picture.</param>
    /// <param name="hint">What a person wants to be different, or null.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public async Task<Decision<Post>> AskAsync(int pk, string letter, StepKind kind, string? hint, CancellationToken cancellationToken)
    {
        using var sending = new Sending();
        var campaignId = "";
        var decision = await writer.ChangePostAsync("regenerate", pk, async (change, post, token) =>
        {
            campaignId = change.Campaign.PublicId;
            if (await WhyNotAsync(change, post, letter, kind, token) is { } reason)
                return Decision<Post>.Refuse(RefusalKind.Conflict, reason);

            var parent = sending.TraceParent;
            change.Context.Steps.Add(new GenerationStep
            {
                CampaignId = change.Campaign.Id,
                PostId = pk,
                Kind = kind,
                Variant = letter,
                Generation = await NextGenerationAsync(change, post, letter, token),
                BaseGeneration = post.CurrentOf(letter),
                Hint = hint,
                State = StepState.Ready,
                AvailableAt = change.Now,
                TraceParent = parent ?? change.Campaign.TraceParent,
                TraceState = parent is null ? change.Campaign.TraceState : sending.TraceState,
            });
            change.Record(EventKind.RegenerationRequested, new { post_pk = pk, kind = kind.ToWord(), variant = letter, hint });
            return Decision<Post>.Accept(post);
        }, cancellationToken);
        if (decision.IsAccepted)
            sending.Sent(campaignId, 1);
        return decision;
    }

    private static async Task<string?> WhyNotAsync(CampaignChange change, Post post, string letter, StepKind kind, CancellationToken cancellationToken)
    {
        if (change.Campaign.Phase == Phase.Completed)
            return "A completed campaign is not generated any more.";
        if (!post.IsOpen)
            return $"A post that is {post.Status.ToWord()} is not made anew.";
        if (post.CurrentOf(letter) == 0)
            return $"\"{post.Title}\" has no text {letter} yet.";
        var isOpen = await change.Context.Steps.AnyAsync(
            step => step.PostId == post.Id && step.Kind == kind && (step.Variant == letter || step.Variant == GenerationStep.BothLetters)
                && (step.State == StepState.Waiting || step.State == StepState.Ready || step.State == StepState.Running),
            cancellationToken);
        return isOpen ? $"The {kind.ToWord()} {letter} of \"{post.Title}\" is being made already." : null;
    }

    // Higher than everything before, because a step that died has used its number too.
    private static async Task<int> NextGenerationAsync(CampaignChange change, Post post, string letter, CancellationToken cancellationToken)
    {
        var ofSteps = await change.Context.Steps
            .Where(step => step.PostId == post.Id && (step.Variant == letter || step.Variant == GenerationStep.BothLetters))
            .MaxAsync(step => (int?)step.Generation, cancellationToken) ?? 0;
        return Math.Max(1 + ofSteps, await MadeParts.NextGenerationAsync(change, post, letter, cancellationToken));
    }
}

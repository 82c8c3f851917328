using Janus.Campaigns.Events;
using Janus.Campaigns.Steps;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Posts;

/// <summary>What a person changes of a letter: their own words, as a new generation, or another generation to use.</summary>
public sealed class VariantEditing(CampaignWriter writer)
{
    /// <summary>Adds a generation with a person's words; what they did not change is carried over.</summary>
    /// <param name="pk">The post's key.</param>
    /// <param name="letter">A or B.</param>
    /// <param name="text">The new text, or null to keep the current one. The caller has checked it against the platform's limit.</param>
    /// <param name="caption">The new caption, or null to keep the current one.</param>
    /// <param name="baseGeneration">The generation that was current when the editing began.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="seen">The post's <see cref="Post.ChangedVersion"/> when the editing began: somebody's decision since then refuses it. Null for whoever does not say.</param>
    /// <returns>The post; or a refusal: <see cref="RefusalKind.Unchanged"/> or <see cref="RefusalKind.Stale"/> among others.</returns>
    public Task<Decision<Post>> EditAsync(
        int pk, string letter, string? text, string? caption, int baseGeneration, CancellationToken cancellationToken, long? seen = null) =>
        writer.ChangePostAsync("edit_variant", pk, async (change, post, token) =>
        {
            if (!post.IsOpen)
                return Refuse($"A post that is {post.Status.ToWord()} is not changed any more.");
            var generation = post.CurrentOf(letter);
            var current = await change.Context.Variants
                .SingleOrDefaultAsync(variant => variant.PostId == pk && variant.Letter == letter && variant.Generation == generation, token);
            if (current is null)
                return Refuse($"\"{post.Title}\" has no text {letter} yet.");
            if ((text ?? current.Text) == current.Text && (caption ?? current.Caption) == current.Caption)
                return Decision<Post>.Refuse(RefusalKind.Unchanged, "The text is already as it was sent.");
            if (current.Generation != baseGeneration)
                return Decision<Post>.Refuse(RefusalKind.Stale, "Somebody else has changed this text meanwhile.");
            if (await Meanwhile.RefuseWordsAsync(change, post, seen, token) is { } decided)
                return Decision<Post>.Refuse(decided);

            var next = new Variant
            {
                PostId = pk,
                Letter = letter,
                Generation = await MadeParts.NextGenerationAsync(change, post, letter, token),
                Text = text ?? current.Text,
                Angle = current.Angle,
                Caption = caption ?? current.Caption,
                Asset = current.Asset,
                Author = Author.Person,
                Origin = Origin.Edit,
                CreatedAt = change.Now,
            };
            change.Context.Variants.Add(next);
            var stood = post.UseGeneration(letter, next.Generation);
            change.Record(EventKind.VariantEdited, new { post_pk = pk, variant = letter, generation = next.Generation, reopened_from = stood?.ToWord() });
            return Decision<Post>.Accept(post);
        }, cancellationToken);

    /// <summary>Goes back, or forward, to another generation of a letter.</summary>
    /// <returns>The post; or a refusal: <see cref="RefusalKind.Unchanged"/> when the generation is in use already, <see cref="RefusalKind.Stale"/> as for an edit.</returns>
    public Task<Decision<Post>> UseAsync(int pk, string letter, int generation, CancellationToken cancellationToken, long? seen = null) =>
        writer.ChangePostAsync("use_generation", pk, async (change, post, token) =>
        {
            if (!await change.Context.Variants.AnyAsync(
                variant => variant.PostId == pk && variant.Letter == letter && variant.Generation == generation, token))
                return Decision<Post>.Refuse(RefusalKind.NotFound, $"Text {letter} of \"{post.Title}\" has no generation {generation}.");
            if (post.CurrentOf(letter) == generation)
                return Decision<Post>.Refuse(RefusalKind.Unchanged, "This generation is in use already.");
            if (!post.IsOpen)
                return Refuse($"A post that is {post.Status.ToWord()} is not changed any more.");
            if (await Meanwhile.RefuseWordsAsync(change, post, seen, token) is { } decided)
                return Decision<Post>.Refuse(decided);

            var stood = post.UseGeneration(letter, generation);
            change.Record(EventKind.VariantRestored, new { post_pk = pk, variant = letter, generation, reopened_from = stood?.ToWord() });
            return Decision<Post>.Accept(post);
        }, cancellationToken);

    private static Decision<Post> Refuse(string reason) => Decision<Post>.Refuse(RefusalKind.Conflict, reason);
}

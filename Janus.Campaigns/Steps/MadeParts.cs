using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Steps;

/// <summary>Brings what steps made into the generations of a post's letters, in the transaction that ends the step.</summary>
internal static class MadeParts
{
    /// <summary>The texts of the plan: the generation that the step was inserted for.</summary>
    public static void AddFirstTexts(CampaignChange change, GenerationStep step, Post post, IReadOnlyList<MadeText> texts, Author author)
    {
        foreach (var text in texts)
        {
            change.Context.Variants.Add(new Variant
            {
                PostId = post.Id,
                Letter = text.Letter,
                Generation = step.Generation,
                Text = text.Text,
                Angle = text.Angle,
                Caption = text.Caption,
                Author = author,
                StepId = step.Id,
                Origin = Origin.First,
                CreatedAt = change.Now,
            });
            if (post.CurrentOf(text.Letter) == 0)
                post.UseGeneration(text.Letter, step.Generation);
        }
    }

    /// <summary>
    /// A text that was written anew: a new generation with the current caption and picture. It comes into use unless a person has decided since
    /// it was asked for, by editing or by going back: then it only joins the history.
    /// </summary>
    /// <returns>Where the post stood before the text made it a draft; null when it stands where it stood.</returns>
    public static async Task<PostStatus?> AddTextAsync(
        CampaignChange change, GenerationStep step, Post post, Variant current, MadeText made, Author author, CancellationToken cancellationToken)
    {
        var next = new Variant
        {
            PostId = post.Id,
            Letter = made.Letter,
            Generation = await NextGenerationAsync(change, post, made.Letter, cancellationToken),
            Text = made.Text,
            Angle = made.Angle,
            Caption = current.Caption,
            Asset = current.Asset,
            Author = author,
            StepId = step.Id,
            Origin = Origin.Text,
            CreatedAt = change.Now,
        };
        change.Context.Variants.Add(next);
        if (current.Generation == step.BaseGeneration || (current.Generation > step.BaseGeneration && current.StepId is not null))
            return post.UseGeneration(made.Letter, next.Generation);
        return null;
    }

    /// <summary>
    /// A picture: set on the current generation when that has none, else a new generation with the current text, so that what a person wrote
    /// while it was being drawn is never overwritten. Who approved a post without its picture approved it with whichever would come.
    /// </summary>
    /// <returns>Where the post stood before the picture made it a draft; null when it stands where it stood.</returns>
    public static async Task<PostStatus?> AddPictureAsync(
        CampaignChange change, GenerationStep step, Post post, Variant current, string asset, CancellationToken cancellationToken)
    {
        if (current.Asset is null)
        {
            current.Asset = asset;
            return null;
        }

        var next = new Variant
        {
            PostId = post.Id,
            Letter = step.Variant,
            Generation = await NextGenerationAsync(change, post, step.Variant, cancellationToken),
            Text = current.Text,
            Angle = current.Angle,
            Caption = current.Caption,
            Asset = asset,
            Author = current.Author,
            StepId = step.Id,
            Origin = Origin.Picture,
            CreatedAt = change.Now,
        };
        change.Context.Variants.Add(next);
        return post.UseGeneration(step.Variant, next.Generation);
    }

    /// <summary>The number that the next generation of a letter takes.</summary>
    public static async Task<int> NextGenerationAsync(CampaignChange change, Post post, string letter, CancellationToken cancellationToken) =>
        1 + (await change.Context.Variants.Where(variant => variant.PostId == post.Id && variant.Letter == letter)
            .MaxAsync(variant => (int?)variant.Generation, cancellationToken) ?? 0);
}

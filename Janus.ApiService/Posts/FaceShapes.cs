using Janus.ApiService.Graph;
using Janus.ApiService.Media;
using Janus.Campaigns;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Steps;
using Janus.Contracts;
using Janus.Generation;

namespace Janus.ApiService.Posts;

/// <summary>From a post in full to what clients see of its two faces.</summary>
internal static class FaceShapes
{
    private static readonly string[] Letters = ["A", "B"];

    public static PostDetailResponse ToResponse(this PostDetail detail)
    {
        var post = detail.Post;
        return new PostDetailResponse(
            post.Id, detail.CampaignId, post.Title, post.Description, post.PhaseName(), post.StatusWord(), post.ApprovalWord(), post.RejectReason,
            post.Platform, PlatformLimits.Limit(post.Platform), PlatformLimits.CountedIn(post.Platform), post.SelectedVariant,
            [.. Letters.Select(detail.ToFace)], post.ChangedVersion);
    }

    /// <summary>The generation of a letter that is in use, or null.</summary>
    public static GenerationDto? CurrentOf(this PostDetail detail, string letter) => detail.ToFace(letter).Current;

    private static FaceDto ToFace(this PostDetail detail, string letter)
    {
        var history = detail.Variants.Where(variant => variant.Letter == letter).Select(detail.ToGeneration).ToList();
        return new FaceDto(
            letter, history.Find(generation => generation.Current), ToPart(detail.Newest(StepKind.Text, letter)),
            ToPart(detail.Newest(StepKind.Picture, letter)), history);
    }

    private static GenerationDto ToGeneration(this PostDetail detail, Variant variant)
    {
        var (step, attempt) = detail.MadeBy(variant);
        return new GenerationDto(
            variant.Generation, variant.Text, PlatformLimits.Count(detail.Post.Platform, variant.Text), variant.Angle, variant.Caption,
            variant.Asset is null ? null : MediaEndpoints.PathOf(variant.Asset), variant.Author.ToWord(),
            variant.Generation == detail.Post.CurrentOf(variant.Letter), variant.Origin.ToWord(), step?.Hint, attempt?.Model, attempt?.DurationMs,
            attempt?.CostMicroUsd ?? 0, variant.CreatedAt, detail.ScoresOf(variant));
    }

    private static IReadOnlyList<ScoreDto> ScoresOf(this PostDetail detail, Variant variant)
    {
        var other = variant.Letter == "A" ? "B" : "A";
        var beside = detail.Variants.FirstOrDefault(v => v.Letter == other && v.Generation == detail.Post.CurrentOf(other));
        var scores = TextScores.Of(
            new TextMeasures(detail.Post.Platform, detail.Brief.UseWords, detail.Brief.AvoidWords), [variant.Text], beside?.Text, [variant.Caption]);
        return [.. scores.Select(score => new ScoreDto(score.Name, score.Value, score.IsPassed, score.Explanation, score.Words))];
    }

    private static PartDto ToPart(GenerationStep? step) => step is null
        ? new PartDto(StepState.Waiting.ToWord(), 0, null, null, IsRemake: false, null)
        : new PartDto(
            step.State.ToWord(), step.Attempt, step.LastError, step.Hint, step.IsRemake,
            step is { State: StepState.Ready, Failures: > 0 } ? step.AvailableAt : null);
}

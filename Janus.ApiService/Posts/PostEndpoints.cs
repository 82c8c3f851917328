using Janus.ApiService.Http;
using Janus.ApiService.Media;
using Janus.Campaigns;
using Janus.Campaigns.Posts;
using Janus.Campaigns.Reading;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Posts;

/// <summary>Shows a post's variants and takes what a person decides.</summary>
internal static class PostEndpoints
{
    private const int LongestReason = 1_000;

    public static void MapPosts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Posts");
        group.MapGet("/getVariants", VariantsAsync).WithSummary("A post's variants, A before B, newest first").TakesIntegers("pk").Fails(400, 404, 503);
        group.MapPost("/selectVariant", SelectAsync).WithSummary("Choose a variant").Takes<SelectVariantRequest>().Fails(400, 404, 413, 503);
        group.MapPost("/api/approve", ApproveAsync).WithSummary("Approve a post").Takes<ApproveRequest>().Fails(400, 404, 409, 413, 503);
        group.MapPost("/api/approveAll", ApproveAllAsync).WithSummary("Approve every draft that has text").Takes<ApproveAllRequest>().Fails(400, 404, 413, 503);
        group.MapPost("/api/graph", RejectAsync).WithSummary("Reject a post and keep the reason").Takes<RejectRequest>().Fails(400, 404, 409, 413, 503);
    }

    private static async Task<Results<Ok<VariantsResponse>, ProblemHttpResult>> VariantsAsync(string? pk, CampaignReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var key = PostKey.Read(pk, errors);
        if (errors.Any)
            return Problems.Invalid(errors);
        return await reader.PostAsync(key, cancellationToken) is { } view
            ? TypedResults.Ok(new VariantsResponse([.. view.Variants.Select(variant => ToDto(view, variant))]))
            : Problems.NotFound("There is no such post.");
    }

    private static async Task<Results<Ok<SelectVariantResponse>, ProblemHttpResult>> SelectAsync(
        HttpRequest request, PostDecisions decisions, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<SelectVariantRequest>(request, errors, cancellationToken);
        var pk = PostKey.Read(body?.Pk, errors);
        var letter = body is null ? null : errors.CheckText("variant_id", body.VariantId, 10, isRequired: true);
        if (letter is not (null or "A" or "B"))
            errors.Add("variant_id", "must be A or B.");
        if (errors.Any || letter is null)
            return Problems.Invalid(errors);

        var decision = await decisions.SelectAsync(pk, letter, cancellationToken);
        return decision.Refusal is { } refusal
            ? Problems.Refused(refusal)
            : TypedResults.Ok(new SelectVariantResponse(true, $"Variant {letter} is selected.", pk, letter));
    }

    private static async Task<Results<Ok<ApproveResponse>, ProblemHttpResult>> ApproveAsync(
        HttpRequest request, PostDecisions decisions, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<ApproveRequest>(request, errors, cancellationToken);
        var pk = PostKey.Read(body?.Pk, errors);
        if (errors.Any)
            return Problems.Invalid(errors);

        var decision = await decisions.ApproveAsync(pk, cancellationToken);
        return decision.Refusal is { } refusal ? Problems.Refused(refusal) : TypedResults.Ok(new ApproveResponse(true, "The post is approved.", pk));
    }

    private static async Task<Results<Ok<ApproveAllResponse>, ProblemHttpResult>> ApproveAllAsync(
        HttpRequest request, PostDecisions decisions, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<ApproveAllRequest>(request, errors, cancellationToken);
        var campaign = body is null ? null : errors.CheckText("campaign_id", body.CampaignId, 100, isRequired: true);
        if (errors.Any || campaign is null)
            return Problems.Invalid(errors);

        var decision = await decisions.ApproveAllAsync(campaign, cancellationToken);
        if (decision.Refusal is { } refusal)
            return Problems.Refused(refusal);
        var (approved, failed) = decision.Value;
        var message = failed.Count == 0 ? $"Approved {Count(approved)}." : $"Approved {Count(approved)}; {Count(failed.Count)} could not be.";
        return TypedResults.Ok(new ApproveAllResponse(
            true, message, approved, campaign, [.. failed.Select(post => new FailedPostDto(post.Pk, post.Title, post.Reason))]));

        static string Count(int posts) => posts == 1 ? "1 post" : $"{posts} posts";
    }

    private static async Task<Results<Ok<RejectResponse>, ProblemHttpResult>> RejectAsync(
        HttpRequest request, PostDecisions decisions, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<RejectRequest>(request, errors, cancellationToken);
        var pk = PostKey.Read(body?.Pk, errors);
        var reason = errors.CheckText("reject_message", body?.RejectMessage, LongestReason, hasLines: true);
        if (errors.Any)
            return Problems.Invalid(errors);

        var decision = await decisions.RejectAsync(pk, reason, cancellationToken);
        return decision.Refusal is { } refusal
            ? Problems.Refused(refusal)
            : TypedResults.Ok(new RejectResponse(true, "The post is rejected; it is kept with the reason.", reason, pk));
    }

    private static VariantDto ToDto(PostVariants view, Variant variant) => new(
        variant.Letter, variant.Text, view.Post.Platform,
        new VariantMetadataDto(
            variant.Caption, variant.Angle, variant.Generation, variant.Author.ToWord(), variant.Generation == view.Post.CurrentOf(variant.Letter)),
        variant.Asset is null ? null : MediaEndpoints.PathOf(variant.Asset), variant.CreatedAt);
}

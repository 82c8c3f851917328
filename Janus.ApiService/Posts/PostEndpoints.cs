using Janus.ApiService.Http;
using Janus.ApiService.Media;
using Janus.Campaigns;
using Janus.Campaigns.Posts;
using Janus.Campaigns.Reading;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Posts;

/// <summary>Shows a post's variants and takes the one that a person chooses.</summary>
internal static class PostEndpoints
{
    public static void MapPosts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Posts");
        group.MapGet("/getVariants", VariantsAsync).WithSummary("A post's variants, A before B, newest first").TakesIntegers("pk").Fails(400, 404, 503);
        group.MapPost("/selectVariant", SelectAsync).WithSummary("Choose a variant").Takes<SelectVariantRequest>().Fails(400, 404, 409, 413, 503);
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
        HttpRequest request, PostDecisions decisions, PostReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<SelectVariantRequest>(request, errors, cancellationToken);
        var pk = PostKey.Read(body?.Pk, errors);
        var letter = body is null ? null : errors.CheckText("variant_id", body.VariantId, 10, isRequired: true);
        if (letter is not (null or "A" or "B"))
            errors.Add("variant_id", "must be A or B.");
        if (errors.Any || letter is null)
            return Problems.Invalid(errors);

        var decision = await decisions.SelectAsync(pk, letter, cancellationToken, body!.Seen);
        return decision.Refusal is { } refusal
            ? Problems.Refused(refusal, (await reader.ReadAsync(pk, cancellationToken))?.ToResponse())
            : TypedResults.Ok(new SelectVariantResponse(true, $"Variant {letter} is selected.", pk, letter, decision.Value.ChangedVersion));
    }

    private static VariantDto ToDto(PostVariants view, Variant variant) => new(
        variant.Letter, variant.Text, view.Post.Platform,
        new VariantMetadataDto(
            variant.Caption, variant.Angle, variant.Generation, variant.Author.ToWord(), variant.Generation == view.Post.CurrentOf(variant.Letter)),
        variant.Asset is null ? null : MediaEndpoints.PathOf(variant.Asset), variant.CreatedAt);
}

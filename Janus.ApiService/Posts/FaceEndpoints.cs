using Janus.ApiService.Access;
using Janus.ApiService.Campaigns;
using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Posts;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Steps;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Posts;

/// <summary>Shows a post with everything that was made of it, and takes what a person wants to be different.</summary>
internal static class FaceEndpoints
{
    private const int LongestHint = 500;
    private const string NoSuchPost = "There is no such post.";

    public static void MapFaces(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/posts/{pk}").WithTags("Posts");
        group.MapGet("", ReadAsync).WithSummary("A post with both its faces and their history").TakesIntegers("pk").Fails(400, 404, 503);
        group.MapPost("/regenerate", RegenerateAsync).Generates().WithSummary("Make a text or a picture anew; the current one stays until the new one is complete")
            .TakesIntegers("pk").Takes<RegenerateRequest>().Fails(400, 404, 409, 413, 503);
        group.MapPost("/retry", RetryAsync).Generates().WithSummary("Make what is missing of a post").TakesIntegers("pk").Fails(400, 404, 409, 503);
        group.MapPost("/variants/{letter}", EditAsync).WithSummary("Change a text or a caption, as a new generation")
            .TakesIntegers("pk").Takes<EditVariantRequest>().Produces<PostDetailResponse>().Fails(400, 404, 409, 413, 503);
        group.MapPost("/variants/{letter}/current", UseAsync).WithSummary("Go back to an earlier generation")
            .TakesIntegers("pk").Takes<UseGenerationRequest>().Fails(400, 404, 409, 413, 503);
    }

    private static async Task<Results<Ok<PostDetailResponse>, ProblemHttpResult>> ReadAsync(string pk, PostReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var key = PostKey.Read(pk, errors);
        if (errors.Any)
            return Problems.Invalid(errors);
        return await reader.ReadAsync(key, cancellationToken) is { } detail ? TypedResults.Ok(detail.ToResponse()) : Problems.NotFound(NoSuchPost);
    }

    private static async Task<Results<Accepted<PostDetailResponse>, ProblemHttpResult>> RegenerateAsync(
        string pk, HttpRequest request, Regeneration regeneration, PostReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<RegenerateRequest>(request, errors, cancellationToken);
        var key = PostKey.Read(pk, errors);
        var letter = body is null ? null : CheckLetter(body.Letter, errors);
        var kind = body is null ? null : errors.CheckText("kind", body.Kind, 20, isRequired: true);
        if (kind is not (null or "text" or "picture"))
            errors.Add("kind", "must be text or picture.");
        var hint = errors.CheckText("hint", body?.Hint, LongestHint, hasLines: true);
        if (errors.Any || letter is null || kind is null)
            return Problems.Invalid(errors);

        var decision = await regeneration.AskAsync(key, letter, Words.FromWord<StepKind>(kind), hint, cancellationToken);
        return decision.Refusal is { } refusal
            ? Problems.Refused(refusal)
            : TypedResults.Accepted(PathOf(key), (await DetailAsync(reader, key, cancellationToken)).ToResponse());
    }

    private static async Task<Results<Ok<CampaignCommandResponse>, ProblemHttpResult>> RetryAsync(
        string pk, GenerationCommands commands, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var key = PostKey.Read(pk, errors);
        return errors.Any
            ? Problems.Invalid(errors)
            : CampaignEndpoints.Answer(await commands.RetryPostAsync(key, cancellationToken), parts => $"Making {parts} again.");
    }

    private static async Task<Results<Created<PostDetailResponse>, Ok<PostDetailResponse>, ProblemHttpResult>> EditAsync(
        string pk, string letter, HttpRequest request, VariantEditing editing, PostReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<EditVariantRequest>(request, errors, cancellationToken);
        var key = PostKey.Read(pk, errors);
        CheckLetter(letter, errors);
        if (errors.Any || body is null)
            return Problems.Invalid(errors);
        if (await reader.ReadAsync(key, cancellationToken) is not { } detail)
            return Problems.NotFound(NoSuchPost);
        if (EditCheck.Check(body, detail.Post.Platform, errors) is not var (text, caption, baseGeneration))
            return Problems.Invalid(errors);

        var decision = await editing.EditAsync(key, letter, text, caption, baseGeneration, cancellationToken, body.Seen);
        return decision.Refusal switch
        {
            null => TypedResults.Created(PathOf(key), (await DetailAsync(reader, key, cancellationToken)).ToResponse()),
            { Kind: RefusalKind.Unchanged } => TypedResults.Ok((await DetailAsync(reader, key, cancellationToken)).ToResponse()),
            { Kind: RefusalKind.Stale } stale => Stale(stale, await DetailAsync(reader, key, cancellationToken), letter, baseGeneration),
            var refusal => Problems.Refused(refusal),
        };
    }

    private static async Task<Results<Ok<PostDetailResponse>, ProblemHttpResult>> UseAsync(
        string pk, string letter, HttpRequest request, VariantEditing editing, PostReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<UseGenerationRequest>(request, errors, cancellationToken);
        var key = PostKey.Read(pk, errors);
        CheckLetter(letter, errors);
        if (body is { Generation: null } && !errors.Has("generation"))
            errors.Add("generation", "is required.");
        if (errors.Any || body?.Generation is not { } generation)
            return Problems.Invalid(errors);

        var decision = await editing.UseAsync(key, letter, generation, cancellationToken, body.Seen);
        return decision.Refusal is { Kind: not RefusalKind.Unchanged } refusal
            ? Problems.Refused(refusal, (await reader.ReadAsync(key, cancellationToken))?.ToResponse())
            : TypedResults.Ok((await DetailAsync(reader, key, cancellationToken)).ToResponse());
    }

    // Other words are compared with the ones in use; a decision is shown with the post.
    private static ProblemHttpResult Stale(Refusal refusal, PostDetail detail, string letter, int baseGeneration) => detail.Post.CurrentOf(letter) != baseGeneration
        ? Problems.Stale(refusal.Reason, detail.CurrentOf(letter))
        : Problems.Refused(refusal, detail.ToResponse());

    private static string? CheckLetter(string? letter, FieldErrors errors)
    {
        if (errors.CheckText("letter", letter, 10, isRequired: true) is not { } checkedLetter)
            return null;
        if (checkedLetter is not ("A" or "B"))
            errors.Add("letter", "must be A or B.");
        return checkedLetter;
    }

    // A post that was just changed is there: posts are never deleted.
    private static async Task<PostDetail> DetailAsync(PostReader reader, int pk, CancellationToken cancellationToken) =>
        await reader.ReadAsync(pk, cancellationToken) ?? throw new InvalidOperationException("A post vanished after it was changed.");

    private static string PathOf(int pk) => $"/api/posts/{pk}";
}

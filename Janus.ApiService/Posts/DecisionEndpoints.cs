using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Posts;
using Janus.Campaigns.Reading;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Posts;

/// <summary>Takes what a person decides about a post. Who says what they saw is told when somebody else was quicker.</summary>
internal static class DecisionEndpoints
{
    /// <summary>The most characters of a reason.</summary>
    public const int LongestReason = 1_000;

    public static void MapDecisions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Posts");
        group.MapPost("/api/approve", ApproveAsync).WithSummary("Approve a post").Takes<ApproveRequest>().Fails(400, 404, 409, 413, 503);
        group.MapPost("/api/approveAll", ApproveAllAsync).WithSummary("Approve every draft that has text").Takes<ApproveAllRequest>().Fails(400, 404, 413, 503);
        group.MapPost("/api/graph", RejectAsync).WithSummary("Reject a post and keep the reason").Takes<RejectRequest>().Fails(400, 404, 409, 413, 503);
        group.MapPost("/api/posts/{pk}/reopen", ReopenAsync).WithSummary("Take back an approval or a rejection")
            .TakesIntegers("pk").Takes<ReopenRequest>(isOptional: true).Fails(400, 404, 409, 413, 503);
        group.MapPost("/api/posts/decide", SeveralDecisions.DecideAsync).WithSummary("Approve, reject or reopen several posts of one campaign at once")
            .Takes<DecideRequest>().Fails(400, 404, 413, 503);
    }

    private static async Task<Results<Ok<ApproveResponse>, ProblemHttpResult>> ApproveAsync(
        HttpRequest request, PostDecisions decisions, PostReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<ApproveRequest>(request, errors, cancellationToken);
        var pk = PostKey.Read(body?.Pk, errors);
        if (errors.Any)
            return Problems.Invalid(errors);

        var decision = await decisions.ApproveAsync(pk, cancellationToken, body!.Seen, body.WithoutPictures ?? true);
        return await AnswerAsync(
            decision, pk, reader, (already, seen) => new ApproveResponse(true, already ?? "The post is approved.", pk, already is null, seen), cancellationToken);
    }

    private static async Task<Results<Ok<RejectResponse>, ProblemHttpResult>> RejectAsync(
        HttpRequest request, PostDecisions decisions, PostReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<RejectRequest>(request, errors, cancellationToken);
        var pk = PostKey.Read(body?.Pk, errors);
        var reason = errors.CheckText("reject_message", body?.RejectMessage, LongestReason, hasLines: true);
        if (errors.Any)
            return Problems.Invalid(errors);

        var decision = await decisions.RejectAsync(pk, reason, cancellationToken, body!.Seen);
        return await AnswerAsync(
            decision, pk, reader,
            (already, seen) => new RejectResponse(true, already ?? "The post is rejected; it is kept with the reason.", reason, pk, already is null, seen), cancellationToken);
    }

    private static async Task<Results<Ok<ReopenResponse>, ProblemHttpResult>> ReopenAsync(
        string pk, HttpRequest request, PostDecisions decisions, PostReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<ReopenRequest>(request, errors, cancellationToken, isOptional: true);
        var key = PostKey.Read(pk, errors);
        if (errors.Any)
            return Problems.Invalid(errors);

        var decision = await decisions.ReopenAsync(key, cancellationToken, body!.Seen);
        return await AnswerAsync(
            decision, key, reader, (already, seen) => new ReopenResponse(true, already ?? "The post is a draft again.", key, already is null, seen), cancellationToken);
    }

    private static async Task<Results<Ok<ApproveAllResponse>, ProblemHttpResult>> ApproveAllAsync(
        HttpRequest request, PostDecisions decisions, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<ApproveAllRequest>(request, errors, cancellationToken);
        var campaign = body is null ? null : errors.CheckText("campaign_id", body.CampaignId, 100, isRequired: true);
        if (errors.Any || campaign is null)
            return Problems.Invalid(errors);

        var decision = await decisions.ApproveAllAsync(campaign, cancellationToken, body!.Seen, body.WithoutPictures ?? true);
        if (decision.Refusal is { } refusal)
            return Problems.Refused(refusal);
        var (approved, failed) = decision.Value;
        var message = failed.Count == 0 ? $"Approved {Count(approved)}." : $"Approved {Count(approved)}; {Count(failed.Count)} could not be.";
        return TypedResults.Ok(new ApproveAllResponse(
            true, message, approved, campaign, [.. failed.Select(ToDto)]));
    }

    private static FailedPostDto ToDto(PostOutcome failed) =>
        new(failed.Pk, failed.Post!.Title, failed.Refusal!.Reason, failed.Refusal.Kind.ToWord(), failed.Post.ChangedVersion);

    /// <summary>"1 post", "12 posts".</summary>
    public static string Count(int posts) => posts == 1 ? "1 post" : $"{posts} posts";

    // What stands as it was asked for is no error, and says so; a refusal carries the post as it is now.
    private static async Task<Results<Ok<T>, ProblemHttpResult>> AnswerAsync<T>(
        Decision<Post> decision, int pk, PostReader reader, Func<string?, long, T> answer, CancellationToken cancellationToken)
    {
        if (decision.Refusal is not { } refusal)
            return TypedResults.Ok(answer(null, decision.Value.ChangedVersion));
        if (await reader.ReadAsync(pk, cancellationToken) is not { } detail)
            return Problems.Refused(refusal);
        return refusal.Kind is RefusalKind.Unchanged
            ? TypedResults.Ok(answer(refusal.Reason, detail.Post.ChangedVersion))
            : Problems.Refused(refusal, detail.ToResponse());
    }
}

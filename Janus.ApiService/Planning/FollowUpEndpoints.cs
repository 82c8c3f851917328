using System.Text.Json;
using Janus.ApiService.Access;
using Janus.ApiService.Graph;
using Janus.ApiService.Http;
using Janus.ApiService.Posts;
using Janus.Campaigns;
using Janus.Contracts;
using Janus.Generation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Planning;

/// <summary>Plans posts that follow others.</summary>
internal static class FollowUpEndpoints
{
    private const int LongestPrompt = 1_000;
    private const string Nodes = "nodes";

    public static void MapFollowUps(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/agents/generate-new-post", AddAsync).Generates().WithTags("Planning").WithSummary("Plan a post that follows others and start its content generation")
            .Takes<FollowUpRequest>().Fails(400, 404, 409, 413, 502, 503);

    private static async Task<Results<Accepted<FollowUpResponse>, ProblemHttpResult>> AddAsync(
        HttpContext http, FollowUpPost followUp, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<FollowUpRequest>(http.Request, errors, cancellationToken);
        var keys = body is null ? [] : ReadKeys(body.Nodes, errors);
        var prompt = body is null ? null : errors.CheckText("prompt", body.Prompt, LongestPrompt, isRequired: true, hasLines: true);
        if (errors.Any || prompt is null)
            return Problems.Invalid(errors);

        try
        {
            var decision = await followUp.AddAsync(keys, prompt, cancellationToken);
            if (decision.Refusal is { Kind: RefusalKind.Invalid } mixed)
            {
                errors.Add(Nodes, mixed.Reason);
                return Problems.Invalid(errors);
            }

            if (decision.Refusal is { } refusal)
                return Problems.Refused(refusal);
            var (campaignId, post, cost) = decision.Value;
            return TypedResults.Accepted($"/api/posts/{post.Id}", new FollowUpResponse(
                true, $"“{post.Title}” is planned in {post.PhaseName()}; its content is being made.", keys, campaignId, post.Id, post.Title, post.PhaseName(), cost));
        }
        catch (GenerationFailedException failed)
        {
            return PlannerCalls.Problem(http.Response, failed.Failure);
        }
    }

    private static List<int> ReadKeys(JsonElement? nodes, FieldErrors errors)
    {
        if (nodes is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            errors.Add(Nodes, nodes is null ? "is required." : "must be a list of posts' keys that is not empty.");
            return [];
        }

        if (list.GetArrayLength() > FollowUpRequest.MostNodes)
        {
            errors.Add(Nodes, $"may hold at most {FollowUpRequest.MostNodes} posts; this list holds {list.GetArrayLength()}.");
            return [];
        }

        var wrong = new FieldErrors();
        List<int> keys = [.. list.EnumerateArray().Select(key => PostKey.Read(key, wrong)).Distinct()];
        if (wrong.Any)
            errors.Add(Nodes, "must hold whole numbers above 0.");
        return keys;
    }
}

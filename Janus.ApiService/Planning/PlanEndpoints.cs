using Janus.ApiService.Access;
using Janus.ApiService.Http;
using Janus.Contracts;
using Janus.Generation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Planning;

/// <summary>Plans campaigns.</summary>
internal static class PlanEndpoints
{
    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 200;

    public static void MapPlanning(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/api/strategy/plan", "/api/agents/strategy"])
        {
            routes.MapPost(path, PlanAsync).WithTags("Planning").WithSummary("Plan a campaign and start its content generation").Generates()
                .Takes<PlanRequest>().TakesHeader(KeyHeader, "The same key and body give the same campaign for 24 hours.").Fails(400, 409, 413, 422, 502, 503);
        }

        routes.MapDelete("/api/strategy/plan", CancelAsync).WithTags("Planning").WithSummary("Cancel the plan that is being made under a key; nothing is stored")
            .TakesHeader(KeyHeader, "The key that the plan was asked for with. Required.").Fails(400, 404);
    }

    public static void AddPlanning(this IServiceCollection services)
    {
        services.AddSingleton<PlanAgent>(provider => provider.GetRequiredService<StrategyPlanner>().PlanAsync);
        services.AddSingleton<ReplanAgent>(provider => provider.GetRequiredService<StrategyPlanner>().ReplanAsync);
        services.AddSingleton<FollowUpAgent>(provider => provider.GetRequiredService<StrategyPlanner>().FollowUpAsync);
        services.AddSingleton<KeyedLanes>().AddSingleton<PlansUnderWay>().AddSingleton<KeptPlans>().AddSingleton<PlanBudget>().AddSingleton<PlannerCalls>().AddSingleton<PlanCampaign>()
            .AddSingleton<CampaignTurns>().AddSingleton<FollowUpPost>().AddSingleton<ReplanCampaign>();
    }

    private static async Task<Results<Ok<PlanCancelledResponse>, ProblemHttpResult>> CancelAsync(HttpRequest request, PlansUnderWay underWay)
    {
        var errors = new FieldErrors();
        var key = ReadKey(request, errors);
        if (key is null && !errors.Any)
            errors.Add(KeyHeader, "is required.");
        if (key is null || errors.Any)
            return Problems.Invalid(errors);
        return await underWay.TryCancelAsync(key)
            ? TypedResults.Ok(new PlanCancelledResponse(true, "Planning is cancelled. Nothing was stored."))
            : Problems.NotFound("Nothing is being planned under this key, or it was stored already.");
    }

    private static async Task<Results<Created<PlanResponse>, ProblemHttpResult>> PlanAsync(
        HttpContext http, PlanCampaign planner, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var request = await RequestBody.ReadAsync<PlanRequest>(http.Request, errors, cancellationToken);
        var key = ReadKey(http.Request, errors);
        var order = request is null ? null : PlanRequestCheck.Check(request, errors, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        if (order is null || errors.Any)
            return Problems.Invalid(errors);
        return await MakeAsync(http, order, key, planner, cancellationToken);
    }

    /// <summary>Plans what was ordered, and answers.</summary>
    internal static async Task<Results<Created<PlanResponse>, ProblemHttpResult>> MakeAsync(
        HttpContext http, PlanOrder order, string? key, PlanCampaign planner, CancellationToken cancellationToken)
    {
        try
        {
            var decision = await planner.PlanAsync(order, key, cancellationToken);
            if (decision.Refusal is { } refusal)
                return Problems.Refused(refusal);
            if (decision.Value.IsReplayed)
                http.Response.Headers["Idempotency-Replayed"] = "true";
            var id = decision.Value.PublicId;
            return TypedResults.Created(id is null ? null : $"/api/agents/campaigns/{id}/", Response(decision.Value));
        }
        catch (GenerationFailedException failed)
        {
            return PlannerCalls.Problem(http.Response, failed.Failure);
        }
    }

    private static string? ReadKey(HttpRequest request, FieldErrors errors)
    {
        if (!request.Headers.TryGetValue(KeyHeader, out var values))
            return null;
        if (values is [{ Length: > 0 and <= LongestKey } key] && key.All(c => c is > ' ' and <= '~'))
            return key;
        errors.Add(KeyHeader, $"must be 1 to {LongestKey} visible ASCII characters, without spaces.");
        return null;
    }

    private static PlanResponse Response(PlannedCampaign planned)
    {
        var posts = planned.Plan.Nodes.Count == 1 ? "1 post" : $"{planned.Plan.Nodes.Count} posts";
        return new PlanResponse(
            true, planned.PublicId, planned.Diagram,
            [.. planned.Plan.Nodes.Select(node => new PlanNodeDto(node.Id, node.Title, node.Description, $"Phase {node.Phase}"))],
            [.. planned.Plan.Connections.Select(edge => new PlanConnectionDto(edge.From, edge.To))],
            planned.Plan.Nodes.Count,
            planned.PublicId is null ? $"Planned {posts}; nothing was stored." : $"Planned {posts}; their content is being made.");
    }
}

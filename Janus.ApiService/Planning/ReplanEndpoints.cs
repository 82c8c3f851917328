using Janus.ApiService.Access;
using Janus.ApiService.Graph;
using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Planning;
using Janus.Contracts;
using Janus.Generation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Planning;

/// <summary>Plans campaigns anew from a phase on: as a preview that a person applies or drops, or in one go.</summary>
internal static class ReplanEndpoints
{
    private const int LongestDirection = 2_000;
    private const string NoSuchProposal = "There is no such proposal.";

    public static void MapReplanning(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Planning");
        group.MapPost("/api/agents/regenerate-strategy", RegenerateAsync).Generates().WithSummary("Plan a campaign anew from a phase on, and apply it")
            .Takes<RegenerateStrategyRequest>().Fails(400, 404, 409, 413, 502, 503);
        group.MapPost("/api/campaigns/{campaign_id}/replan", ProposeAsync).Generates().WithSummary("Plan a campaign anew from a phase on, for a person to look at first")
            .Takes<ReplanRequest>().Fails(400, 404, 409, 413, 502, 503);
        group.MapGet("/api/campaigns/{campaign_id}/replan", ReadAsync).WithSummary("The proposed plan that waits to be applied or dropped").Fails(404, 503);
        group.MapPost("/api/campaigns/{campaign_id}/replan/{proposal_id}/apply", ApplyAsync).WithSummary("Put a proposed plan in the place of what it replaces").Fails(404, 409, 503);
        group.MapDelete("/api/campaigns/{campaign_id}/replan/{proposal_id}", DiscardAsync).WithSummary("Drop a proposed plan").Fails(404, 409, 503);
    }

    private static async Task<Results<Ok<RegenerateStrategyResponse>, ProblemHttpResult>> RegenerateAsync(
        HttpContext http, ReplanCampaign replan, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<RegenerateStrategyRequest>(http.Request, errors, cancellationToken);
        var campaign = body is null ? null : errors.CheckText("campaign_id", body.CampaignId, 100, isRequired: true);
        var (phase, direction) = body is null ? (0, null) : Check(body.PhaseNum, body.NewDirection, errors);
        if (errors.Any || campaign is null || direction is null)
            return Problems.Invalid(errors);

        try
        {
            return Answer(await replan.ReplanAsync(campaign, phase, direction, cancellationToken));
        }
        catch (GenerationFailedException failed)
        {
            return PlannerCalls.Problem(http.Response, failed.Failure);
        }
    }

    private static async Task<Results<Created<ReplanPreviewResponse>, ProblemHttpResult>> ProposeAsync(
        string campaign_id, HttpContext http, ReplanCampaign replan, PlanBudget budget, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<ReplanRequest>(http.Request, errors, cancellationToken);
        var (phase, direction) = body is null ? (0, null) : Check(body.PhaseNum, body.NewDirection, errors);
        if (errors.Any || direction is null)
            return Problems.Invalid(errors);

        try
        {
            var decision = await replan.ProposeAsync(campaign_id, phase, direction, cancellationToken);
            if (decision.Refusal is { } refusal)
                return Problems.Refused(refusal);
            var (preview, cost) = decision.Value;
            return TypedResults.Created((string?)null, Response(preview, cost, budget.MakingCost(preview.Comes.Count)));
        }
        catch (GenerationFailedException failed)
        {
            return PlannerCalls.Problem(http.Response, failed.Failure);
        }
    }

    private static async Task<Results<Ok<ReplanPreviewResponse>, ProblemHttpResult>> ReadAsync(
        string campaign_id, Replanning replanning, PlanBudget budget, CancellationToken cancellationToken)
    {
        var decision = await replanning.ReadWaitingAsync(campaign_id, cancellationToken);
        if (decision.Refusal is { } refusal)
            return Problems.Refused(refusal);
        var (preview, cost) = decision.Value;
        return TypedResults.Ok(Response(preview, cost, budget.MakingCost(preview.Comes.Count)));
    }

    private static async Task<Results<Ok<RegenerateStrategyResponse>, ProblemHttpResult>> ApplyAsync(
        string campaign_id, string proposal_id, ReplanCampaign replan, CancellationToken cancellationToken) =>
        PublicId.IsProposal(proposal_id) ? Answer(await replan.ApplyAsync(campaign_id, proposal_id, cancellationToken)) : Problems.NotFound(NoSuchProposal);

    private static async Task<Results<Ok<ReplanDiscardedResponse>, ProblemHttpResult>> DiscardAsync(
        string campaign_id, string proposal_id, Replanning replanning, CancellationToken cancellationToken)
    {
        if (!PublicId.IsProposal(proposal_id))
            return Problems.NotFound(NoSuchProposal);
        var decision = await replanning.DiscardAsync(campaign_id, proposal_id, cancellationToken);
        return decision.Refusal is { } refusal
            ? Problems.Refused(refusal)
            : TypedResults.Ok(new ReplanDiscardedResponse(true, "The proposed plan is dropped. The campaign is as it was."));
    }

    private static (int Phase, string? Direction) Check(int? phase, string? direction, FieldErrors errors)
    {
        const string field = "phase_num";
        if (phase is not (>= 1 and <= 3) && !errors.Has(field))
            errors.Add(field, phase is null ? "is required." : "must be 1, 2 or 3.");
        return (phase ?? 0, errors.CheckText("new_direction", direction, LongestDirection, isRequired: true, hasLines: true));
    }

    private static Results<Ok<RegenerateStrategyResponse>, ProblemHttpResult> Answer(Decision<AppliedPlan> decision)
    {
        if (decision.Refusal is { } refusal)
            return Problems.Refused(refusal);
        var (campaignId, number, diagram, archived, added) = decision.Value;
        return TypedResults.Ok(new RegenerateStrategyResponse(
            true, campaignId, number, diagram, archived, added,
            $"Planned anew: {Count(added.Count)} came and {(archived.Count == 0 ? "none" : Count(archived.Count))} went. The new content is being made."));
    }

    private static ReplanPreviewResponse Response(PlanPreview preview, long cost, long making) => new(
        true, preview.PublicId, preview.ProposalId, preview.PhaseNumber, preview.Direction, [.. preview.Goes.Select(ToDto)], [.. preview.Stays.Select(ToDto)],
        [.. preview.Comes.Select(ToDto)], preview.Diagram, cost, making,
        $"The new plan has {Count(preview.Comes.Count)} in the place of {(preview.Goes.Count == 0 ? "none" : Count(preview.Goes.Count))}. Nothing is changed before it is applied.");

    private static ReplanPostDto ToDto(Post post) => new(post.Id, post.Title, post.Description, post.PhaseName(), post.StatusWord(), post.ApprovalWord());

    private static ReplanPostDto ToDto(PlanNode node) => new(null, node.Title, node.Description, $"Phase {node.Phase}", PostStatus.Draft.ToWord(), "none");

    private static string Count(int posts) => posts == 1 ? "1 post" : $"{posts} posts";
}

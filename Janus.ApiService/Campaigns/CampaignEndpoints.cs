using Janus.ApiService.Access;
using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Accounts;
using Janus.Campaigns.Reading;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Campaigns;

/// <summary>Lists campaigns, shows one, and takes what a person says about its generation.</summary>
internal static class CampaignEndpoints
{
    private const string NoSuchCampaign = "There is no such campaign.";
    private const int DefaultPage = 100;
    private const int LargestPage = 500;
    private const int LongestReason = 500;
    private const int LongestSearch = 200;

    public static void MapCampaigns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Campaigns");
        group.MapGet("/api/agents/campaigns", ListAsync).WithSummary("Campaigns, newest first").TakesIntegers("limit", "offset").Fails(400, 503);
        group.MapGet("/api/agents/campaigns/{campaign_id}", ReadAsync).WithSummary("A campaign with its posts").Fails(404, 503);
        group.MapPost("/api/campaigns/{campaign_id}/retry", RetryAsync).Generates().WithSummary("Make what is missing").Fails(404, 409, 503);
        group.MapPost("/api/campaigns/{campaign_id}/cancel", CancelAsync).WithSummary("Stop the generation and keep what was made")
            .Takes<CancelRequest>(isOptional: true).Fails(400, 404, 409, 413, 503);
        group.MapDelete("/api/campaigns/{campaign_id}", DeleteAsync).WithSummary("Delete a campaign with its posts, texts and pictures; only the audit log remembers it")
            .For(Role.Admin).Fails(404, 503);
        group.MapPost("/api/campaigns/{campaign_id}/accept", AcceptAsync).WithSummary("Schedule the campaign with what is there").Fails(404, 409, 503);
    }

    private static async Task<Results<Ok<CampaignListResponse>, ProblemHttpResult>> ListAsync(
        string? limit, string? offset, string? q, string? phase, CampaignReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var take = (int)errors.CheckNumber("limit", limit, DefaultPage, 1, LargestPage);
        var skip = (int)errors.CheckNumber("offset", offset, 0, 0, int.MaxValue);
        var text = errors.CheckText("q", q, LongestSearch);
        if (!string.IsNullOrEmpty(phase) && !CampaignStage.Known.Contains(phase))
            errors.Add("phase", $"must be one of {string.Join(", ", CampaignStage.Known)}.");
        if (errors.Any)
            return Problems.Invalid(errors);

        var search = new CampaignSearch(text, string.IsNullOrEmpty(phase) ? null : CampaignStage.FromWord(phase));
        var (campaigns, total, counts) = await reader.ListAsync(search, skip, take, cancellationToken);
        return TypedResults.Ok(new CampaignListResponse(true, campaigns.Count, [.. campaigns.Select(CampaignShapes.ToDto)], total, counts));
    }

    private static async Task<Results<Ok<CampaignDetailResponse>, ProblemHttpResult>> ReadAsync(
        string campaign_id, CampaignReader reader, CancellationToken cancellationToken) =>
        PublicId.IsCampaign(campaign_id) && await reader.GraphAsync(campaign_id, cancellationToken) is { } graph
            ? TypedResults.Ok(new CampaignDetailResponse(true, graph.ToDto(), [.. graph.Posts.Select(post => post.ToDto(campaign_id))]))
            : Problems.NotFound(NoSuchCampaign);

    private static async Task<Results<Ok<CampaignCommandResponse>, ProblemHttpResult>> RetryAsync(
        string campaign_id, GenerationCommands commands, CancellationToken cancellationToken) =>
        Answer(await commands.RetryAsync(campaign_id, cancellationToken), parts => $"Making {parts} again.");

    private static async Task<Results<Ok<CampaignCommandResponse>, ProblemHttpResult>> CancelAsync(
        string campaign_id, HttpRequest request, GenerationCommands commands, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var body = await RequestBody.ReadAsync<CancelRequest>(request, errors, cancellationToken, isOptional: true);
        var reason = errors.CheckText("reason", body?.Reason, LongestReason, hasLines: true);
        return errors.Any
            ? Problems.Invalid(errors)
            : Answer(await commands.CancelAsync(campaign_id, reason, cancellationToken), parts => $"Cancelled {parts}; what was made is kept.");
    }

    private static async Task<Results<Ok<CampaignCommandResponse>, ProblemHttpResult>> AcceptAsync(
        string campaign_id, GenerationCommands commands, CancellationToken cancellationToken) =>
        Answer(await commands.AcceptAsync(campaign_id, cancellationToken), parts => $"Scheduled without {parts}.");

    private static async Task<Results<Ok<CampaignDeletedResponse>, ProblemHttpResult>> DeleteAsync(
        string campaign_id, CampaignDeletion deletion, CancellationToken cancellationToken)
    {
        var deleted = await deletion.DeleteAsync(campaign_id, cancellationToken);
        return deleted.Refusal is { } refusal
            ? Problems.Refused(refusal)
            : TypedResults.Ok(new CampaignDeletedResponse(true, $"The campaign {deleted.Value.Name} is deleted.", campaign_id, deleted.Value.Posts, deleted.Value.Pictures));
    }

    /// <summary>What a command about generation came to.</summary>
    internal static Results<Ok<CampaignCommandResponse>, ProblemHttpResult> Answer(Decision<CampaignStanding> decision, Func<string, string> say)
    {
        if (decision.Refusal is { } refusal)
            return Problems.Refused(refusal);
        var (id, phase, version, affected) = decision.Value;
        return TypedResults.Ok(new CampaignCommandResponse(true, id, phase.ToWord(), version, say(affected == 1 ? "1 part" : $"{affected} parts")));
    }
}

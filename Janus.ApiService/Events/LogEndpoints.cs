using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Reading;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.ApiService.Events;

/// <summary>A campaign's event log page by page, newest first, for people who look back.</summary>
internal static class LogEndpoints
{
    private const int DefaultPage = 100;
    private const int LargestPage = 500;

    private static readonly string[] Kinds = [.. Enum.GetValues<EventKind>().Select(kind => kind.ToWord())];

    public static void MapLog(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/campaigns/{campaign_id}/log", ReadAsync).WithTags("Events").WithSummary("A page of a campaign's event log, newest first")
            .TakesIntegers("before", "limit").Fails(400, 404, 503);

    private static async Task<Results<Ok<CampaignLogResponse>, ProblemHttpResult>> ReadAsync(
        string campaign_id, string? before, string? limit, string? kinds, EventReader reader, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var number = errors.CheckNumber("before", before, absent: long.MaxValue, least: 1, most: long.MaxValue);
        var take = (int)errors.CheckNumber("limit", limit, DefaultPage, 1, LargestPage);
        var wanted = CheckKinds(kinds, errors);
        if (errors.Any)
            return Problems.Invalid(errors);

        return PublicId.IsCampaign(campaign_id)
            && await reader.BeforeAsync(campaign_id, number == long.MaxValue ? null : number, take, wanted, cancellationToken) is { } page
            ? TypedResults.Ok(new CampaignLogResponse(
                campaign_id, page.Name, page.Version, [.. page.Events.Select(entry => entry.ToDto(campaign_id))], page.Before))
            : Problems.NotFound("There is no such campaign.");
    }

    private static HashSet<EventKind> CheckKinds(string? kinds, FieldErrors errors)
    {
        var wanted = new HashSet<EventKind>();
        foreach (var word in (kinds ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Kinds.Contains(word, StringComparer.Ordinal))
                wanted.Add(Words.FromWord<EventKind>(word));
            else if (!errors.Has("kinds"))
                errors.Add("kinds", $"may hold {string.Join(", ", Kinds)}.");
        }

        return wanted;
    }
}

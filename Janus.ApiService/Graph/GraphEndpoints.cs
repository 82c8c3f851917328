using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Reading;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Janus.ApiService.Graph;

/// <summary>The campaign's graph. A client that polls pays one read of one row while nothing changes.</summary>
internal static class GraphEndpoints
{
    private const string NoSuchCampaign = "There is no such campaign.";

    public static void MapGraph(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/api/nodesJson", "/nodesJson"])
        {
            routes.MapGet(path, ReadAsync).WithTags("Graph").WithSummary("The graph, metrics and status of a campaign, the newest when none is named")
                .TakesHeader("If-None-Match", "The ETag of the graph that the client has.").Produces(304).Fails(404, 503);
        }
    }

    private static async Task<Results<Ok<GraphResponse>, StatusCodeHttpResult, ProblemHttpResult>> ReadAsync(
        string? campaign_id, HttpContext http, CampaignReader reader, CancellationToken cancellationToken)
    {
        var id = string.IsNullOrWhiteSpace(campaign_id) ? null : campaign_id;
        if (id is not null && !PublicId.IsCampaign(id))
            return Problems.NotFound(NoSuchCampaign);

        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        if (known.Count > 0)
        {
            var current = await reader.VersionAsync(id, cancellationToken);
            if (current is null && id is not null)
                return Problems.NotFound(NoSuchCampaign);
            var tag = TagOf(current?.PublicId, current?.Version);
            if (known.Any(seen => seen.Equals(EntityTagHeaderValue.Any) || seen.Compare(tag, useStrongComparison: false)))
            {
                SetHeaders(http.Response, tag);
                return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            }
        }

        var graph = await reader.GraphAsync(id, cancellationToken);
        if (graph is null && id is not null)
            return Problems.NotFound(NoSuchCampaign);
        SetHeaders(http.Response, TagOf(graph?.Campaign.PublicId, graph?.Campaign.Version));
        return TypedResults.Ok(graph?.ToResponse() ?? GraphShapes.Empty);
    }

    private static EntityTagHeaderValue TagOf(string? publicId, long? version) => new($"\"{publicId ?? "none"}-{version ?? 0}\"");

    private static void SetHeaders(HttpResponse response, EntityTagHeaderValue tag)
    {
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "no-cache";
    }
}

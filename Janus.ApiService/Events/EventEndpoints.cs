using System.Globalization;
using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Reading;
using Janus.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Primitives;

namespace Janus.ApiService.Events;

/// <summary>A campaign's events as they happen: server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html.</summary>
internal static class EventEndpoints
{
    private const string ResumeHeader = "Last-Event-ID";
    private const string RetrySeconds = "5";

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/campaigns/{campaign_id}/events", FollowAsync).WithTags("Events").WithSummary("A campaign's events, from the first or after a number")
            .TakesIntegers("after").TakesHeader(ResumeHeader, "The number of the last event that the client has; stronger than after.")
            .Produces<CampaignEventDto>(200, "text/event-stream").Fails(400, 404, 503).WithMetadata(new DisableRequestTimeoutAttribute());
        routes.MapGet("/api/campaigns/changes", FollowAllAsync).WithTags("Events").WithSummary("Which campaigns are planned or changed from now on")
            .Produces<CampaignChangedDto>(200, "text/event-stream").Fails(503).WithMetadata(new DisableRequestTimeoutAttribute());
    }

    public static void AddEventStreams(this IServiceCollection services) =>
        services.AddSingleton<EventStreams>().AddSingleton<CampaignFeed>().AddSingleton<CampaignChanges>().AddSingleton<ChangesFeed>();

    private static async Task<Results<ServerSentEventsResult<string>, ProblemHttpResult>> FollowAsync(
        string campaign_id, string? after, HttpContext http, CampaignReader reader, EventStreams streams, CampaignFeed feed, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var resumed = http.Request.Headers[ResumeHeader];
        // A browser that reconnects keeps the address, so its header is the newer word.
        var seen = StringValues.IsNullOrEmpty(resumed) ? ReadNumber("after", after, errors) : ReadNumber(ResumeHeader, resumed.ToString(), errors);
        if (errors.Any)
            return Problems.Invalid(errors);
        if (!PublicId.IsCampaign(campaign_id) || await reader.VersionAsync(campaign_id, cancellationToken) is not { } campaign)
            return Problems.NotFound("There is no such campaign.");
        return Open(http.Response, streams, campaign.Id) is { } full
            ? full
            : TypedResults.ServerSentEvents(feed.FollowAsync(campaign_id, campaign.Id, seen, http, cancellationToken));
    }

    private static Results<ServerSentEventsResult<string>, ProblemHttpResult> FollowAllAsync(
        HttpContext http, EventStreams streams, ChangesFeed feed, CancellationToken cancellationToken) =>
        Open(http.Response, streams, EventStreams.AllCampaigns) is { } full
            ? full
            : TypedResults.ServerSentEvents(feed.FollowAsync(http, cancellationToken));

    // Takes a place for as long as the answer lasts; a problem when all are taken.
    private static ProblemHttpResult? Open(HttpResponse response, EventStreams streams, int campaignId)
    {
        if (streams.TryOpen(campaignId) is not { } place)
        {
            response.Headers.RetryAfter = RetrySeconds;
            return Problems.Unavailable("Too many event streams are open here. Please try again later.");
        }

        response.RegisterForDispose(place);
        response.Headers["X-Accel-Buffering"] = "no";
        return null;
    }

    private static long ReadNumber(string field, string? value, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(value))
            return 0;
        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        errors.Add(field, "must be the number of an event: a whole number from 0.");
        return 0;
    }
}

namespace Janus.Web.Api;

/// <summary>/campaigns/{id}/schedule.ics and .csv: the API's files, under the page that offers them.</summary>
internal static class ScheduleExport
{
    public static void MapScheduleExport(this IEndpointRouteBuilder app)
    {
        app.MapGet("/campaigns/{campaignId}/schedule.ics", (string campaignId, HttpContext context, IHttpClientFactory clients) => PassAsync(campaignId, "ics", context, clients));
        app.MapGet("/campaigns/{campaignId}/schedule.csv", (string campaignId, HttpContext context, IHttpClientFactory clients) => PassAsync(campaignId, "csv", context, clients));
    }

    private static Task PassAsync(string campaignId, string form, HttpContext context, IHttpClientFactory clients) =>
        context.PassAsync($"api/campaigns/{Uri.EscapeDataString(campaignId)}/schedule.{form}", clients);
}

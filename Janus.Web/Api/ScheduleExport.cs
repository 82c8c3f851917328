using Janus.Contracts;

namespace Janus.Web.Api;

/// <summary>/campaigns/{id}/schedule.ics and .csv: the API's files, under the page that offers them.</summary>
internal static class ScheduleExport
{
    public static void MapScheduleExport(this IEndpointRouteBuilder app)
    {
        foreach (var form in (string[])["ics", "csv"])
        {
            app.MapGet($"/campaigns/{{campaignId}}/schedule.{form}", (string campaignId, HttpContext context) => PassAsync(campaignId, form, context))
                .RequireAuthorization(AccountRoles.Viewer).DisableRequestTimeout();
        }
    }

    private static Task PassAsync(string campaignId, string form, HttpContext context) =>
        context.PassAsync($"api/campaigns/{Uri.EscapeDataString(campaignId)}/schedule.{form}");
}

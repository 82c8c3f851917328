using System.Globalization;
using Janus.Contracts;
using Janus.ServiceDefaults;
using Janus.Web.Activity;

namespace Janus.Web.Api;

/// <summary>/campaigns/{id}/activity.csv: the whole log, oldest last, safe to open in a spreadsheet.</summary>
internal static class ActivityExport
{
    private const int PageSize = 500;
    private static readonly string[] Columns = ["number", "time", "kind", "what", "facts", "trace", "actor"];

    public static void MapActivityExport(this IEndpointRouteBuilder app) => app.MapGet("/campaigns/{campaignId}/activity.csv", WriteAsync)
        .RequireAuthorization(AccountRoles.Viewer).DisableRequestTimeout();

    private static async Task WriteAsync(string campaignId, HttpContext context, JanusApi api)
    {
        var page = await api.LogAsync(campaignId, null, [], PageSize, context.RequestAborted);
        if (!page.IsAccepted)
        {
            context.Response.StatusCode = page.Refusal.IsMissing ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.ContentType = SpreadsheetCsv.ContentType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{campaignId}-activity.csv\"";
        await using var table = SpreadsheetCsv.Write(context.Response.Body);
        await table.RowAsync(Columns);
        while (true)
        {
            foreach (var entry in page.Value.Events)
                await table.RowAsync(Row(entry));
            if (page.Value.Before is not { } before)
                return;
            page = await api.LogAsync(campaignId, before, [], PageSize, context.RequestAborted);
            if (!page.IsAccepted)
            {
                // Half a file must not look like a whole one.
                context.Abort();
                return;
            }
        }
    }

    private static string[] Row(CampaignEventDto entry)
    {
        var line = EventLine.Of(entry, _ => null);
        return
        [
            entry.Version.ToString(CultureInfo.InvariantCulture), entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), entry.Kind, line.What,
            string.Join("; ", line.Facts), entry.TraceId ?? "", entry.Actor ?? "",
        ];
    }
}

using System.Globalization;
using System.Text;
using Janus.Contracts;
using Janus.Web.Activity;

namespace Janus.Web.Api;

/// <summary>/campaigns/{id}/activity.csv: the whole log, oldest last, safe to open in a spreadsheet.</summary>
internal static class ActivityExport
{
    private const int PageSize = 500;

    public static void MapActivityExport(this IEndpointRouteBuilder app) => app.MapGet("/campaigns/{campaignId}/activity.csv", WriteAsync);

    private static async Task WriteAsync(string campaignId, HttpContext context, JanusApi api)
    {
        var page = await api.LogAsync(campaignId, null, [], PageSize, context.RequestAborted);
        if (!page.IsAccepted)
        {
            context.Response.StatusCode = page.Refusal.IsMissing ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{campaignId}-activity.csv\"";
        // Spreadsheets take a file for UTF-8 only when it says so.
        await context.Response.WriteAsync("\uFEFFnumber,time,kind,what,facts,trace\r\n", Encoding.UTF8, context.RequestAborted);
        while (true)
        {
            foreach (var entry in page.Value.Events)
                await context.Response.WriteAsync(Row(entry), Encoding.UTF8, context.RequestAborted);
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

    private static string Row(CampaignEventDto entry)
    {
        var line = EventLine.Of(entry, _ => null);
        string[] cells =
        [
            entry.Version.ToString(CultureInfo.InvariantCulture), entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), entry.Kind, line.What,
            string.Join("; ", line.Facts), entry.TraceId ?? "",
        ];
        return string.Join(',', cells.Select(Cell)) + "\r\n";
    }

    /// <summary>A cell in quotes. One that a spreadsheet would take for a formula begins with an apostrophe.</summary>
    internal static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{text}" : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

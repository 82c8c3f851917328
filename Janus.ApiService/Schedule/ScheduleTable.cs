using System.Globalization;
using Janus.ApiService.Graph;
using Janus.Campaigns;
using Janus.Campaigns.Scheduling;
using Janus.ServiceDefaults;

namespace Janus.ApiService.Schedule;

/// <summary>A schedule as a table. Filled with numbers, it can be given back to <see cref="MetricsTable"/> as it is.</summary>
internal static class ScheduleTable
{
    private static readonly string[] Columns =
    [
        MetricsTable.Key, "title", "phase", "platform", "status", "local_time", "time_zone", "utc", "published_utc", "url", "text",
        .. MetricsTable.Numbers, "notes",
    ];

    public static async Task<byte[]> WriteAsync(CampaignTimes times)
    {
        using var bytes = new MemoryStream();
        await using (var table = SpreadsheetCsv.Write(bytes))
        {
            await table.RowAsync(Columns);
            foreach (var timed in times.Posts.OrderBy(timed => timed.GoesOut?.At ?? DateTimeOffset.MaxValue))
                await table.RowAsync(Row(timed, times.Rules));
        }

        return bytes.ToArray();
    }

    private static string[] Row(TimedPost timed, ScheduleRules rules) =>
    [
        timed.Post.Id.ToString(CultureInfo.InvariantCulture), timed.Post.Title, timed.Post.PhaseName(), timed.Post.Platform, timed.Post.Status.ToWord(),
        timed.GoesOut?.Local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "", rules.Zone().Id, Utc(timed.Date), Utc(timed.Published),
        timed.Post.PublishedUrl ?? "", timed.ChosenText(), Number(timed.Metrics?.Likes), Number(timed.Metrics?.Impressions),
        Number(timed.Metrics?.Retweets), Number(timed.Metrics?.Comments), string.Join(' ', timed.GoesOut?.Notes ?? []),
    ];

    private static string Utc(PostDate? date) => date?.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}

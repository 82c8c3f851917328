using System.Globalization;
using Janus.ApiService.Graph;
using Janus.Campaigns;
using Janus.Campaigns.Scheduling;
using Janus.Contracts;

namespace Janus.ApiService.Schedule;

/// <summary>From what the domain reads to what clients see of a schedule.</summary>
internal static class ScheduleShapes
{
    public const string TimeOfDay = "HH:mm";

    public static ScheduleResponse ToResponse(this CampaignTimes times) => new(
        times.Campaign.PublicId, times.Campaign.Name, times.Campaign.Phase.ToWord(), times.Campaign.Version, times.Today, ToDto(times),
        [.. times.Posts.Where(timed => timed.GoesOut is not null).OrderBy(timed => timed.GoesOut!.At).Select(timed => timed.ToDto(times.Rules))],
        [.. times.Posts.Where(timed => timed.GoesOut is null).Select(timed => timed.ToDto(times.Rules))]);

    public static PostScheduleDto ToDto(this TimedPost timed, ScheduleRules rules) => new(
        timed.Post.Id, timed.Post.Title, timed.Post.PhaseName(), timed.Post.Platform, timed.Post.StatusWord(), timed.Post.ApprovalWord(),
        timed.Date?.ToDto(rules), timed.Published?.ToDto(rules), timed.Post.PublishedUrl, timed.Metrics?.ToDto(), timed.Post.ChangedVersion);

    public static PostDateDto ToDto(this PostDate date, ScheduleRules rules) => new(
        date.At, date.Local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), OffsetOf(date), rules.Zone().Id, date.Notes);

    public static ProposedDatesResponse ToResponse(this IReadOnlyList<ProposedDate> dates, CampaignTimes times, bool isApplied) => new(
        times.Campaign.PublicId, isApplied,
        [.. dates.Select(proposed => new ProposedDateDto(proposed.Post.Id, proposed.Post.Title, proposed.Post.PhaseName(), proposed.Date.ToDto(times.Rules)))],
        isApplied ? $"{Count(dates.Count)} got a date." : $"{Count(dates.Count)} would get these dates; nothing is stored yet.");

    /// <summary>"quiet-espresso-schedule.ics": a name that a person knows again among their files.</summary>
    public static string FileName(this CampaignTimes times, string form)
    {
        var words = new string([.. times.Campaign.Name.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return $"{(words.Length == 0 ? times.Campaign.PublicId : string.Join('-', words))}-schedule.{form}";
    }

    /// <summary>"1 post", "12 posts".</summary>
    public static string Count(int posts) => posts == 1 ? "1 post" : $"{posts.ToString(CultureInfo.InvariantCulture)} posts";

    public static string OffsetOf(PostDate date) =>
        (date.Offset < TimeSpan.Zero ? "-" : "+") + date.Offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);

    public static MetricsDto ToDto(this PostMetrics metrics) => new(metrics.Likes, metrics.Impressions, metrics.Retweets, metrics.Comments);

    private static ScheduleRulesDto ToDto(CampaignTimes times) => new(
        times.Rules.StartDate, times.Rules.EndDate, times.Rules.TimeZone, times.Rules.QuietFrom.ToString(TimeOfDay, CultureInfo.InvariantCulture),
        times.Rules.QuietTo.ToString(TimeOfDay, CultureInfo.InvariantCulture), times.Campaign.Schedule is not null);
}

using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Janus.Campaigns;
using Janus.Campaigns.Scheduling;

namespace Janus.ApiService.Schedule;

/// <summary>A schedule as a calendar that other programs open: iCalendar, RFC 5545. The same schedule gives the same bytes.</summary>
internal static class ScheduleCalendar
{
    // What has no length is hard to see, and to click, in most calendars.
    private const int MinutesShown = 15;

    public static byte[] Write(CampaignTimes times)
    {
        var calendar = new Calendar { ProductId = "-//Janus//Schedule//EN" };
        calendar.AddProperty("X-WR-CALNAME", times.Campaign.Name);
        calendar.AddProperty("X-WR-TIMEZONE", times.Rules.Zone().Id);
        calendar.Events.AddRange(times.Posts.Where(timed => timed.GoesOut is not null).OrderBy(timed => timed.GoesOut!.At).Select(timed => Event(timed, times.Campaign)));
        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("The calendar could not be written."));
    }

    // A program that has an event of this id takes the one with the higher sequence for the newer.
    private static CalendarEvent Event(TimedPost timed, Campaign campaign) => new()
    {
        Uid = $"post-{timed.Post.Id}.{campaign.PublicId}@janus",
        DtStamp = new CalDateTime(timed.Post.UpdatedAt.UtcDateTime),
        DtStart = new CalDateTime(timed.GoesOut!.At.UtcDateTime),
        Duration = Duration.FromMinutes(MinutesShown),
        Sequence = (int)Math.Min(timed.Post.ChangedVersion, int.MaxValue),
        Summary = timed.Post.Title,
        Description = Describe(timed),
        Url = timed.Post.PublishedUrl is { } url ? new Uri(url) : null,
        Status = "CONFIRMED",
        Transparency = TransparencyType.Transparent,
    };

    private static string Describe(TimedPost timed)
    {
        var lines = new List<string> { $"{timed.Post.Platform}, phase {timed.Post.PhaseNumber}", "", timed.ChosenText() };
        if (timed.GoesOut!.Notes.Count > 0)
            lines.AddRange(["", .. timed.GoesOut.Notes]);
        return string.Join('\n', lines).ReplaceLineEndings("\n").TrimEnd();
    }
}

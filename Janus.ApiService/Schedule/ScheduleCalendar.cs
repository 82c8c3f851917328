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

    /// <summary>The longest line, in octets: RFC 5545, section 3.1.</summary>
    private const int MostOctets = 75;

    public static byte[] Write(CampaignTimes times)
    {
        var calendar = new Calendar { ProductId = "-//Janus//Schedule//EN" };
        calendar.AddProperty("X-WR-CALNAME", times.Campaign.Name);
        calendar.AddProperty("X-WR-TIMEZONE", times.Rules.Zone().Id);
        calendar.Events.AddRange(times.Posts.Where(timed => timed.GoesOut is not null).OrderBy(timed => timed.GoesOut!.At).Select(timed => Event(timed, times.Campaign)));
        return Fold(new CalendarSerializer().SerializeToString(calendar) ?? throw new InvalidOperationException("The calendar could not be written."));
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

    // The library folds lines in the middle of letters that are two UTF-16 characters, such as emoji, which no UTF-8 can carry.
    private static byte[] Fold(string text)
    {
        using var bytes = new MemoryStream();
        Span<byte> letter = stackalloc byte[4];
        var octets = 0;
        foreach (var rune in text.Replace("\r\n ", "", StringComparison.Ordinal).EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(letter);
            if (rune.Value is '\r' or '\n')
            {
                octets = 0;
            }
            else if (octets + length > MostOctets)
            {
                bytes.Write("\r\n "u8);
                octets = 1 + length;
            }
            else
            {
                octets += length;
            }

            bytes.Write(letter[..length]);
        }

        return bytes.ToArray();
    }

    private static string Describe(TimedPost timed)
    {
        var lines = new List<string> { $"{timed.Post.Platform}, phase {timed.Post.PhaseNumber}", "", timed.ChosenText() };
        if (timed.GoesOut!.Notes.Count > 0)
            lines.AddRange(["", .. timed.GoesOut.Notes]);
        return string.Join('\n', lines).ReplaceLineEndings("\n").TrimEnd();
    }
}

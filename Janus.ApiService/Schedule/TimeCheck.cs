using System.Globalization;
using System.Text.RegularExpressions;
using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Scheduling;
using Janus.Contracts;

namespace Janus.ApiService.Schedule;

/// <summary>Reads times, and rules about times, as clients write them.</summary>
internal static partial class TimeCheck
{
    private const int LongestTime = 40;
    private static readonly string[] WallForms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm"];
    private static readonly string[] DayForms = ["HH:mm", "HH:mm:ss"];

    /// <summary>A time on a wall; null when it is absent or wrong.</summary>
    public static DateTime? CheckWall(this FieldErrors errors, string field, string? value)
    {
        if (errors.CheckText(field, value, LongestTime) is not { } text)
            return null;
        if (DateTime.TryParseExact(text, WallForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && IsUsable(time))
            return time;
        errors.Add(field, "must be a time in the campaign's time zone such as 2027-03-28T09:30.");
        return null;
    }

    /// <summary>An instant; null when it is absent or wrong. One without a zone is wrong: nobody could know which was meant.</summary>
    public static DateTimeOffset? CheckInstant(this FieldErrors errors, string field, string? value)
    {
        if (errors.CheckText(field, value, LongestTime) is not { } text)
            return null;
        if (Instant().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) && IsUsable(instant.UtcDateTime))
            return instant.ToUniversalTime();
        errors.Add(field, "must be a time with Z or an offset such as 2027-03-28T09:30:00+02:00.");
        return null;
    }

    /// <summary>The rules of a request; null when anything is wrong with them.</summary>
    public static ScheduleRules? CheckRules(this FieldErrors errors, ScheduleRulesRequest request, ScheduleRules before, DateTimeOffset now)
    {
        var zone = errors.CheckText("time_zone", request.TimeZone, 100) ?? before.TimeZone;
        var from = errors.CheckTimeOfDay("quiet_from", request.QuietFrom);
        var to = errors.CheckTimeOfDay("quiet_to", request.QuietTo);
        if (from is null != to is null && !errors.Has("quiet_from") && !errors.Has("quiet_to"))
            errors.Add(from is null ? "quiet_from" : "quiet_to", "is required where the other end of the quiet hours is given.");
        var rules = new ScheduleRules
        {
            StartDate = request.StartDate,
            EndDate = request.EndDate,
            TimeZone = IanaZone.Find(zone)?.Id ?? zone,
            QuietFrom = from ?? default,
            QuietTo = to ?? default,
        };
        if (!errors.Has("time_zone"))
        {
            foreach (var (field, what) in ScheduleDefaults.Check(rules, before, now).Where(wrong => !errors.Has(wrong.Field)))
                errors.Add(field, what);
        }

        return errors.Any ? null : rules;
    }

    private static TimeOnly? CheckTimeOfDay(this FieldErrors errors, string field, string? value)
    {
        if (errors.CheckText(field, value, LongestTime) is not { } text)
            return null;
        if (TimeOnly.TryParseExact(text, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        errors.Add(field, "must be a time of day such as 22:00.");
        return null;
    }

    // At either end of the calendar a time in another zone would fall off it.
    private static bool IsUsable(DateTime time) => time.Year is >= 1970 and <= 9000;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instant();
}

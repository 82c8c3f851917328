using System.Globalization;
using Janus.Contracts;

namespace Janus.Web.Design;

/// <summary>Times on the wall of a campaign's time zone, in words. They are shown as they are meant there, not in the reader's own zone.</summary>
public static class Wall
{
    private const string Form = "yyyy-MM-dd'T'HH:mm";

    /// <summary>The time on the wall.</summary>
    public static DateTime Of(PostDateDto date)
    {
        ArgumentNullException.ThrowIfNull(date);
        return DateTime.ParseExact(date.LocalTime, Form, CultureInfo.InvariantCulture);
    }

    /// <summary>As the API takes it.</summary>
    public static string Write(DateTime local) => local.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>"Sunday, 28 March 2027".</summary>
    public static string Day(DateTime local) => local.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"28 March 2027".</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"09:30".</summary>
    public static string Time(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"Sun, 28 March 2027, 09:30".</summary>
    public static string Full(PostDateDto date) => Of(date).ToString("ddd, d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"1 December 2026 to 31 January 2027 · times in Europe/Berlin · quiet from 22:00 to 07:00".</summary>
    public static string Rules(ScheduleRulesDto rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var from = rules.StartDate is { } first ? Day(first) : "From tomorrow on";
        var to = rules.EndDate is { } last ? $" to {Day(last)}" : rules.StartDate is null ? "" : ", no last day";
        var quiet = rules.QuietFrom == rules.QuietTo ? "no quiet hours" : $"quiet from {rules.QuietFrom} to {rules.QuietTo}";
        return $"{from}{to} · times in {rules.TimeZone} · {quiet}";
    }
}

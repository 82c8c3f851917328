using System.Globalization;

namespace Janus.Campaigns.Scheduling;

/// <summary>The hours of a day in which nothing should go out, on the wall of the campaign's time zone.</summary>
/// <param name="From">The first minute that is quiet.</param>
/// <param name="To">The first minute that is not; equal to <paramref name="From"/> when no hour is quiet.</param>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    private static readonly TimeOnly PreferredFrom = new(9, 0);
    private static readonly TimeOnly PreferredTo = new(18, 0);
    private static readonly int[] Steps = [30, 5, 1];

    // Nine in the morning is early for a first post: it goes out two steps later, where the day has room for that.
    private const int FirstPost = 2;

    /// <summary>The least time of a day, in minutes, that quiet hours must leave.</summary>
    public const int LeastOpenMinutes = 60;

    /// <summary>How long it is not quiet in a day.</summary>
    public TimeSpan Open => Any ? From - To : TimeSpan.FromDays(1);

    /// <summary>Whether any hour is quiet.</summary>
    public bool Any => From != To;

    /// <summary>Whether a time is quiet. Quiet hours may span midnight.</summary>
    public bool Contains(TimeOnly time) => Any && time.IsBetween(From, To);

    /// <summary>Times of one day for a number of posts, in order: from ten in the morning, spread over the working day, never in quiet hours.</summary>
    public IReadOnlyList<TimeOnly> Spread(int posts)
    {
        var times = TimesFor(posts);
        var first = times.Count > FirstPost * 2 && posts <= times.Count - FirstPost ? FirstPost : 0;
        return [.. Enumerable.Range(0, posts).Select(number => times[first + (int)((long)number * (times.Count - first) / posts)])];
    }

    /// <summary>The hours as people read them: 22:00 to 07:00.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH:mm} to {To:HH:mm}");

    // The working day in half-hours; where that holds too few, all that is not quiet, in smaller steps.
    private List<TimeOnly> TimesFor(int posts)
    {
        var preferred = Times(Steps[0]).Where(time => time.IsBetween(PreferredFrom, PreferredTo)).ToList();
        if (preferred.Count >= Math.Max(posts, 1))
            return preferred;
        var open = Steps.Select(Times).FirstOrDefault(times => times.Count >= posts) ?? Times(Steps[^1]);
        return open.Count > 0 ? open : [PreferredFrom];
    }

    private List<TimeOnly> Times(int step)
    {
        var quiet = this;
        return [.. Enumerable.Range(0, 24 * 60 / step).Select(number => TimeOnly.MinValue.AddMinutes(number * step)).Where(time => !quiet.Contains(time))];
    }
}

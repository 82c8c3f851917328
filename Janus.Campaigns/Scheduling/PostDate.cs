namespace Janus.Campaigns.Scheduling;

/// <summary>A date of a post, with everything that a person should know about it.</summary>
/// <param name="At">The instant, UTC.</param>
/// <param name="Local">The time on the wall of the campaign's time zone.</param>
/// <param name="Offset">What that wall is ahead of UTC.</param>
/// <param name="Notes">Sentences: changes of the clocks, quiet hours, days outside the campaign.</param>
public sealed record PostDate(DateTimeOffset At, DateTime Local, TimeSpan Offset, IReadOnlyList<string> Notes)
{
    /// <summary>A date that is stored, or asked for as an instant.</summary>
    public static PostDate Of(DateTimeOffset at, ScheduleRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Of(LocalClock.At(at, rules.Zone()), rules);
    }

    /// <summary>A date that is asked for as a time on the wall.</summary>
    public static PostDate Of(DateTime local, ScheduleRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Of(LocalClock.Resolve(local, rules.Zone()), rules);
    }

    private static PostDate Of(WallTime time, ScheduleRules rules)
    {
        var notes = new List<string>();
        if (time.Note is { } clocks)
            notes.Add(clocks);
        if (rules.Quiet() is var quiet && quiet.Contains(TimeOnly.FromDateTime(time.Local)))
            notes.Add($"{LocalClock.SayTime(time.Local)} lies in the quiet hours, {quiet}.");
        var day = DateOnly.FromDateTime(time.Local);
        if (day < rules.StartDate)
            notes.Add($"This is before the campaign's first day, {rules.StartDate:yyyy-MM-dd}.");
        if (day > rules.EndDate)
            notes.Add($"This is after the campaign's last day, {rules.EndDate:yyyy-MM-dd}.");
        return new PostDate(time.At, time.Local, rules.Zone().GetUtcOffset(time.At), notes);
    }
}

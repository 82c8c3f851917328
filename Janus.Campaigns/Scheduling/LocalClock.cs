using System.Globalization;

namespace Janus.Campaigns.Scheduling;

/// <summary>A time on the wall of a time zone, and the one instant that it stands for.</summary>
/// <param name="At">The instant, UTC.</param>
/// <param name="Local">The wall time at that instant.</param>
/// <param name="Note">What was done about a change of the clocks, in a sentence; null when there was none.</param>
public sealed record WallTime(DateTimeOffset At, DateTime Local, string? Note);

/// <summary>From the time on a wall to the instant that is meant, and back, through every change of the clocks.</summary>
public static class LocalClock
{
    /// <summary>
    /// The instant of a wall time. A time that the clocks leave out becomes the first one after it that there is; of a time that
    /// comes twice, the earlier instant is meant. Both are said in the note.
    /// </summary>
    public static WallTime Resolve(DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var wanted = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(wanted))
        {
            var valid = FirstValid(wanted, zone);
            return new WallTime(
                Instant(valid, zone.GetUtcOffset(valid)), valid,
                $"{SayTime(wanted)} does not exist on {SayDay(wanted)} in {zone.Id}, because the clocks go forward then. It goes out at {SayTime(valid)}.");
        }

        if (!zone.IsAmbiguousTime(wanted))
            return new WallTime(Instant(wanted, zone.GetUtcOffset(wanted)), wanted, null);

        // The larger offset is the one before the clocks go back.
        var earlier = Instant(wanted, zone.GetAmbiguousTimeOffsets(wanted).Max());
        return new WallTime(
            earlier, wanted,
            $"{SayTime(wanted)} comes twice on {SayDay(wanted)} in {zone.Id}, because the clocks go back then. It goes out the first time, at {SayTime(earlier.UtcDateTime)} UTC.");
    }

    /// <summary>The wall time of an instant, with a note when the same time comes twice on that day.</summary>
    public static WallTime At(DateTimeOffset instant, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = Local(instant, zone);
        if (!zone.IsAmbiguousTime(local))
            return new WallTime(instant.ToUniversalTime(), local, null);

        var which = zone.GetUtcOffset(instant) == zone.GetAmbiguousTimeOffsets(local).Max() ? "first" : "second";
        return new WallTime(
            instant.ToUniversalTime(), local,
            $"{SayTime(local)} comes twice on {SayDay(local)} in {zone.Id}, because the clocks go back then. It goes out the {which} time, at {SayTime(instant.UtcDateTime)} UTC.");
    }

    /// <summary>The day that it is in a time zone.</summary>
    public static DateOnly Today(DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return DateOnly.FromDateTime(Local(now, zone));
    }

    /// <summary>A day as people read it: 28 March 2027.</summary>
    public static string SayDay(DateTime local) => local.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A time as people read it: 02:30.</summary>
    public static string SayTime(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static DateTime Local(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(instant, zone).DateTime, DateTimeKind.Unspecified);

    private static DateTime FirstValid(DateTime wanted, TimeZoneInfo zone)
    {
        var time = wanted.AddTicks(-(wanted.Ticks % TimeSpan.TicksPerMinute));
        while (zone.IsInvalidTime(time))
            time = time.AddMinutes(1);
        return time;
    }

    private static DateTimeOffset Instant(DateTime local, TimeSpan offset) => new DateTimeOffset(local, offset).ToUniversalTime();
}

namespace Janus.Campaigns.Spending;

/// <summary>What one day cost, over all campaigns.</summary>
public sealed class SpendingDay
{
    /// <summary>What transactions name that deal out what the limits leave, so that they follow each other.</summary>
    internal const string Turn = "spending";

    /// <summary>The day, UTC, as yyyymmdd.</summary>
    public int Day { get; init; }

    /// <summary>What was spent, in millionths of a US dollar.</summary>
    public long SpentMicroUsd { get; set; }

    /// <summary>The limit of this day alone, in millionths of a US dollar; null when it is the one of <see cref="BudgetOptions"/>.</summary>
    public long? CapMicroUsd { get; set; }

    /// <summary>The key of the day of an instant.</summary>
    public static int KeyOf(DateTimeOffset instant)
    {
        var day = instant.UtcDateTime;
        return (((day.Year * 100) + day.Month) * 100) + day.Day;
    }

    /// <summary>The day of a key.</summary>
    public static DateOnly DateOf(int key) => new(key / 10_000, key / 100 % 100, key % 100);

    /// <summary>The first instant of the day of an instant, UTC.</summary>
    public static DateTimeOffset StartOf(DateTimeOffset instant) => new(instant.UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>The first instant of the day after that of an instant, UTC.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset instant) => new(instant.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}

using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Spending;

/// <summary>What a day cost.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="SpentMicroUsd">What was spent, in millionths of a US dollar.</param>
/// <param name="CapMicroUsd">The limit that was set for this day alone, or null.</param>
public sealed record DaySpending(DateOnly Day, long SpentMicroUsd, long? CapMicroUsd);

/// <summary>What today and the days before it cost.</summary>
/// <param name="Today">Today.</param>
/// <param name="CapMicroUsd">The limit that holds today.</param>
/// <param name="Waiting">Campaigns that wait for the next day.</param>
/// <param name="Days">The last <see cref="SpendingReader.Days"/> days, today first; those that cost nothing and had no limit of their own are left out.</param>
public sealed record SpendingOverview(DaySpending Today, long CapMicroUsd, int Waiting, IReadOnlyList<DaySpending> Days);

/// <summary>Reads what was spent.</summary>
public sealed class SpendingReader(CampaignDatabase database, BudgetOptions options, TimeProvider time)
{
    /// <summary>How many days are read.</summary>
    public const int Days = 30;

    /// <summary>Today and the days before it.</summary>
    public Task<SpendingOverview> ReadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            "read_spending",
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                var (today, first) = (SpendingDay.KeyOf(now), SpendingDay.KeyOf(now.AddDays(1 - Days)));
                var days = await context.SpendingDays.Where(day => day.Day >= first && day.Day <= today).OrderByDescending(day => day.Day).ToListAsync(token);
                var waiting = await DayPauses.CountAsync(context, token);
                var current = days is [var newest, ..] && newest.Day == today ? newest : new SpendingDay { Day = today };
                return new SpendingOverview(ToSpending(current), options.DayCap(current.CapMicroUsd), waiting, [.. days.Select(ToSpending)]);
            },
            cancellationToken);

    private static DaySpending ToSpending(SpendingDay day) => new(SpendingDay.DateOf(day.Day), day.SpentMicroUsd, day.CapMicroUsd);
}

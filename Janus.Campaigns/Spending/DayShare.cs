using Janus.Campaigns.Storage;

namespace Janus.Campaigns.Spending;

/// <summary>What a day's limit leaves: after what was spent, and what is running is expected to cost.</summary>
internal sealed class DayShare(long spent, long cap, long running)
{
    public long Spent { get; } = spent;

    public long Cap { get; } = cap;

    public long Left { get; set; } = cap - spent - running;

    public static async Task<DayShare> ReadAsync(CampaignsContext context, BudgetOptions options, DateTimeOffset now, CancellationToken cancellationToken) =>
        Of(await Books.OfDayAsync(context, SpendingDay.KeyOf(now), cancellationToken), options);

    public static DayShare Of(Books books, BudgetOptions options) => new(books.Day.SpentMicroUsd, options.DayCap(books.Day.CapMicroUsd), books.Promised);
}

/// <summary>Why a limit stops something, in words for the person who can raise it.</summary>
internal static class Reasons
{
    public static string Campaign(long spent, long cap, long next) =>
        $"This campaign has used {Money.Say(spent)} of its {Money.Say(cap)}{More(spent, cap, next)}. Raise the limit to go on.";

    public static string Day(long spent, long cap, long next) =>
        $"{Together(spent, cap, next)}. It goes on by itself when the next day begins (UTC), or at once when today's limit is raised.";

    public static string Planning(long spent, long cap, long next) =>
        $"{Together(spent, cap, next)}. Raise today's limit on the status page, or plan when the next day begins (UTC).";

    private static string Together(long spent, long cap, long next) =>
        $"All campaigns together have used {Money.Say(spent)} of today's {Money.Say(cap)}{More(spent, cap, next)}";

    // An amount that is left is no amount that is enough.
    private static string More(long spent, long cap, long next) => (cap - spent) switch
    {
        <= 0 => "",
        var left when next > left => $", and the next part costs about {Money.Say(next)}",
        _ => ", and what is being made now takes the rest",
    };
}

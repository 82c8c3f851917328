using System.Globalization;
using Janus.Web.Design;

namespace Janus.Web.Components.Ui;

/// <summary>An amount that a person typed as a limit.</summary>
internal static class LimitAmount
{
    private const decimal MostUsd = 100_000;
    private const decimal LeastSuggested = 1;

    /// <summary>Reads the amount, in US dollars, or says what is wrong with it.</summary>
    /// <param name="text">What was typed; a dollar sign before it is taken.</param>
    /// <param name="spentMicroUsd">What was spent already: a limit that does not exceed it would stop everything at once.</param>
    public static (decimal? Usd, string? Error) Read(string text, long spentMicroUsd)
    {
        var typed = text.Trim().TrimStart('$').Trim();
        if (!decimal.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd))
            return (null, "Write an amount in US dollars, such as 7.50.");
        if (usd > MostUsd)
            return (null, "At most $100,000.");
        return usd * 1_000_000 <= spentMicroUsd ? (null, $"{Say.Dollars(spentMicroUsd)} is spent already; the limit must be higher.") : (usd, null);
    }

    /// <summary>The amount that is suggested: twice the limit of now.</summary>
    public static string Suggest(long capMicroUsd) =>
        Math.Clamp(capMicroUsd * 2 / 1_000_000m, LeastSuggested, MostUsd).ToString("0.00", CultureInfo.InvariantCulture);
}

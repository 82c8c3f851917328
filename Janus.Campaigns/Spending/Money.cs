using System.Globalization;

namespace Janus.Campaigns.Spending;

/// <summary>US dollars, and the millionths of them that are stored.</summary>
public static class Money
{
    private const int Micro = 1_000_000;

    /// <summary>Millionths of a US dollar, rounded to the nearest.</summary>
    public static long MicroUsd(decimal usd) => (long)decimal.Round(usd * Micro);

    /// <summary>An amount for a sentence: "$4.98".</summary>
    public static string Say(long microUsd) => string.Create(CultureInfo.InvariantCulture, $"${(decimal)microUsd / Micro:N2}");
}

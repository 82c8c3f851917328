using System.ComponentModel.DataAnnotations;

namespace Janus.Campaigns.Spending;

/// <summary>What may be spent before somebody raises the limit. Bound from the section <c>Janus:Budget</c>.</summary>
public sealed class BudgetOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Janus:Budget";

    /// <summary>The highest limit that is taken, in US dollars: more is a slip of the finger.</summary>
    public const decimal MostUsd = 100_000;

    /// <summary>What one campaign may cost, in US dollars; 5 by default. A campaign's own limit goes before it.</summary>
    [Range(typeof(decimal), "0", "100000")]
    public decimal CampaignUsd { get; set; } = 5;

    /// <summary>What all campaigns together may cost on one day, UTC, in US dollars; 50 by default. A day's own limit goes before it.</summary>
    [Range(typeof(decimal), "0", "100000")]
    public decimal DayUsd { get; set; } = 50;

    /// <summary>The limit of a campaign in millionths of a US dollar.</summary>
    /// <param name="own">The campaign's own limit, or null.</param>
    public long CampaignCap(long? own) => own ?? Money.MicroUsd(CampaignUsd);

    /// <summary>The limit of a day in millionths of a US dollar.</summary>
    /// <param name="own">The day's own limit, or null.</param>
    public long DayCap(long? own) => own ?? Money.MicroUsd(DayUsd);

    internal static bool IsCap(decimal usd) => usd is >= 0 and <= MostUsd;
}

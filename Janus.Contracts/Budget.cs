namespace Janus.Contracts;

/// <summary>The body of PUT /api/campaigns/{id}/budget and PUT /api/budget/day.</summary>
public sealed record CapRequest
{
    /// <summary>The new limit in US dollars, 0 to 100,000. Required.</summary>
    public decimal? CapUsd { get; init; }
}

/// <summary>GET /api/budget : what is spent, and what may be.</summary>
/// <param name="Day">Today, UTC.</param>
/// <param name="SpentMicroUsd">What today cost so far, over all campaigns, in millionths of a US dollar.</param>
/// <param name="CapMicroUsd">What today may cost before generation is paused.</param>
/// <param name="WaitingCampaigns">Campaigns that are paused until the next day, or until today's limit is raised.</param>
/// <param name="PricesKnown">Whether every model in use has a price; where one has none, what it makes counts as nothing.</param>
/// <param name="DefaultDayCapMicroUsd">The limit of a day that has none of its own.</param>
/// <param name="DefaultCampaignCapMicroUsd">The limit of a campaign that has none of its own.</param>
/// <param name="Days">The last 30 days, today first; days that cost nothing are left out, unless a limit was set for them.</param>
public sealed record BudgetResponse(
    DateOnly Day, long SpentMicroUsd, long CapMicroUsd, int WaitingCampaigns, bool PricesKnown, long DefaultDayCapMicroUsd, long DefaultCampaignCapMicroUsd,
    IReadOnlyList<DaySpendingDto> Days);

/// <summary>What one day cost.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="SpentMicroUsd">What it cost, in millionths of a US dollar.</param>
/// <param name="CapMicroUsd">The limit that was set for this day alone, or null.</param>
public sealed record DaySpendingDto(DateOnly Day, long SpentMicroUsd, long? CapMicroUsd);

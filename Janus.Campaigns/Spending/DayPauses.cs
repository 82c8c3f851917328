using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Spending;

/// <summary>Campaigns that wait for the next day because the limit of a day was reached.</summary>
internal static class DayPauses
{
    /// <summary>Whether any campaign waits for the end of a day.</summary>
    public static Task<bool> AnyAsync(CampaignsContext context, CancellationToken cancellationToken) => Waiting(context).AnyAsync(cancellationToken);

    /// <summary>Whether the day that any of them waits for is over.</summary>
    public static Task<bool> AnyOverAsync(CampaignsContext context, DateTimeOffset now, CancellationToken cancellationToken) =>
        Over(context, now).AnyAsync(cancellationToken);

    /// <summary>How many campaigns wait for the end of a day.</summary>
    public static Task<int> CountAsync(CampaignsContext context, CancellationToken cancellationToken) => Waiting(context).CountAsync(cancellationToken);

    /// <summary>Lets those go on whose day is over.</summary>
    /// <returns>How many; refused as unchanged when another worker was quicker.</returns>
    public static async Task<Decision<int>> EndOverAsync(
        CampaignsContext context, IList<CampaignChange> changes, DateTimeOffset now, CancellationToken cancellationToken) =>
        await EndAsync(context, changes, Over(context, now), ResumeCause.NewDay, now, cancellationToken) is var ended and > 0
            ? Decision<int>.Accept(ended)
            : Decision<int>.Refuse(RefusalKind.Unchanged, "Nothing waits for the end of a day.");

    /// <summary>Lets all of them go on: the limit was raised.</summary>
    /// <returns>How many.</returns>
    public static Task<int> EndAllAsync(CampaignsContext context, IList<CampaignChange> changes, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(context, changes, Waiting(context), ResumeCause.DayLimitRaised, now, cancellationToken);

    private static async Task<int> EndAsync(
        CampaignsContext context, IList<CampaignChange> changes, IQueryable<Campaign> waiting, ResumeCause cause, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = await waiting.OrderBy(campaign => campaign.Id).Select(campaign => campaign.Id).ToListAsync(cancellationToken);
        foreach (var id in ids)
        {
            var change = await CampaignChange.BeginAsync(context, id, now, cancellationToken)
                ?? throw new InvalidOperationException("A campaign vanished in the middle of a transaction.");
            changes.Add(change);
            change.Resume(cause);
        }

        return ids.Count;
    }

    private static IQueryable<Campaign> Waiting(CampaignsContext context) =>
        context.Campaigns.Where(campaign => campaign.Paused && campaign.PauseCause == PauseCause.DayBudget);

    private static IQueryable<Campaign> Over(CampaignsContext context, DateTimeOffset now)
    {
        var today = SpendingDay.EndOf(now).AddDays(-1);
        return Waiting(context).Where(campaign => campaign.PausedAt < today);
    }
}

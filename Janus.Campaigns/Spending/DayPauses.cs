using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Spending;

/// <summary>Campaigns that wait for the next day because the limit of a day was reached.</summary>
internal static class DayPauses
{
    /// <summary>Whether any campaign waits for the end of a day.</summary>
    public static Task<bool> AnyAsync(CampaignsContext context, CancellationToken cancellationToken) => Waiting(context).AnyAsync(cancellationToken);

    /// <summary>How many campaigns wait for the end of a day.</summary>
    public static Task<int> CountAsync(CampaignsContext context, CancellationToken cancellationToken) => Waiting(context).CountAsync(cancellationToken);

    /// <summary>Lets those go on whose day is over.</summary>
    /// <returns>How many; refused as unchanged when another worker was quicker.</returns>
    public static async Task<Decision<int>> EndOverAsync(
        DatabaseEngine engine, CampaignsContext context, IList<CampaignChange> changes, TimeProvider time, CancellationToken cancellationToken) =>
        await EndAsync(engine, context, changes, Over(context, time.GetUtcNow()), ResumeCause.NewDay, time, cancellationToken) is var ended and > 0
            ? Decision<int>.Accept(ended)
            : Decision<int>.Refuse(RefusalKind.Unchanged, "Nothing waits for the end of a day.");

    /// <summary>Lets all of them go on: the limit was raised.</summary>
    /// <returns>How many.</returns>
    public static Task<int> EndAllAsync(
        DatabaseEngine engine, CampaignsContext context, IList<CampaignChange> changes, TimeProvider time, CancellationToken cancellationToken) =>
        EndAsync(engine, context, changes, Waiting(context), ResumeCause.DayLimitRaised, time, cancellationToken);

    private static async Task<int> EndAsync(
        DatabaseEngine engine, CampaignsContext context, IList<CampaignChange> changes, IQueryable<Campaign> waiting, ResumeCause cause, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var begun = await CampaignChange.BeginEachAsync(engine, context, waiting, time, cancellationToken);
        foreach (var change in begun)
        {
            changes.Add(change);
            change.Resume(cause);
        }

        return begun.Count;
    }

    private static IQueryable<Campaign> Waiting(CampaignsContext context) =>
        context.Campaigns.Where(campaign => campaign.Paused && campaign.PauseCause == PauseCause.DayBudget);

    private static IQueryable<Campaign> Over(CampaignsContext context, DateTimeOffset now)
    {
        var today = SpendingDay.StartOf(now);
        return Waiting(context).Where(campaign => campaign.PausedAt < today);
    }
}

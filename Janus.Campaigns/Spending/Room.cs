using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Spending;

/// <summary>
/// What the limits leave, as one claiming transaction deals it out. A campaign has what its limit leaves after what it spent and what its
/// running steps are expected to cost, and all campaigns together have what the day leaves in the same way.
/// </summary>
internal sealed class Room
{
    private readonly Dictionary<int, Share> _shares;
    private readonly DayShare _day;
    private readonly ExpectedCosts _expected;

    private Room(Dictionary<int, Share> shares, DayShare day, ExpectedCosts expected) => (_shares, _day, _expected) = (shares, day, expected);

    /// <summary>Reads what there is for every campaign that has steps to claim; null when nothing is charged.</summary>
    public static async Task<Room?> ReadAsync(
        CampaignsContext context, ExpectedCosts expected, BudgetOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (expected.IsFree)
            return null;

        var books = await Books.OfClaimAsync(context, SpendingDay.KeyOf(now), cancellationToken);
        var campaigns = books.Campaigns.ToList();
        var promised = books.PromisedTo;
        var averages = await AveragesAsync(context, [.. campaigns.Select(campaign => campaign.Id)], cancellationToken);

        var shares = campaigns.ToDictionary(campaign => campaign.Id, campaign =>
        {
            var cap = options.CampaignCap(campaign.CapMicroUsd);
            return new Share(
                campaign.Version, campaign.SpentMicroUsd, cap, cap - campaign.SpentMicroUsd - promised.GetValueOrDefault(campaign.Id), promised.ContainsKey(campaign.Id),
                campaign.Ready, averages.Where(average => average.Key.CampaignId == campaign.Id).ToDictionary(average => average.Key.Kind, average => average.Value));
        });
        return new Room(shares, DayShare.Of(books, options), expected);
    }

    /// <summary>What a step of the campaign is expected to cost: the average of its own, or the usual.</summary>
    public long ExpectedOf(int campaignId, StepKind kind)
    {
        var usual = _expected.Of(kind);
        return usual == 0 ? 0 : _shares[campaignId].Averages.GetValueOrDefault(kind, usual);
    }

    /// <summary>Takes what a step is expected to cost.</summary>
    /// <returns>False when it does not fit; nothing is taken then.</returns>
    public bool TryTake(int campaignId, StepKind kind)
    {
        // Planned since this was read: the next claim deals with it.
        if (!_shares.TryGetValue(campaignId, out var share))
            return false;
        var cost = ExpectedOf(campaignId, kind);
        // What is free always fits, also where more was spent than there was.
        if (cost > 0 && (cost > share.Left || cost > _day.Left))
            return false;

        share.Left -= cost;
        _day.Left -= cost;
        share.IsRunning = true;
        return true;
    }

    /// <summary>The campaigns of which nothing runs and nothing fits, each with its version as it was read, and the reason.</summary>
    public IEnumerable<(int CampaignId, long Version, PauseCause Cause, string Reason)> Stuck()
    {
        foreach (var (id, share) in _shares)
        {
            var next = share.Ready.Min(kind => ExpectedOf(id, kind));
            if (share.IsRunning || next == 0 || (next <= share.Left && next <= _day.Left))
                continue;
            yield return next > share.Left
                ? (id, share.Version, PauseCause.CampaignBudget, Reasons.Campaign(share.Spent, share.Cap, next))
                : (id, share.Version, PauseCause.DayBudget, Reasons.Day(_day.Spent, _day.Cap, next));
        }
    }

    private static async Task<Dictionary<(int CampaignId, StepKind Kind), long>> AveragesAsync(
        CampaignsContext context, List<int> campaignIds, CancellationToken cancellationToken)
    {
        var costs = await context.Attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Done && attempt.CostMicroUsd > 0)
            .Join(context.Steps.Where(step => campaignIds.Contains(step.CampaignId)), attempt => attempt.StepId, step => step.Id, (attempt, step) => new { step.CampaignId, step.Kind, attempt.CostMicroUsd })
            .GroupBy(cost => new { cost.CampaignId, cost.Kind })
            .Select(group => new { group.Key.CampaignId, group.Key.Kind, Sum = group.Sum(cost => cost.CostMicroUsd), Count = group.Count() })
            .ToListAsync(cancellationToken);
        return costs.ToDictionary(group => (group.CampaignId, group.Kind), group => (group.Sum + group.Count - 1) / group.Count);
    }

    private sealed class Share(long version, long spent, long cap, long left, bool isRunning, IReadOnlyList<StepKind> ready, Dictionary<StepKind, long> averages)
    {
        public long Version { get; } = version;

        public long Spent { get; } = spent;

        public long Cap { get; } = cap;

        public long Left { get; set; } = left;

        public bool IsRunning { get; set; } = isRunning;

        public IReadOnlyList<StepKind> Ready { get; } = ready;

        public Dictionary<StepKind, long> Averages { get; } = averages;
    }
}

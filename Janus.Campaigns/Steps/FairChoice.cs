using Janus.Campaigns.Spending;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Steps;

/// <summary>
/// Which ready steps to claim: room goes to the campaign that has the fewest steps of the kind running, one at a time, so a
/// campaign of six posts never waits behind one of two hundred. Among equals it goes round, beginning after the campaign that
/// was served last, so that more campaigns than there is room for take turns. Within a campaign, in plan order.
/// </summary>
internal static class FairChoice
{
    public static async Task<IReadOnlyList<ReadyStep>> ChooseAsync(
        DatabaseEngine engine, CampaignsContext context, IReadOnlyDictionary<StepKind, int> room, IReadOnlyDictionary<StepKind, int> servedLast, Room? budget, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var queue = await StepQueries.QueueAsync(context, now, cancellationToken);
        var ready = queue.FindAll(steps => !steps.IsRunning);
        var running = queue.Where(steps => steps.IsRunning).CountBy(steps => (steps.CampaignId, steps.Kind)).ToDictionary();
        var wanted = new SortedDictionary<int, List<(StepKind Kind, int Count)>>();
        foreach (var (kind, slots) in room)
        {
            if (slots == 0)
                continue;
            var loads = ready.Where(of => of.Kind == kind)
                .ToDictionary(of => of.CampaignId, of => (running.GetValueOrDefault((of.CampaignId, kind)), of.Count));
            var dealt = Deal(loads, slots, servedLast.GetValueOrDefault(kind), budget is null ? null : campaign => budget.TryTake(campaign, kind));
            foreach (var (campaign, count) in dealt)
                (wanted.TryGetValue(campaign, out var kinds) ? kinds : wanted[campaign] = []).Add((kind, count));
        }

        if (wanted.Count == 0)
            return [];
        var chosen = new List<ReadyStep>();
        // Campaigns that others are at are left to them, unless there is no other: then it is this worker's turn after theirs.
        await TakeAsync([.. wanted.Keys], waits: false);
        if (chosen.Count == 0)
            await TakeAsync([wanted.Keys.First()], waits: true);
        return chosen;

        async Task TakeAsync(IReadOnlyList<int> campaigns, bool waits)
        {
            var taken = await engine.TakeAsync(context, campaigns, waits, cancellationToken);
            foreach (var ofKind in taken.SelectMany(campaign => wanted[campaign].Select(wish => (Campaign: campaign, wish.Kind, wish.Count))).GroupBy(wish => wish.Kind))
            {
                var counts = ofKind.ToDictionary(wish => wish.Campaign, wish => wish.Count);
                var next = await StepQueries.NextAsync(context, counts.Keys, ofKind.Key, now, counts.Values.Max(), cancellationToken);
                chosen.AddRange(next.GroupBy(ready => ready.Step.CampaignId).SelectMany(of => of.Take(counts[of.Key])));
            }
        }
    }

    /// <summary>Since when the oldest claimable step has been ready; null when none is.</summary>
    public static async Task<DateTimeOffset?> OldestAsync(CampaignsContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? oldest = null;
        foreach (var kind in Enum.GetValues<StepKind>())
        {
            var ofKind = await Claimable(context, kind, now).OrderBy(step => step.AvailableAt)
                .Select(step => (DateTimeOffset?)step.AvailableAt).FirstOrDefaultAsync(cancellationToken);
            oldest = oldest is null || ofKind < oldest ? ofKind : oldest;
        }

        return oldest;
    }

    /// <summary>Deals out room one step at a time to whoever has the least running and still something ready.</summary>
    /// <param name="campaigns">For each campaign, how many steps run and how many are ready.</param>
    /// <param name="slots">The room.</param>
    /// <param name="servedLast">The campaign that was served last; equals take turns after it.</param>
    /// <param name="take">Takes what a step of the campaign costs; false when it does not fit, and the campaign gets no more then.</param>
    /// <returns>How many steps each campaign gets; campaigns that get none are left out.</returns>
    internal static IReadOnlyDictionary<int, int> Deal(IReadOnlyDictionary<int, (int Running, int Ready)> campaigns, int slots, int servedLast, Func<int, bool>? take = null)
    {
        var dealt = new Dictionary<int, int>();
        var turns = new PriorityQueue<int, (int Running, bool Served, int CampaignId)>();
        foreach (var (campaign, load) in campaigns)
        {
            if (load.Ready > 0)
                turns.Enqueue(campaign, (load.Running, campaign <= servedLast, campaign));
        }

        while (slots > 0 && turns.TryDequeue(out var campaign, out var turn))
        {
            if (take?.Invoke(campaign) == false)
                continue;
            slots--;
            var given = dealt[campaign] = dealt.GetValueOrDefault(campaign) + 1;
            if (given < campaigns[campaign].Ready)
                turns.Enqueue(campaign, turn with { Running = turn.Running + 1 });
        }

        return dealt;
    }

    private static IQueryable<GenerationStep> Claimable(CampaignsContext context, StepKind kind, DateTimeOffset now) =>
        from step in context.Steps
        join campaign in context.Campaigns on step.CampaignId equals campaign.Id
        where step.State == StepState.Ready && step.Kind == kind && step.AvailableAt <= now && !campaign.Paused
        select step;
}

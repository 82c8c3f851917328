using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Spending;

/// <summary>
/// What was spent, what is promised to the steps that run, and what waits, as of one instant: read with one statement, because between two of them
/// a step may end, whose cost would be missing from both or stand in both.
/// </summary>
internal sealed class Books
{
    private enum Entry
    {
        Promise,
        Day,
        ReadyText,
        ReadyPicture,
    }

    private readonly ILookup<Entry, Line> _lines;

    private Books(IEnumerable<Line> lines) => _lines = lines.ToLookup(line => line.Entry);

    /// <summary>The day: what it cost, in millionths of a US dollar, and the limit of it alone.</summary>
    public (long SpentMicroUsd, long? CapMicroUsd) Day => _lines[Entry.Day].Select(day => (day.MicroUsd, day.CapMicroUsd)).SingleOrDefault();

    /// <summary>What the steps that run are expected to cost, over all campaigns, in millionths of a US dollar.</summary>
    public long Promised => _lines[Entry.Promise].Sum(step => step.MicroUsd);

    /// <summary>What the running steps of each campaign that has any are expected to cost, in millionths of a US dollar.</summary>
    public Dictionary<int, long> PromisedTo => _lines[Entry.Promise].AggregateBy(step => step.CampaignId, 0L, (cost, step) => cost + step.MicroUsd).ToDictionary();

    /// <summary>What each campaign that has steps to claim cost, its own limit, its version, and the kinds of those steps.</summary>
    public IEnumerable<(int Id, long SpentMicroUsd, long? CapMicroUsd, long Version, IReadOnlyList<StepKind> Ready)> Campaigns =>
        _lines[Entry.ReadyText].Select(line => (Line: line, Kind: StepKind.Text)).Concat(_lines[Entry.ReadyPicture].Select(line => (Line: line, Kind: StepKind.Picture)))
            .GroupBy(ready => (ready.Line.CampaignId, ready.Line.MicroUsd, ready.Line.CapMicroUsd, ready.Line.Version), ready => ready.Kind)
            .Select(of => (of.Key.CampaignId, of.Key.MicroUsd, of.Key.CapMicroUsd, of.Key.Version, (IReadOnlyList<StepKind>)[.. of]));

    /// <summary>Those of a day, without any campaign.</summary>
    public static async Task<Books> OfDayAsync(CampaignsContext context, int day, CancellationToken cancellationToken) =>
        new(await Promises(context).Concat(Days(context, day)).ToListAsync(cancellationToken));

    /// <summary>Those of a day and of every campaign that has steps to claim.</summary>
    public static async Task<Books> OfClaimAsync(CampaignsContext context, int day, CancellationToken cancellationToken) =>
        new(await Promises(context).Concat(Days(context, day)).Concat(Waiting(context)).ToListAsync(cancellationToken));

    private static IQueryable<Line> Promises(CampaignsContext context) =>
        from step in context.Steps
        where step.State == StepState.Running
        select new Line { Entry = Entry.Promise, CampaignId = step.CampaignId, MicroUsd = step.ExpectedMicroUsd, CapMicroUsd = null, Version = 0 };

    private static IQueryable<Line> Days(CampaignsContext context, int key) =>
        from day in context.SpendingDays
        where day.Day == key
        select new Line { Entry = Entry.Day, CampaignId = 0, MicroUsd = day.SpentMicroUsd, CapMicroUsd = day.CapMicroUsd, Version = 0 };

    private static IQueryable<Line> Waiting(CampaignsContext context) =>
        from step in context.Steps
        join campaign in context.Campaigns on step.CampaignId equals campaign.Id
        where step.State == StepState.Ready && !campaign.Paused
        group step by new { step.CampaignId, step.Kind, campaign.SpentMicroUsd, campaign.CapMicroUsd, campaign.Version } into ready
        select new Line
        {
            Entry = ready.Key.Kind == StepKind.Text ? Entry.ReadyText : Entry.ReadyPicture,
            CampaignId = ready.Key.CampaignId,
            MicroUsd = ready.Key.SpentMicroUsd,
            CapMicroUsd = ready.Key.CapMicroUsd,
            Version = ready.Key.Version,
        };

    private sealed class Line
    {
        public Entry Entry { get; init; }

        public int CampaignId { get; init; }

        public long MicroUsd { get; init; }

        public long? CapMicroUsd { get; init; }

        public long Version { get; init; }
    }
}

using System.Diagnostics;
using System.Text.Json;
using Janus.Campaigns.Auditing;
using Janus.Campaigns.Events;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns;

/// <summary>
/// One change of one campaign inside a writing transaction. Its first statement adds one to the campaign's version, which
/// locks the campaign's row on every database, so that nothing about the campaign is decided on what another transaction is
/// changing. Each event takes the next number; the version ends as the number of the last one.
/// </summary>
public sealed class CampaignChange
{
    private readonly List<CampaignEvent> _events = [];
    private readonly List<PhaseMove> _moves = [];

    private CampaignChange(CampaignsContext context, Campaign campaign, DateTimeOffset now)
    {
        Context = context;
        Campaign = campaign;
        Now = now;
    }

    /// <summary>The tables.</summary>
    public CampaignsContext Context { get; }

    /// <summary>The campaign's row, tracked.</summary>
    public Campaign Campaign { get; }

    /// <summary>The instant of the change, UTC.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The phase transitions of this change, in order.</summary>
    public IReadOnlyList<PhaseMove> Moves => _moves;

    /// <summary>
    /// Begins a change: takes the next version. Its instant is that of having it, however long that took, so that the times of a campaign's events have
    /// the order of their numbers. Null when there is no such campaign.
    /// </summary>
    public static async Task<CampaignChange?> BeginAsync(
        DatabaseEngine engine, CampaignsContext context, int campaignId, TimeProvider time, CancellationToken cancellationToken) =>
        await BeginAllAsync(engine, context, [campaignId], time, cancellationToken) is [var change] ? change : null;

    /// <summary>Begins a change of each of some campaigns, in the order of their keys; those that are not there are left out.</summary>
    internal static async Task<IReadOnlyList<CampaignChange>> BeginAllAsync(
        DatabaseEngine engine, CampaignsContext context, IReadOnlyList<int> campaignIds, TimeProvider time, CancellationToken cancellationToken)
    {
        if (campaignIds is [])
            return [];
        var (campaigns, now) = await engine.RaiseVersionsAsync(
            context, campaignIds, async token => await CampaignQueries.TrackedAsync(context, campaignIds, token), time, cancellationToken);
        return [.. campaigns.Select(campaign => Begun(context, campaign, now))];
    }

    /// <summary>Begins a change of one campaign, and finds its row together with others that the change needs.</summary>
    /// <typeparam name="TRows">What is found.</typeparam>
    /// <param name="engine">The database.</param>
    /// <param name="context">The context that has the transaction.</param>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="find">The query, with the campaign's row, tracked; null when the others are not there.</param>
    /// <param name="campaignOf">Where it has the campaign's row.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>No change when there is no such campaign.</returns>
    internal static async Task<(CampaignChange? Change, TRows? Rows)> BeginAsync<TRows>(
        DatabaseEngine engine, CampaignsContext context, int campaignId, Func<CancellationToken, Task<TRows?>> find, Func<TRows, Campaign> campaignOf, TimeProvider time,
        CancellationToken cancellationToken)
        where TRows : class
    {
        var (rows, now) = await engine.RaiseVersionsAsync(context, [campaignId], find, time, cancellationToken);
        var campaign = rows is not null ? campaignOf(rows)
            : (await CampaignQueries.TrackedAsync(context, [campaignId], cancellationToken)).SingleOrDefault();
        return (campaign is null ? null : Begun(context, campaign, now), rows);
    }

    private static CampaignChange Begun(CampaignsContext context, Campaign campaign, DateTimeOffset now)
    {
        campaign.UpdatedAt = now;
        return new CampaignChange(context, campaign, now);
    }

    /// <summary>Begins a change of each campaign that is as a query asks, in the order of their keys, and asks again once nobody else changes them.</summary>
    internal static async Task<IReadOnlyList<CampaignChange>> BeginEachAsync(
        DatabaseEngine engine, CampaignsContext context, IQueryable<Campaign> which, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await which.OrderBy(campaign => campaign.Id).Select(campaign => campaign.Id).ToListAsync(cancellationToken);
        if (found is [])
            return [];
        await engine.TakeAsync(context, found, waits: true, cancellationToken);
        var still = await which.Where(campaign => found.Contains(campaign.Id)).OrderBy(campaign => campaign.Id).Select(campaign => campaign.Id).ToListAsync(cancellationToken);
        return await BeginAllAsync(engine, context, still, time, cancellationToken);
    }

    /// <summary>The first change of a campaign that was only just added to the tables.</summary>
    internal static CampaignChange ForNew(CampaignsContext context, Campaign campaign, DateTimeOffset now)
    {
        campaign.Version = 1;
        return new CampaignChange(context, campaign, now);
    }

    /// <summary>The W3C trace context that is stored with the campaign; none when nobody traced the command that set it going.</summary>
    internal ActivityContext StoredContext =>
        ActivityContext.TryParse(Campaign.TraceParent, Campaign.TraceState, isRemote: true, out var stored) ? stored : default;

    /// <summary>Why a step was given up in this change, as a stable word; null when none was.</summary>
    internal string? FailureCode { get; set; }

    /// <summary>Appends an event to the log. When a lock refused tries of this transaction before, <c>db_retries</c> says how many.</summary>
    public void Record(EventKind kind, object data) => Record(kind, data, Activity.Current?.Context ?? StoredContext);

    /// <summary>The same for an event that did not happen in the span that runs: a claim belongs to its campaign, not to the worker's loop.</summary>
    internal void Record(EventKind kind, object data, ActivityContext span)
    {
        var entry = new CampaignEvent
        {
            CampaignId = Campaign.Id,
            Version = _events.Count == 0 ? Campaign.Version : Campaign.Version + 1,
            Kind = kind,
            At = Now,
            Data = Describe(data),
            Actor = Acting.Person,
            TraceId = span.TraceId == default ? null : span.TraceId.ToHexString(),
            SpanId = span.SpanId == default ? null : span.SpanId.ToHexString(),
        };
        Campaign.Version = entry.Version;
        _events.Add(entry);
        Context.Events.Add(entry);
        if (entry.Actor is not null)
            Context.Audit.Add(AuditEntry.Of(entry, Campaign.PublicId));
    }

    /// <summary>Stops claiming, for a reason that will be shown. What runs is left to end.</summary>
    internal void Pause(PauseCause cause, string reason)
    {
        Campaign.Paused = true;
        Campaign.PauseCause = cause;
        Campaign.PauseReason = reason;
        Campaign.PausedAt = Now;
        Record(EventKind.GenerationPaused, new { cause = cause.ToWord(), reason });
    }

    /// <summary>Lets claiming go on.</summary>
    internal void Resume(ResumeCause cause)
    {
        EndPause();
        Record(EventKind.GenerationResumed, new { cause = cause.ToWord() });
    }

    /// <summary>Forgets a pause that another event of this change makes pointless.</summary>
    internal void EndPause()
    {
        Campaign.Paused = false;
        Campaign.PauseCause = null;
        Campaign.PauseReason = null;
        Campaign.PausedAt = null;
    }

    private static string Describe(object data)
    {
        if (LockRetry.RefusedTries == 0)
            return JsonSerializer.Serialize(data, StoredJson.Options);
        var described = JsonSerializer.SerializeToNode(data, StoredJson.Options)!.AsObject();
        described["db_retries"] = LockRetry.RefusedTries;
        return described.ToJsonString(StoredJson.Options);
    }

    /// <summary>Moves the campaign to another phase, if the table allows it, and records that.</summary>
    /// <returns>Null when it moved, else the refusal; nothing is changed then.</returns>
    public PhaseRefusal? Move(Phase to, PhaseCause cause, string? reason)
    {
        var from = Campaign.Phase;
        if (PhaseTable.Refuse(from, to, cause) is { } refusal)
            return refusal;

        Campaign.Phase = to;
        // Nothing is left to hold back: a pause would only be found by whoever asks for something new.
        if (to is Phase.Scheduled or Phase.Planning)
            EndPause();
        _moves.Add(new PhaseMove(Campaign.PublicId, from, to, cause, Now, StoredContext) { FailureCode = FailureCode });
        Record(EventKind.PhaseChanged, new { from = from.ToWord(), to = to.ToWord(), cause = cause.ToWord(), reason });
        return null;
    }
}

/// <summary>Why a paused campaign goes on.</summary>
internal enum ResumeCause
{
    /// <summary>A person said so.</summary>
    Person,

    /// <summary>Its limit was raised.</summary>
    CampaignLimitRaised,

    /// <summary>The limit of the day was raised.</summary>
    DayLimitRaised,

    /// <summary>The day that used up its limit is over.</summary>
    NewDay,

    /// <summary>The operator, who had paused all campaigns, said so.</summary>
    Operator,
}

/// <summary>A phase transition that was part of a change.</summary>
/// <param name="CampaignId">The campaign's public id.</param>
/// <param name="From">The phase before.</param>
/// <param name="To">The phase after.</param>
/// <param name="Cause">Why.</param>
/// <param name="At">The instant of the change, UTC.</param>
/// <param name="Trace">The trace that it belongs to.</param>
public sealed record PhaseMove(string CampaignId, Phase From, Phase To, PhaseCause Cause, DateTimeOffset At, ActivityContext Trace)
{
    /// <summary>Why a step was given up in the same change, as a stable word; null when none was.</summary>
    public string? FailureCode { get; init; }
}

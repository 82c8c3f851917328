using System.Collections.Concurrent;
using Janus.Campaigns.Events;
using Janus.Campaigns.Faults;
using Janus.Campaigns.Media;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Steps;

/// <summary>
/// The queue of generation steps in the database: a claim gives a lease and an attempt number, and every later write is
/// fenced by that number, so that a worker that lost its lease touches no row. Model calls happen between the methods, never
/// inside one.
/// </summary>
public sealed class StepQueue(
    CampaignDatabase database, CampaignWriter writer, StepOptions options, BudgetOptions budget, Standstill standstill, TimeProvider time, FaultPoints faults)
{
    // Where the round stands, for each kind: a hint for fairness, no state that a kill could lose.
    private readonly ConcurrentDictionary<StepKind, int> _servedLast = new();

    private const string Late = "Another attempt has this step now; nothing of it was written.";

    /// <summary>The rules of attempts.</summary>
    public StepOptions Options => options;

    /// <summary>
    /// Claims ready steps, as many of each kind as there is room for, fairly between campaigns. The first claim moves a
    /// campaign to content creation. A step is claimed only if what it is expected to cost fits what its campaign and the day have left; a
    /// campaign of which nothing fits and nothing runs is paused with the reason.
    /// </summary>
    /// <param name="worker">Who claims.</param>
    /// <param name="textSlots">The most texts.</param>
    /// <param name="pictureSlots">The most pictures.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="expected">What a call is expected to cost; null when nothing is charged, and no limit holds then.</param>
    public async Task<IReadOnlyList<ClaimedStep>> ClaimAsync(
        string worker, int textSlots, int pictureSlots, CancellationToken cancellationToken, ExpectedCosts? expected = null)
    {
        var room = new Dictionary<StepKind, int> { [StepKind.Text] = textSlots, [StepKind.Picture] = pictureSlots };
        var (anything, isNewDay) = await database.AskAsync(
            "look_for_work", (context, token) => StepQueries.WorkAsync(context, room, time.GetUtcNow(), token), cancellationToken);
        if (isNewDay)
            await writer.TransactAsync("resume_new_day", (context, changes, token) => DayPauses.EndOverAsync(database.Engine, context, changes, time, token), cancellationToken);
        if (!anything && !isNewDay)
            return [];

        using var spans = new ClaimSpans();
        var claimed = await writer.TransactAsync(
            "claim",
            async (context, changes, token) =>
            {
                spans.Restart();
                // What is left is dealt out by one claim after another: two at once would each give it away.
                if (expected is { IsFree: false })
                    await database.Engine.TakeTurnAsync(context, SpendingDay.Turn, token);
                var now = time.GetUtcNow();
                var costs = await Room.ReadAsync(context, expected ?? ExpectedCosts.Free, budget, now, token);
                var chosen = await FairChoice.ChooseAsync(database.Engine, context, room, _servedLast, costs, now, token);
                var steps = new List<ClaimedStep>();
                var ofCampaigns = chosen.ToLookup(ready => ready.Step.CampaignId);
                foreach (var change in await CampaignChange.BeginAllAsync(database.Engine, context, [.. ofCampaigns.Select(of => of.Key).Order()], time, token))
                {
                    changes.Add(change);
                    var ofCampaign = ofCampaigns[change.Campaign.Id].ToList();
                    foreach (var ready in ofCampaign)
                        ready.Step.ExpectedMicroUsd = costs?.ExpectedOf(change.Campaign.Id, ready.Step.Kind) ?? 0;
                    steps.AddRange(await Claiming.OfCampaignAsync(change, worker, options.Lease, ofCampaign, spans, token));
                }

                foreach (var (campaignId, version, cause, reason) in costs?.Stuck() ?? [])
                {
                    // Whoever has changed it since may have changed that too; the next claim looks again.
                    if (await database.Engine.TakeAsync(context, [campaignId], waits: false, token) is []
                        || !await context.Campaigns.AnyAsync(campaign => campaign.Id == campaignId && campaign.Version == version && !campaign.Paused, token))
                    {
                        continue;
                    }

                    var change = await CampaignChange.BeginAsync(database.Engine, context, campaignId, time, token)
                        ?? throw new InvalidOperationException("A step without its campaign.");
                    changes.Add(change);
                    change.Pause(cause, reason);
                }

                return changes.Count > 0
                    ? Decision<List<ClaimedStep>>.Accept(steps)
                    : Decision<List<ClaimedStep>>.Refuse(RefusalKind.Conflict, "Other workers were quicker.");
            },
            cancellationToken);
        spans.Finish();
        if (claimed.IsAccepted)
        {
            foreach (var step in claimed.Value)
                _servedLast[step.Kind] = step.Claim.CampaignId;
        }

        return claimed.IsAccepted ? claimed.Value : [];
    }

    /// <summary>
    /// Goes once through everything that a claim does, on rows that are rolled back. The first claim of a process would
    /// otherwise take several hundred milliseconds, because queries are compiled when they are first used.
    /// </summary>
    public Task RehearseAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(
            "rehearse",
            async (context, token) =>
            {
                var ready = await Rehearsal.AddStepAsync(context, time.GetUtcNow(), token);
                using var spans = new ClaimSpans();
                var room = new Dictionary<StepKind, int> { [StepKind.Text] = 1, [StepKind.Picture] = 1 };
                var costs = await Room.ReadAsync(context, new ExpectedCosts(1, 1), budget, time.GetUtcNow(), token);
                await FairChoice.ChooseAsync(database.Engine, context, room, _servedLast, costs, time.GetUtcNow(), token);
                var change = await CampaignChange.BeginAsync(database.Engine, context, ready.Step.CampaignId, time, token)
                    ?? throw new InvalidOperationException("A step without its campaign.");
                await Claiming.OfCampaignAsync(change, "rehearsal", options.Lease, [ready], spans, token);
                await context.SaveChangesAsync(token);
                return (true, Commit: false);
            },
            cancellationToken);

    /// <summary>Renews leases while calls run. Changes nothing that anybody sees, so it is no event and no new version.</summary>
    /// <returns>The claims that are still held; the others belong to somebody else now, or were cancelled.</returns>
    public Task<IReadOnlyList<StepClaim>> RenewAsync(IReadOnlyCollection<StepClaim> claims, CancellationToken cancellationToken) =>
        database.WriteAsync(
            "renew",
            async (context, token) =>
            {
                var until = time.GetUtcNow() + options.Lease;
                var held = new List<StepClaim>();
                foreach (var claim in claims)
                {
                    var renewed = await context.Steps
                        .Where(step => step.Id == claim.StepId && step.State == StepState.Running && step.Attempt == claim.Attempt && step.Worker == claim.Worker)
                        .ExecuteUpdateAsync(set => set.SetProperty(step => step.LeaseUntil, until), token);
                    if (renewed == 1)
                        held.Add(claim);
                }

                return ((IReadOnlyList<StepClaim>)held, true);
            },
            cancellationToken);

    /// <summary>The claims that are still held, read without writing.</summary>
    public Task<IReadOnlyList<StepClaim>> StillHeldAsync(IReadOnlyCollection<StepClaim> claims, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StepClaim>>(
            "check_claims",
            async (context, token) =>
            {
                var ids = claims.Select(claim => claim.StepId).ToList();
                var running = await context.Steps.Where(step => ids.Contains(step.Id) && step.State == StepState.Running)
                    .Select(step => new { step.Id, step.Attempt, step.Worker }).ToListAsync(token);
                return [.. claims.Where(claim => running.Exists(step => step.Id == claim.StepId && step.Attempt == claim.Attempt && step.Worker == claim.Worker))];
            },
            cancellationToken);

    /// <summary>Records the texts of a step and makes its pictures ready. Of a remake, the one text that it was asked for.</summary>
    /// <returns>Accepted; or refused, with nothing written but its cost, when the claim is no longer held.</returns>
    public Task<Decision<long>> CompleteTextAsync(
        StepClaim claim, IReadOnlyList<MadeText> texts, Author author, AttemptUsage usage, CancellationToken cancellationToken) =>
        EndAsync("record_text", claim, AttemptOutcome.Done, usage, null, async (end, token) =>
        {
            var (change, step, _, post, current, _, _) = end;
            PostStatus? stood = null;
            if (step.IsRemake)
                stood = await MadeParts.AddTextAsync(change, step, post, current!, texts.Single(text => text.Letter == step.Variant), author, token);
            else
                MadeParts.AddFirstTexts(change, step, post, texts, author);

            post.UpdatedAt = change.Now;
            step.State = StepState.Done;
            step.LastError = null;
            foreach (var text in texts)
                await Settlement.ReadyPictureAsync(change, step, text.Letter, token);
            await Settlement.RecordEndAsync(end, EventKind.StepDone, usage.ToDetail(), token, stood);
        }, cancellationToken);

    /// <summary>Records the picture of a step. The file must already be safe on disk.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="asset">The file's name.</param>
    /// <param name="usage">What it took.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="isThere">Whether the file is still there, asked when the transaction has the lock: it may have waited for long.</param>
    /// <returns>Accepted; or refused, with nothing written but its cost, when the claim is no longer held.</returns>
    /// <exception cref="MediaLostException">The file is gone; nothing was written.</exception>
    public Task<Decision<long>> CompletePictureAsync(
        StepClaim claim, string asset, AttemptUsage usage, CancellationToken cancellationToken,
        Func<CampaignsContext, CancellationToken, Task<bool>>? isThere = null) =>
        EndAsync("record_picture", claim, AttemptOutcome.Done, usage, null, async (end, token) =>
        {
            var (change, step, _, post, current, _, _) = end;
            if (isThere is not null && !await isThere(change.Context, token))
                throw new MediaLostException(asset);
            var stood = await MadeParts.AddPictureAsync(change, step, post, current!, asset, token);
            post.UpdatedAt = change.Now;
            step.State = StepState.Done;
            step.LastError = null;
            await Settlement.RecordEndAsync(end, EventKind.StepDone, usage.ToDetail(asset), token, stood);
        }, cancellationToken);

    /// <summary>Records a failed attempt: ready again after a wait when it is transient and not the last, else dead.</summary>
    /// <returns>Accepted; or refused, with nothing written but its cost, when the claim is no longer held.</returns>
    public Task<Decision<long>> FailAsync(StepClaim claim, AttemptFailure failure, AttemptUsage usage, CancellationToken cancellationToken) =>
        EndAsync("record_failure", claim, AttemptOutcome.Failed, usage, failure.Reason, async (end, token) =>
        {
            var (change, step) = (end.Change, end.Step);
            // While the provider is down every attempt fails in the same way; that says nothing about the step.
            var isWaiting = failure is { IsOutage: true, IsTransient: true };
            step.Failures += isWaiting ? 0 : 1;
            step.LastError = failure.Reason;
            if (isWaiting || (failure.IsTransient && step.Failures < options.MaxFailures))
            {
                var wait = options.BackoffAfter(Math.Max(1, step.Failures));
                if (failure.RetryAfter > wait)
                    wait = failure.RetryAfter.Value;
                Settlement.Requeue(change, step, change.Now + wait);
                await Settlement.RecordEndAsync(end, EventKind.StepFailed, new { failure.Code, failure.Reason, retry_in_ms = (long)wait.TotalMilliseconds }, token);
                return;
            }

            await Settlement.KillAsync(end, failure.Code, failure.Reason, failure.StopsCampaign, token);
        }, cancellationToken);

    /// <summary>Gives steps back when a worker stops: ready at once, counted neither as failed nor as lost.</summary>
    public async Task ReleaseAsync(IReadOnlyCollection<StepClaim> claims, CancellationToken cancellationToken)
    {
        foreach (var claim in claims)
        {
            await EndAsync("release", claim, AttemptOutcome.Released, null, null, async (end, token) =>
            {
                Settlement.Requeue(end.Change, end.Step, end.Change.Now);
                await Settlement.RecordEndAsync(end, EventKind.StepReleased, new { claim.Worker }, token);
            }, cancellationToken);
        }
    }

    /// <summary>Takes back the steps whose lease has run out: their worker was lost. Not right after a <see cref="Standstill"/>.</summary>
    /// <param name="asOf">
    /// The instant to judge by, UTC: one at which the clock was known to be as it was before. A clock that is set forward while this runs has expired nothing.
    /// </param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>How many were taken back.</returns>
    public async Task<int> ReclaimExpiredAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        if (asOf < standstill.Until)
            return 0;
        var expired = await database.ReadAsync(
            "look_for_expired",
            (context, token) => context.Steps.Where(step => step.State == StepState.Running && step.LeaseUntil < asOf).OrderBy(step => step.LeaseUntil).Take(100)
                .Select(step => new StepClaim(step.Id, step.CampaignId, step.Attempt, step.Worker!)).ToListAsync(token),
            cancellationToken);
        var taken = 0;
        foreach (var claim in expired)
        {
            var decision = await EndAsync(Standstill.Reclaim, claim, AttemptOutcome.Lost, null, "The worker was lost.", async (end, token) =>
            {
                var (change, step) = (end.Change, end.Step);
                step.Losses++;
                if (step.Losses >= options.MaxLosses)
                {
                    await Settlement.KillAsync(end, "worker_lost", $"The worker was lost {step.Losses} times while making this part.", stopsCampaign: false, token);
                    return;
                }

                Settlement.Requeue(change, step, change.Now);
                await Settlement.RecordEndAsync(end, EventKind.StepLost, new { claim.Worker }, token);
            }, cancellationToken, expiredBy: asOf);
            taken += decision.IsAccepted ? 1 : 0;
        }

        return taken;
    }

    /// <summary>
    /// When the next step becomes claimable, the next lease runs out, or the day ends that a campaign waits for; null when nothing is pending.
    /// </summary>
    public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            "next_due",
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                var ready = await context.Steps.Where(step => step.State == StepState.Ready && step.AvailableAt > now)
                    .OrderBy(step => step.AvailableAt).Select(step => (DateTimeOffset?)step.AvailableAt).FirstOrDefaultAsync(token);
                var lease = await context.Steps.Where(step => step.State == StepState.Running)
                    .OrderBy(step => step.LeaseUntil).Select(step => step.LeaseUntil).FirstOrDefaultAsync(token);
                if (lease < standstill.Until)
                    lease = standstill.Until;
                DateTimeOffset? day = await DayPauses.AnyAsync(context, token) ? SpendingDay.EndOf(now) : null;
                return new[] { ready, lease, day }.Min();
            },
            cancellationToken);

    /// <summary>How much there is to do and how long it has waited, over all campaigns.</summary>
    public Task<QueueLoad> LoadAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            "queue_load",
            async (context, token) =>
            {
                var ready = await context.Steps.CountAsync(step => step.State == StepState.Ready, token);
                var running = await context.Steps.CountAsync(step => step.State == StepState.Running, token);
                return new QueueLoad(ready, running, await FairChoice.OldestAsync(context, time.GetUtcNow(), token));
            },
            cancellationToken);

    // Late is refused, but what a late answer cost is kept: null is a commit that ended no step.
    private async Task<Decision<long>> EndAsync(
        string operation, StepClaim claim, AttemptOutcome outcome, AttemptUsage? usage, string? error,
        Func<StepEnd, CancellationToken, Task> end, CancellationToken cancellationToken, DateTimeOffset? expiredBy = null)
    {
        var ended = await writer.TransactAsync<long?>(
            operation,
            async (context, changes, token) =>
            {
                var (change, rows) = await CampaignChange.BeginAsync(
                    database.Engine, context, claim.CampaignId, find => StepQueries.AttemptAsync(context, claim.CampaignId, claim.StepId, claim.Attempt, find),
                    found => found.Campaign, time, token);
                if (change is null)
                    return Decision<long?>.Refuse(RefusalKind.NotFound, "There is no such campaign.");
                changes.Add(change);
                if (rows is not { Step: { State: StepState.Running } step } || step.Attempt != claim.Attempt || step.Worker != claim.Worker
                    || (expiredBy is { } instant && (step.LeaseUntil >= instant || standstill.Until > instant)))
                {
                    return await Ledger.ChargeLateAsync(change, claim, usage, token) ? Decision<long?>.Accept(null) : Decision<long?>.Refuse(RefusalKind.Conflict, Late);
                }

                step.Worker = null;
                step.LeaseUntil = null;
                rows.Attempt.Close(change.Now, outcome, usage, error);
                await end(new StepEnd(change, step, rows.Attempt, rows.Post, rows.Current, rows.Parts, faults), token);
                // Last: from here to the commit nobody else can charge the day.
                await Ledger.ChargeAsync(change, rows.Attempt.CostMicroUsd, token);
                return Decision<long?>.Accept(change.Campaign.Version);
            },
            cancellationToken);
        return ended.Refusal is { } refusal ? Decision<long>.Refuse(refusal.Kind, refusal.Reason)
            : ended.Value is { } version ? Decision<long>.Accept(version)
            : Decision<long>.Refuse(RefusalKind.Conflict, Late);
    }
}

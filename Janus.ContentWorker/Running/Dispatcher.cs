using System.Data.Common;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Generation.Providers;

namespace Janus.ContentWorker.Running;

/// <summary>
/// Claims steps whenever there is room and work, starts them, and sleeps until somebody commits, a call ends, or a wait or a
/// lease runs out. Tables are read only after such a sign; a slow timer is the safety net.
/// </summary>
internal sealed partial class Dispatcher(
    StepQueue queue, StepCosts costs, RunningSteps running, ClockLeaps leaps, ProviderRoom provider, CommitSignal signal, WorkerOptions options, TimeProvider time,
    ILogger<Dispatcher> log) : BackgroundService
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterLeap = TimeSpan.FromMilliseconds(200);
    // Grace, end and release together stay under the 10 s after which a host kills a service that does not stop.
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(3);
    private readonly string _worker =
        $"{Environment.MachineName[..Math.Min(24, Environment.MachineName.Length)]}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..12]}";
    // Before its first look a worker holds nothing, however long it took to start.
    private TimeSpan _waited = TimeSpan.MaxValue;

    // While anything is due the leases are looked at so often that a look which comes late tells of a standstill.
    private TimeSpan OftenEnough => queue.Options.Lease / 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Working(_worker, options.TextConcurrency, options.PictureConcurrency);
        try
        {
            await ThroughTroubleAsync(queue.RehearseAsync, stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
                await ThroughTroubleAsync(TurnAsync, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop: what is held is dealt with below, with limits of its own.
        }
        finally
        {
            await GiveBackAsync();
        }
    }

    private async Task ThroughTroubleAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception exception) when (exception is DatabaseBusyException or DbException or Microsoft.EntityFrameworkCore.DbUpdateException)
        {
            Trouble(exception);
            await Task.Delay(AfterTrouble, time, cancellationToken);
        }
    }

    private async Task TurnAsync(CancellationToken cancellationToken)
    {
        var seen = signal.Number;
        var settled = await leaps.MeetAsync(_waited, cancellationToken);
        _waited = TimeSpan.Zero;
        var held = running.Claims;
        if (held.Count > 0)
            await running.EndAllButAsync(held, await queue.StillHeldAsync(held, cancellationToken));

        if (settled is { } asOf)
            await queue.ReclaimExpiredAsync(asOf, cancellationToken);
        var claimed = await queue.ClaimAsync(
            _worker, Room(StepKind.Text, options.TextConcurrency), Room(StepKind.Picture, options.PictureConcurrency), cancellationToken, costs.Today);
        foreach (var step in claimed)
            running.Start(step);

        var due = Earlier(await queue.NextDueAsync(cancellationToken), Earlier(provider(CallKind.Text).ClosedUntil, provider(CallKind.Picture).ClosedUntil));
        var longest = due is null || options.SafetyInterval < OftenEnough ? options.SafetyInterval : OftenEnough;
        var wait = due is { } instant && instant - time.GetUtcNow() is var left && left < longest ? left : longest;
        // A lease that looks expired is not judged yet, and must not keep this loop turning.
        if (settled is null && wait < AfterLeap)
            wait = AfterLeap;
        if (wait <= TimeSpan.Zero)
            return;
        _waited = wait;
        await signal.WaitAsync(seen, wait, time, cancellationToken);
    }

    // Nothing is claimed for a provider that is down, and one step at a time while it is being tried again.
    private int Room(StepKind kind, int most) =>
        Math.Max(0, Math.Min(most, provider(kind == StepKind.Text ? CallKind.Text : CallKind.Picture).Calls) - running.Count(kind));

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;

    private async Task GiveBackAsync()
    {
        using var limit = new CancellationTokenSource(options.StopGrace + EndLimit + ReleaseLimit, time);
        var held = await running.StopAsync(options.StopGrace, EndLimit, time, limit.Token);
        if (held.Count == 0)
            return;
        await queue.ReleaseAsync(held, limit.Token);
        Released(held.Count);
    }

    [LoggerMessage(1, LogLevel.Information, "Worker {Worker} is claiming: {Texts} texts and {Pictures} pictures at once")]
    private partial void Working(string worker, int texts, int pictures);

    [LoggerMessage(2, LogLevel.Warning, "The database cannot be used right now; trying again in a second")]
    private partial void Trouble(Exception exception);

    [LoggerMessage(3, LogLevel.Information, "Gave {Count} steps back")]
    private partial void Released(int count);
}

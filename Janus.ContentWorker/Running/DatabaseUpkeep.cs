using System.Data.Common;
using Janus.Campaigns.Storage;

namespace Janus.ContentWorker.Running;

/// <summary>Looks after the database on a timer, and a last time when the worker has stopped working.</summary>
internal sealed partial class DatabaseUpkeep(SqliteUpkeep upkeep, StorageOptions storage, WorkerOptions options, TimeProvider time, ILogger<DatabaseUpkeep> log) : BackgroundService
{
    // The host waits 10 s for a service that stops, of which giving steps back may take nine.
    private static readonly TimeSpan LastLimit = TimeSpan.FromMilliseconds(500);

    // PostgreSQL bounds its log and renews its statistics by itself.
    private bool IsNeeded => !storage.IsPostgres;

    /// <summary>Stops the timer, and renews the statistics a last time. Not where the timer ends: a worker that stops at once may never have begun it.</summary>
    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!IsNeeded)
            return;
        using var limit = new CancellationTokenSource(LastLimit, time);
        try
        {
            await ThroughTroubleAsync(upkeep.OptimizeAsync, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // The next worker that runs or stops does it.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsNeeded)
            return;
        var optimized = time.GetTimestamp();
        using var timer = new PeriodicTimer(options.UpkeepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await ThroughTroubleAsync(BoundJournalAsync, stoppingToken);
            if (time.GetElapsedTime(optimized) < options.OptimizeInterval)
                continue;
            optimized = time.GetTimestamp();
            await ThroughTroubleAsync(upkeep.OptimizeAsync, stoppingToken);
        }
    }

    private async Task BoundJournalAsync(CancellationToken cancellationToken)
    {
        if (!await upkeep.BoundJournalAsync(cancellationToken))
            StillLong(upkeep.JournalBytes);
    }

    private async Task ThroughTroubleAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception exception) when (exception is DatabaseBusyException or DbException)
        {
            NotLookedAfter(exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The write-ahead log has {Bytes} bytes, and a reader of an old snapshot keeps it from being emptied")]
    private partial void StillLong(long bytes);

    [LoggerMessage(2, LogLevel.Warning, "The database could not be looked after; trying again later")]
    private partial void NotLookedAfter(Exception exception);
}

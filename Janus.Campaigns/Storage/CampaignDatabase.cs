using Janus.Campaigns.Faults;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Storage;

/// <summary>
/// How features reach the tables: a read in one snapshot, or a write in one transaction. Both run again from their first
/// statement, with a new context, when a lock refuses them. Blocks must not call models, HTTP or the disk.
/// </summary>
public sealed class CampaignDatabase(DatabaseEngine engine, LockRetry retry, FaultPoints faults) : IDisposable
{
    // Where there is one writer at a time, waiting inside the process, in order, is fairer and cheaper than meeting at the lock; where there are many,
    // waiting here leaves connections for those who read.
    private readonly SemaphoreSlim _writerLane = new(engine.Writers, engine.Writers);

    /// <summary>The database in use.</summary>
    public DatabaseEngine Engine => engine;

    /// <summary>How many bytes the database takes; null when there is none.</summary>
    /// <exception cref="DatabaseBusyException">The lock budget is used up.</exception>
    public Task<long?> SizeAsync(CancellationToken cancellationToken) => retry.ExecuteAsync("database_size", engine.SizeAsync, cancellationToken);

    /// <summary>Reads in one snapshot, never taking the write lock.</summary>
    /// <param name="operation">A low-cardinality name.</param>
    /// <param name="block">The queries.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="DatabaseBusyException">The lock budget is used up.</exception>
    public Task<T> ReadAsync<T>(string operation, Func<CampaignsContext, CancellationToken, Task<T>> block, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(block);
        return AskAsync(
            operation,
            async (context, token) =>
            {
                await using var transaction = await context.Database.BeginTransactionAsync(engine.Snapshot, token);
                var result = await block(context, token);
                await transaction.CommitAsync(token);
                return result;
            },
            cancellationToken);
    }

    /// <summary>Reads with one statement, which is a snapshot by itself and needs no transaction around it.</summary>
    /// <param name="operation">A low-cardinality name.</param>
    /// <param name="block">The query.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="DatabaseBusyException">The lock budget is used up.</exception>
    public Task<T> AskAsync<T>(string operation, Func<CampaignsContext, CancellationToken, Task<T>> block, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(block);
        return retry.ExecuteAsync(
            operation,
            async token =>
            {
                await using var context = engine.NewContext();
                await using var connected = await engine.ConnectAsync(context, token);
                context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
                return await block(context, token);
            },
            cancellationToken);
    }

    /// <summary>Writes in one transaction that commits at the end, unless the block says to discard it.</summary>
    /// <param name="operation">A low-cardinality name.</param>
    /// <param name="block">The statements; true in the second part of its answer commits, false rolls back.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="DatabaseBusyException">The lock budget is used up; nothing was written.</exception>
    public async Task<T> WriteAsync<T>(
        string operation, Func<CampaignsContext, CancellationToken, Task<(T Result, bool Commit)>> block, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(block);
        var laneWait = await EnterLaneAsync(operation, cancellationToken);
        try
        {
            return await retry.ExecuteAsync(
                operation,
                laneWait,
                async token =>
                {
                    await using var context = engine.NewContext();
                    await using var connected = await engine.ConnectAsync(context, token);
                    // A block that fails is rolled back whole, so nobody would ever go back to a savepoint before its last SaveChanges.
                    context.Database.AutoSavepointsEnabled = false;
                    await using var transaction = await context.Database.BeginTransactionAsync(token);
                    var (result, commit) = await block(context, token);
                    if (!commit)
                    {
                        await transaction.RollbackAsync(token);
                        return result;
                    }

                    await context.SaveChangesAsync(token);
                    await faults.ReachAsync(operation, "before_commit", token);
                    await engine.CommitAsync(context, transaction, token);
                    engine.Committed();
                    await faults.ReachAsync(operation, "after_commit", token);
                    return result;
                },
                cancellationToken);
        }
        finally
        {
            _writerLane.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _writerLane.Dispose();

    // The lane is part of the budget: a writer behind others that meet a held lock gives up when its own time is over.
    private async Task<TimeSpan> EnterLaneAsync(string operation, CancellationToken cancellationToken)
    {
        if (await _writerLane.WaitAsync(TimeSpan.Zero, cancellationToken))
            return TimeSpan.Zero;

        var queued = retry.Time.GetTimestamp();
        using var limit = new CancellationTokenSource(retry.Budget, retry.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _writerLane.WaitAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw retry.GiveUp(operation, retry.Time.GetElapsedTime(queued), exception);
        }

        return retry.Time.GetElapsedTime(queued);
    }
}

using System.Data.Common;
using Janus.Campaigns.Faults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Janus.Campaigns.Storage;

/// <summary>
/// How features reach the tables: a read in one snapshot, or a write in one transaction. Both run again from their first
/// statement, with a new context, when a lock refuses them. Blocks must not call models, HTTP or the disk.
/// </summary>
public sealed class CampaignDatabase(DatabaseEngine engine, LockRetry retry, FaultPoints faults)
{
    // Where there is one writer at a time, waiting inside the process, in order, is fairer and cheaper than meeting at the lock; where there are many,
    // waiting here leaves connections for those who read.
    private readonly WriterLane _lane = new(engine.Writers);

    // How many share the commit of another at most, so that nobody is kept waiting for long by those behind.
    private const int MostFollowers = 15;
    private const string OfFollower = "follower";
    private readonly ISharedTransactions? _sharing = engine as ISharedTransactions;

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
        var (follower, laneWait) = await EnterLaneAsync(operation, mayFollow: true, cancellationToken);
        var isInLane = follower is null;
        try
        {
            return await retry.ExecuteAsync(
                operation,
                laneWait,
                async token =>
                {
                    if (follower is { } place)
                    {
                        follower = null;
                        var (isCommitted, followed) = await FollowAsync(place, operation, block, token);
                        if (isCommitted)
                            return followed;
                    }

                    if (!isInLane)
                    {
                        await EnterLaneAsync(operation, mayFollow: false, token);
                        isInLane = true;
                    }

                    var (isOver, result) = await LeadAsync(operation, block, takesFollowers: true, token);
                    return isOver ? result : (await LeadAsync(operation, block, takesFollowers: false, token)).Result;
                },
                cancellationToken);
        }
        finally
        {
            // Whoever gave it the place waits for it.
            follower?.Return(isSound: true);
            if (isInLane)
                _lane.Leave();
        }
    }

    // Begins the transaction, and leads those through it who wait for the lane meanwhile: on a disk that keeps what it is told to, a commit takes as long as all else.
    // False when somebody has spoilt the transaction; nothing of it is there then.
    private async Task<(bool IsOver, T Result)> LeadAsync<T>(
        string operation, Func<CampaignsContext, CancellationToken, Task<(T Result, bool Commit)>> block, bool takesFollowers, CancellationToken cancellationToken)
    {
        await using var context = engine.NewContext();
        await using var connected = await engine.ConnectAsync(context, cancellationToken);
        // A block that fails is rolled back whole, so nobody would ever go back to a savepoint before its last SaveChanges.
        context.Database.AutoSavepointsEnabled = false;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var (result, commit) = await block(context, cancellationToken);
        if (!commit)
        {
            await transaction.RollbackAsync(cancellationToken);
            return (true, result);
        }

        await context.SaveChangesAsync(cancellationToken);
        await faults.ReachAsync(operation, "before_commit", cancellationToken);
        var followers = new List<Follower>();
        var isCommitted = false;
        try
        {
            if (takesFollowers && !await TakeFollowersAsync(transaction.GetDbTransaction(), followers))
            {
                await transaction.RollbackAsync(cancellationToken);
                return (false, result);
            }

            await engine.CommitAsync(context, transaction, cancellationToken);
            isCommitted = true;
            engine.Committed();
        }
        finally
        {
            foreach (var follower in followers)
                follower.End(isCommitted);
        }

        await faults.ReachAsync(operation, "after_commit", cancellationToken);
        return (true, result);
    }

    private async Task<bool> TakeFollowersAsync(DbTransaction transaction, List<Follower> followers)
    {
        while (_sharing is not null && followers.Count < MostFollowers && _lane.TakeFollower(transaction) is { } follower)
        {
            followers.Add(follower);
            // Not to be cancelled: the transaction is in its hands.
            if (!await follower.Returned || !_sharing.IsThere(transaction))
                return false;
        }

        return true;
    }

    // Writes in the transaction of another, so that it is all there or leaves no trace in it. What it read there may never be committed: it ends no sooner than
    // that transaction, whatever came of it. False when that was not committed; nothing is there then, and nothing is decided.
    private async Task<(bool IsCommitted, T Result)> FollowAsync<T>(
        Follower follower, string operation, Func<CampaignsContext, CancellationToken, Task<(T Result, bool Commit)>> block, CancellationToken cancellationToken)
    {
        T result;
        bool commit;
        var isSound = true;
        try
        {
            await using var context = engine.NewContext();
            await using var joined = await _sharing!.JoinAsync(context, follower.Transaction, cancellationToken);
            context.Database.AutoSavepointsEnabled = false;
            var transaction = context.Database.CurrentTransaction!;
            isSound = false;
            await transaction.CreateSavepointAsync(OfFollower, CancellationToken.None);
            try
            {
                (result, commit) = await block(context, cancellationToken);
                if (commit)
                {
                    await context.SaveChangesAsync(cancellationToken);
                    await faults.ReachAsync(operation, "before_commit", cancellationToken);
                    await transaction.ReleaseSavepointAsync(OfFollower, CancellationToken.None);
                }
            }
            catch
            {
                isSound = await TryUndoAsync(transaction);
                throw;
            }

            isSound = commit || await TryUndoAsync(transaction);
        }
        catch when (!isSound || cancellationToken.IsCancellationRequested)
        {
            // This is nobody else's doing.
            follower.Return(isSound);
            throw;
        }
        catch
        {
            follower.Return(isSound);
            if (await follower.Committed)
                throw;
            return (false, default!);
        }

        follower.Return(isSound);
        if (!await follower.Committed)
            return (false, result);
        if (commit)
            await faults.ReachAsync(operation, "after_commit", cancellationToken);
        return (true, result);
    }

    // Where it cannot be undone the transaction is given up by who began it. What led here is what its caller has to hear of.
    private static async Task<bool> TryUndoAsync(IDbContextTransaction transaction)
    {
        try
        {
            await transaction.RollbackToSavepointAsync(OfFollower, CancellationToken.None);
            await transaction.ReleaseSavepointAsync(OfFollower, CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            return false;
        }
    }

    // The lane is part of the budget: a writer behind others that meet a held lock gives up when its own time is over.
    private async Task<(Follower? Follower, TimeSpan Waited)> EnterLaneAsync(string operation, bool mayFollow, CancellationToken cancellationToken)
    {
        if (_lane.TryEnter())
            return (null, TimeSpan.Zero);

        var queued = retry.Time.GetTimestamp();
        using var limit = new CancellationTokenSource(retry.Budget, retry.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var follower = await _lane.EnterAsync(mayFollow, either.Token);
            return (follower, retry.Time.GetElapsedTime(queued));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw retry.GiveUp(operation, retry.Time.GetElapsedTime(queued), exception);
        }
    }
}

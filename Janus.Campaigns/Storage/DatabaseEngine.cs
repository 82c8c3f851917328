using System.Data;
using Microsoft.EntityFrameworkCore.Storage;

namespace Janus.Campaigns.Storage;

/// <summary>
/// What differs between the databases that Janus runs on, in one place: how a transaction begins and ends, what a refusal looks like, and who may
/// write at the same time. Features see <see cref="CampaignDatabase"/> and the tables, and never ask which database it is.
/// </summary>
public abstract class DatabaseEngine
{
    /// <summary>The <c>db.system.name</c> of telemetry: <c>sqlite</c> or <c>postgresql</c>.</summary>
    public abstract string System { get; }

    /// <summary>The <c>db.namespace</c> of telemetry: the database's name, without the way to it.</summary>
    public abstract string Namespace { get; }

    /// <summary>How many transactions of this process may write at once.</summary>
    public abstract int Writers { get; }

    /// <summary>Which isolation gives a read one snapshot without keeping anybody waiting.</summary>
    public abstract IsolationLevel Snapshot { get; }

    /// <summary>A context of this database's tables.</summary>
    public abstract CampaignsContext NewContext();

    /// <summary>Gets a context ready for one unit of work. Like the unit itself it may be refused by a lock.</summary>
    /// <returns>What ends it, after its transaction and before the context goes.</returns>
    public abstract Task<IAsyncDisposable> ConnectAsync(CampaignsContext context, CancellationToken cancellationToken);

    /// <summary>
    /// The database's code when an exception, or one inside it, says that the same block may succeed if it is run again from its first statement: it
    /// met a lock, or on another machine the connection was lost; else null.
    /// </summary>
    public abstract string? RefusalOf(Exception exception);

    /// <summary>Whether an exception says that the database's disk is full, gone or read-only: it passes when somebody makes room.</summary>
    public abstract bool IsOutOfRoom(Exception exception);

    /// <summary>How many bytes the database takes; null when there is none.</summary>
    public abstract Task<long?> SizeAsync(CancellationToken cancellationToken);

    /// <summary>Commits. Returns only when it is known that the transaction is there.</summary>
    /// <param name="context">The context that has the transaction.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is committed then.</param>
    public abstract Task CommitAsync(CampaignsContext context, IDbContextTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Called after each commit of this process: wakes whoever waits for one, here and elsewhere.</summary>
    public abstract void Committed();

    /// <summary>
    /// Takes campaigns for the rest of the transaction, in the order of their keys, so that what is read of them afterwards is as it stays.
    /// </summary>
    /// <param name="context">The context that has the transaction.</param>
    /// <param name="campaignIds">The campaigns.</param>
    /// <param name="waits">Whether to wait for other transactions that have them, or to leave them to those.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>Those that it has now; the others belong to another transaction, or are gone.</returns>
    public abstract Task<IReadOnlyList<int>> TakeAsync(CampaignsContext context, IReadOnlyList<int> campaignIds, bool waits, CancellationToken cancellationToken);

    /// <summary>
    /// Adds one to the versions of campaigns, which takes them for the rest of the transaction, and then reads what a change of them needs. Several must have
    /// been taken before, in their order.
    /// </summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="context">The context that has the transaction.</param>
    /// <param name="campaignIds">The campaigns.</param>
    /// <param name="read">Reads, with one query of the context at first.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>What was read, and an instant at which it had all of them, UTC, as the database stores instants.</returns>
    public abstract Task<(T Read, DateTimeOffset At)> RaiseVersionsAsync<T>(
        CampaignsContext context, IReadOnlyList<int> campaignIds, Func<CancellationToken, Task<T>> read, TimeProvider time, CancellationToken cancellationToken);

    /// <summary>Waits for every transaction that changes campaigns or steps, and keeps others from beginning to until this one ends.</summary>
    public abstract Task TakeAllAsync(CampaignsContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Makes transactions follow each other that name the same thing, where nothing else of the database does: what the first decided, the next reads.
    /// </summary>
    /// <param name="context">The context that has the transaction.</param>
    /// <param name="name">What is decided on, such as the money of a day.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public abstract Task TakeTurnAsync(CampaignsContext context, string name, CancellationToken cancellationToken);

    /// <summary>Keeps everybody else from writing for a while: for whoever wants to see what others do then.</summary>
    /// <param name="whileHeld">Runs once it is held.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public abstract Task<T> HoldAsync<T>(Func<CancellationToken, Task<T>> whileHeld, CancellationToken cancellationToken);
}

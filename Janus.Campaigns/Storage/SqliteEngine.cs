using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;

namespace Janus.Campaigns.Storage;

/// <summary>
/// SQLite: one file, one machine, one writer at a time. A writing transaction begins IMMEDIATE, so all of them follow each other, and nothing that
/// one has read can be changed by another before it ends.
/// </summary>
public sealed class SqliteEngine(StorageOptions options, LockRetryOptions locks, Func<CampaignsContext> createContext) : DatabaseEngine
{
    /// <inheritdoc />
    public override string System => "sqlite";

    /// <inheritdoc />
    public override string Namespace => Path.GetFileName(options.DatabaseFile);

    /// <inheritdoc />
    public override int Writers => 1;

    /// <summary>SQLite reads ReadUncommitted as BEGIN DEFERRED: a snapshot that does not ask for the write lock.</summary>
    public override IsolationLevel Snapshot => IsolationLevel.ReadUncommitted;

    /// <inheritdoc />
    public override CampaignsContext NewContext() => createContext();

    /// <inheritdoc />
    public override string? RefusalOf(Exception exception) => SqliteLocks.CodeOf(exception);

    /// <summary>SQLITE_FULL, SQLITE_IOERR and SQLITE_READONLY: https://sqlite.org/rescode.html.</summary>
    /// <inheritdoc />
    public override bool IsOutOfRoom(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: 13 or 10 or 8 } || (exception.InnerException is { } inner && IsOutOfRoom(inner));

    /// <summary>The file, and the log that holds what was committed and not yet brought into it.</summary>
    /// <inheritdoc />
    public override Task<long?> SizeAsync(CancellationToken cancellationToken)
    {
        var database = new FileInfo(options.DatabaseFile);
        var log = new FileInfo(options.DatabaseFile + "-wal");
        return Task.FromResult<long?>(database.Exists ? database.Length + (log.Exists ? log.Length : 0) : null);
    }

    /// <summary>A commit that fails here has not happened: there is no wire on which its answer could be lost.</summary>
    /// <inheritdoc />
    public override Task CommitAsync(CampaignsContext context, IDbContextTransaction transaction, CancellationToken cancellationToken) =>
        transaction.CommitAsync(cancellationToken);

    /// <summary>Nothing: the watcher sees the file's version change, whoever changed it.</summary>
    public override void Committed()
    {
    }

    /// <summary>Already taken, as everything is: this transaction is the only one that writes.</summary>
    /// <inheritdoc />
    public override Task<bool> TakeAsync(CampaignsContext context, int campaignId, bool waits, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Everything is taken already.</summary>
    /// <inheritdoc />
    public override Task TakeAllAsync(CampaignsContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>It is this transaction's turn already.</summary>
    /// <inheritdoc />
    public override Task TakeTurnAsync(CampaignsContext context, string name, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Holds the write lock on a connection of its own, as another process would.</summary>
    /// <inheritdoc />
    public override async Task<T> HoldAsync<T>(Func<CancellationToken, Task<T>> whileHeld, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(options.ConnectionString + ";Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await SqliteLocks.SetUpAsync(connection, locks.BusyTimeout, cancellationToken);
        // Serializable is BEGIN IMMEDIATE.
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        return await whileHeld(cancellationToken);
    }
}

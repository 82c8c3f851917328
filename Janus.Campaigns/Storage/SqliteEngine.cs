using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace Janus.Campaigns.Storage;

/// <summary>
/// SQLite: one file, one machine, one writer at a time. A writing transaction begins IMMEDIATE, so all of them follow each other, and nothing that
/// one has read can be changed by another before it ends.
/// </summary>
public sealed class SqliteEngine(StorageOptions options, LockRetryOptions locks, Func<CampaignsContext> createContext) : DatabaseEngine, ISharedTransactions, IDisposable
{
    // As many as are ever in use at once where a few threads work; each keeps its page cache and what it has prepared.
    private const int MostIdle = 8;

    // SQLITE_DBSTATUS_CACHE_WRITE, which the provider has no name for: https://sqlite.org/c3ref/c_dbstatus_options.html.
    private const int PagesWritten = 9;

    // How many pages this process has written to the log since it last began it anew.
    private int _logged;

    // Idle connections: the one that was used last comes first, because it has the most prepared.
    private readonly ConcurrentStack<SqliteConnection> _idle = new();

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

    /// <summary>
    /// Lends the context a connection that was opened and set up once, and stays open: EF would close its own after each unit of work, and every statement
    /// would be parsed anew.
    /// </summary>
    /// <inheritdoc />
    public override async Task<IAsyncDisposable> ConnectAsync(CampaignsContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!_idle.TryPop(out var connection))
            connection = await OpenAsync(cancellationToken);
        // A migration that came before may have left its own open.
        await context.Database.CloseConnectionAsync();
        context.Database.SetDbConnection(connection);
        return new Loan(this, context, connection);
    }

    /// <inheritdoc />
    async Task<IAsyncDisposable> ISharedTransactions.JoinAsync(CampaignsContext context, DbTransaction transaction, CancellationToken cancellationToken)
    {
        await context.Database.CloseConnectionAsync();
        context.Database.SetDbConnection(transaction.Connection);
        var guest = new Guest(this, context);
        try
        {
            await context.Database.UseTransactionAsync(transaction, cancellationToken);
            return guest;
        }
        catch
        {
            await guest.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    bool ISharedTransactions.IsThere(DbTransaction transaction) => transaction.Connection is SqliteConnection { Handle: { } handle } && raw.sqlite3_get_autocommit(handle) == 0;

    /// <summary>Closes the idle connections, so that nobody holds the file; whoever comes later opens new ones.</summary>
    public void Disconnect()
    {
        while (_idle.TryPop(out var connection))
            connection.Dispose();
    }

    /// <inheritdoc />
    public void Dispose() => Disconnect();

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(options.ConnectionString + ";Pooling=False");
        try
        {
            await connection.OpenAsync(cancellationToken);
            await SqliteLocks.SetUpAsync(connection, locks.BusyTimeout, cancellationToken, options.SyncsEveryCommit);
            KeptStatements.Begin(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task TakeBackAsync(CampaignsContext context, SqliteConnection connection)
    {
        Separate(context);
        // One that something has gone wrong with may still be within a transaction.
        if (_idle.Count < MostIdle && connection.State == ConnectionState.Open && raw.sqlite3_get_autocommit(connection.Handle) != 0)
            _idle.Push(connection);
        else
            await connection.DisposeAsync();
    }

    // Whoever gets this context later finds a connection of its own, as it was made with.
    private void Separate(CampaignsContext context)
    {
        context.Database.SetDbConnection(null);
        context.Database.SetConnectionString(options.ConnectionString);
    }

    private sealed class Guest(SqliteEngine engine, CampaignsContext context) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await context.Database.UseTransactionAsync(null);
            engine.Separate(context);
        }
    }

    private sealed class Loan(SqliteEngine engine, CampaignsContext context, SqliteConnection connection) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(engine.TakeBackAsync(context, connection));
    }

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
    public override async Task CommitAsync(CampaignsContext context, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(transaction);
        await transaction.CommitAsync(cancellationToken);
        if (context.Database.GetDbConnection() is SqliteConnection { Handle: { } handle })
            BeginLogAnew(handle);
    }

    // SQLite's own checkpoint lets others write meanwhile, and a log that somebody writes to is not begun anew: among writers without a gap it grows, and is
    // brought into the file with every commit. This one keeps them out for the few milliseconds that it takes. What comes in its way, such as somebody who
    // reads an older snapshot, leaves it for later: the commit has happened, and the log is as good as before.
    private void BeginLogAnew(sqlite3 connection)
    {
        if (raw.sqlite3_db_status(connection, PagesWritten, out var pages, out _, resetFlg: 1) != raw.SQLITE_OK || Interlocked.Add(ref _logged, pages) < SqliteLocks.LogPages)
            return;
        var isAnew = raw.sqlite3_wal_checkpoint_v2(connection, "main", raw.SQLITE_CHECKPOINT_RESTART, out _, out _) == raw.SQLITE_OK;
        Interlocked.Exchange(ref _logged, isAnew ? 0 : SqliteLocks.LogPages * 3 / 4);
    }

    /// <summary>Nothing: the watcher sees the file's version change, whoever changed it.</summary>
    public override void Committed()
    {
    }

    /// <summary>Already taken, as everything is: this transaction is the only one that writes.</summary>
    /// <inheritdoc />
    public override Task<IReadOnlyList<int>> TakeAsync(CampaignsContext context, IReadOnlyList<int> campaignIds, bool waits, CancellationToken cancellationToken) =>
        Task.FromResult(campaignIds);

    /// <summary>It has them all since the transaction began, so the instant is known before, and is written in the same statement.</summary>
    /// <inheritdoc />
    public override async Task<(T Read, DateTimeOffset At)> RaiseVersionsAsync<T>(
        CampaignsContext context, IReadOnlyList<int> campaignIds, Func<CancellationToken, Task<T>> read, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(campaignIds);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(time);
        var now = MicrosecondConverter.Store(time.GetUtcNow());
        foreach (var id in campaignIds)
            await context.Database.ExecuteSqlAsync($"UPDATE campaigns SET version = version + 1, updated_at = {now} WHERE id = {id}", cancellationToken);
        return (await read(cancellationToken), MicrosecondConverter.Load(now));
    }

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

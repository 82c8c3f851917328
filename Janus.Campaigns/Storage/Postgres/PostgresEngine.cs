using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Janus.Campaigns.Storage;

/// <summary>
/// PostgreSQL: any number of processes that write at the same time. Transactions are READ COMMITTED, and each takes its campaign's row with its first
/// statement, so what is decided about a campaign is decided by one of them at a time, on rows as they are then. Rows of several campaigns are taken in
/// the order of their keys.
/// </summary>
public sealed class PostgresEngine(StorageOptions options, LockRetryOptions locks, NpgsqlDataSource source, CommitNotices notices, TimeProvider time, Func<CampaignsContext> createContext)
    : DatabaseEngine
{
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(50);
    private readonly CommitMarks _marks = new(source, time);

    /// <inheritdoc />
    public override string System => "postgresql";

    /// <inheritdoc />
    public override string Namespace { get; } = new NpgsqlConnectionStringBuilder(options.ConnectionString).Database!;

    /// <summary>
    /// One for each processor, and at least two, so that one works while another waits for the server. Measured on two
    /// processors (docs/benchmarks.md): where four or eight processes write, four writers each end up to a fifth fewer steps a second than two, and fifteen two fifths.
    /// Never more than three quarters of the pool, so that whoever reads finds a connection.
    /// </summary>
    public override int Writers { get; } = WritersOf(new NpgsqlConnectionStringBuilder(options.ConnectionString).MaxPoolSize, Environment.ProcessorCount);

    /// <summary>All statements of the transaction see the same rows; reading takes no lock that a writer would wait for.</summary>
    public override IsolationLevel Snapshot => IsolationLevel.RepeatableRead;

    /// <inheritdoc />
    public override CampaignsContext NewContext() => createContext();

    /// <summary>Opens nothing: the pool of connections is one for all contexts, and keeps what was prepared on them.</summary>
    /// <inheritdoc />
    public override Task<IAsyncDisposable> ConnectAsync(CampaignsContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Of(context).BeginMarking(_marks));

    /// <inheritdoc />
    public override string? RefusalOf(Exception exception) => PostgresErrors.CodeOf(exception);

    /// <inheritdoc />
    public override bool IsOutOfRoom(Exception exception) => PostgresErrors.IsOutOfRoom(exception);

    /// <inheritdoc />
    public override async Task<long?> SizeAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT pg_database_size(current_database())");
        return (long?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>
    /// When the connection is lost while the server commits, it may have committed all the same: the server is asked what became of the transaction, and
    /// the block runs again only if nothing did.
    /// </summary>
    /// <inheritdoc />
    public override async Task CommitAsync(CampaignsContext context, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(transaction);
        var mark = Of(context).Mark;
        var wrote = mark is not null;
        if (mark is null)
        {
            mark = _marks.Rent();
            wrote = await mark.RaiseAsync(context, cancellationToken);
        }

        try
        {
            // Not to be cancelled: it ends by the command's own time limit, and half a commit would only be asked about again.
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception exception) when (wrote && PostgresErrors.LeavesCommitOpen(exception))
        {
            if (!await HasCommittedAsync(mark, cancellationToken))
                throw;
        }

        mark.GiveBack(isThere: wrote);
    }

    /// <inheritdoc />
    public override void Committed() => notices.Committed();

    /// <inheritdoc />
    public override async Task<IReadOnlyList<int>> TakeAsync(CampaignsContext context, IReadOnlyList<int> campaignIds, bool waits, CancellationToken cancellationToken)
    {
        const string take = "SELECT id FROM campaigns WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE";
        await using var command = CommandIn(context, waits ? take : take + " SKIP LOCKED", campaignIds.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var taken = new List<int>();
        while (await reader.ReadAsync(cancellationToken))
            taken.Add(reader.GetInt32(0));
        return taken;
    }

    /// <summary>The versions are raised by the command that reads, before its query: what it sees is what there is once the campaigns are taken.</summary>
    /// <inheritdoc />
    public override async Task<(T Read, DateTimeOffset At)> RaiseVersionsAsync<T>(
        CampaignsContext context, IReadOnlyList<int> campaignIds, Func<CancellationToken, Task<T>> read, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(time);
        var owed = Of(context);
        owed.VersionsToRaise = [.. campaignIds];
        var found = await read(cancellationToken);
        if (owed.VersionsToRaise is not null)
            throw new InvalidOperationException("Nothing was read, so no version was raised.");
        // Not before: it may have waited for another transaction.
        return (found, MicrosecondConverter.Load(MicrosecondConverter.Store(time.GetUtcNow())));
    }

    /// <summary>Whoever changes anything has these tables in a weaker mode, which this one waits for and keeps out. Reading goes on.</summary>
    /// <inheritdoc />
    public override Task TakeAllAsync(CampaignsContext context, CancellationToken cancellationToken) =>
        ScalarAsync(context, "LOCK TABLE campaigns, generation_steps IN SHARE ROW EXCLUSIVE MODE", null, cancellationToken);

    /// <summary>A lock with a name instead of a row, which lasts as long as the transaction: the row may not be there yet.</summary>
    /// <inheritdoc />
    public override Task TakeTurnAsync(CampaignsContext context, string name, CancellationToken cancellationToken) =>
        ScalarAsync(context, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", name, cancellationToken);

    /// <summary>Holds locks on the tables of every change that let everybody read and nobody write.</summary>
    /// <inheritdoc />
    public override async Task<T> HoldAsync<T>(Func<CancellationToken, Task<T>> whileHeld, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(whileHeld);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand("SET LOCAL idle_in_transaction_session_timeout = 0; LOCK TABLE campaigns, generation_steps, spending_days, pictures IN EXCLUSIVE MODE", connection, transaction))
            await command.ExecuteNonQueryAsync(cancellationToken);
        return await whileHeld(cancellationToken);
    }

    /// <summary>How many write at the same time in a process with so large a pool and so many processors.</summary>
    internal static int WritersOf(int pool, int processors) => Math.Max(1, Math.Min(pool * 3 / 4, Math.Max(2, processors)));

    private static PostgresCampaignsContext Of(CampaignsContext context) => (PostgresCampaignsContext)context;

    private async Task<bool> HasCommittedAsync(CommitMarks.Slot mark, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await mark.HasCommittedAsync(cancellationToken);
            }
            catch (NpgsqlException exception) when (PostgresErrors.CodeOf(exception) is not null && time.GetElapsedTime(start) < locks.Budget)
            {
                // The server is not back yet.
                await Task.Delay(BetweenQuestions, time, cancellationToken);
            }
        }
    }

    /// <summary>A statement in the transaction of a context, with the values of its parameters.</summary>
    internal static NpgsqlCommand CommandIn(CampaignsContext context, string sql, params IEnumerable<object> values)
    {
        var command = new NpgsqlCommand(
            sql, (NpgsqlConnection)context.Database.GetDbConnection(), (NpgsqlTransaction?)context.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static async Task<object?> ScalarAsync(CampaignsContext context, string sql, object? argument, CancellationToken cancellationToken)
    {
        await using var command = argument is null ? CommandIn(context, sql) : CommandIn(context, sql, argument);
        return await command.ExecuteScalarAsync(cancellationToken) is { } value and not DBNull ? value : null;
    }
}

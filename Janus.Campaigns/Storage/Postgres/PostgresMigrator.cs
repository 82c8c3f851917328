using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Janus.Campaigns.Storage;

/// <summary>Migrates a PostgreSQL database, alone among all who would: the right to is a lock of a session, which the server drops with it.</summary>
public sealed class PostgresMigrator(StorageOptions options, DatabaseEngine engine, LockRetry retry, TimeProvider time) : DatabaseMigrator
{
    // Any number that is always the same.
    private const long Turn = 0x4A616E7573;

    // The first that has pg_current_xact_id_if_assigned is 13.
    private const int LeastVersion = 130_000;

    /// <inheritdoc />
    protected override string Database => $"database {PostgresConnection.Describe(options.ConnectionString)}";

    /// <inheritdoc />
    protected override string HowToNameAnother => $"name another database in {options.NamedBy}";

    /// <inheritdoc />
    public override Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken) => RefusingAsync(() => retry.ExecuteAsync(
        "migrate",
        async token =>
        {
            await using var alone = await TakeTurnAsync(token);
            await using var context = engine.NewContext();
            await CheckServerAsync(context, token);
            var pending = await PendingAsync(context, token);
            if (pending.Count > 0)
            {
                // Else EF finds out that there is no such table by an error, which it logs.
                await context.GetService<IHistoryRepository>().CreateIfNotExistsAsync(token);
                await context.Database.MigrateAsync(token);
            }

            await CommitMarks.SweepAsync(context, time.GetUtcNow(), token);
            return pending;
        },
        cancellationToken));

    /// <inheritdoc />
    public override Task EnsureCurrentAsync(CancellationToken cancellationToken) => RefusingAsync(() => retry.ExecuteAsync(
        "check_schema",
        async token =>
        {
            await using var context = engine.NewContext();
            await CheckServerAsync(context, token);
            return await PendingAsync(context, token) is { Count: > 0 } pending ? throw Lacking(pending) : true;
        },
        cancellationToken));

    /// <summary>Refuses a database that holds anything: what is put into it must be all that it has.</summary>
    /// <exception cref="StartRefusedException">It holds rows, or tables that are not this program's, or cannot be used, or is newer, damaged or somebody else's.</exception>
    internal Task EnsureEmptyAsync(CancellationToken cancellationToken) => RefusingAsync(() => retry.ExecuteAsync(
        "check_empty",
        async token =>
        {
            await using var context = engine.NewContext();
            await CheckServerAsync(context, token);
            await PendingAsync(context, token);
            var own = context.Model.GetRelationalModel().Tables.Select(table => table.Name).Append(History).ToHashSet(StringComparer.Ordinal);
            foreach (var table in await TablesAsync(context, token))
            {
                if (!own.Contains(table))
                    throw Refuse($"The {Database} holds a table {table} that is none of Janus's: {HowToNameAnother}, an empty one.");
                // Whoever has only looked around may have left a mark.
                if (table is not (History or CommitMarks.Table) && await HasRowsAsync(context, table, token))
                    throw Refuse($"The {Database} is not empty (its table {table} has rows): {HowToNameAnother}, an empty one.");
            }

            return true;
        },
        cancellationToken));

    /// <inheritdoc />
    private protected override Task<List<string>> TablesAsync(CampaignsContext context, CancellationToken cancellationToken) =>
        context.Database.SqlQueryRaw<string>(
            "SELECT tablename::text AS \"Value\" FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename").ToListAsync(cancellationToken);

    private static Task<bool> HasRowsAsync(CampaignsContext context, string table, CancellationToken cancellationToken)
    {
#pragma warning disable EF1002 // The name is one of the model's tables.
        return context.Database.SqlQueryRaw<bool>($"SELECT EXISTS (SELECT 1 FROM \"{table}\") AS \"Value\"").SingleAsync(cancellationToken);
#pragma warning restore EF1002
    }

    // On a connection of its own, outside the pool: closing it gives the lock back, whatever happened meanwhile.
    private async Task<NpgsqlConnection> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new NpgsqlParameter { Value = Turn } } };
            return await command.ExecuteScalarAsync(cancellationToken) is true
                ? connection
                : throw new PostgresException("Another migration is running.", "ERROR", "ERROR", PostgresErrors.LockNotAvailable);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task CheckServerAsync(CampaignsContext context, CancellationToken cancellationToken)
    {
        var facts = await context.Database.SqlQueryRaw<string>(
            "SELECT concat_ws('|', current_setting('server_version_num'), current_setting('server_encoding'), pg_is_in_recovery(), current_setting('transaction_read_only'), current_schema()) AS \"Value\"")
            .SingleAsync(cancellationToken);
        if (facts.Split('|') is not [var version, var encoding, var isReplica, var readsOnly, .. var schema])
            throw new InvalidOperationException("The server's answer has another form than was asked for.");
        if (int.Parse(version, System.Globalization.CultureInfo.InvariantCulture) < LeastVersion)
            throw Refuse($"The server of the {Database} is older than PostgreSQL 13: upgrade it.");
        if (encoding != "UTF8")
            throw Refuse($"The {Database} keeps text as {encoding}: create one with ENCODING 'UTF8'.");
        if (isReplica == "t" || readsOnly == "on")
            throw Refuse($"The {Database} is read-only{(isReplica == "t" ? ", a replica of another" : "")}: name the primary server in {options.NamedBy}.");
        if (schema is [])
            throw Refuse($"The {Database} has no schema that its user may use: create one of the user's name, or grant usage of public.");
    }

    private async Task<T> RefusingAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (PostgresErrors.Within(exception) is { } refused && exception is not StartRefusedException)
        {
            if (PostgresErrors.CodeOf(refused) is { } passing && passing != PostgresErrors.ConnectionLost && passing != PostgresErrors.TimedOut)
                throw;
            throw Refuse(PostgresRefusal.Of(refused, Database, options.NamedBy), exception);
        }
    }

    private static StartRefusedException Refuse(string line, Exception? cause = null) => new(StartRefusedException.DataUnusable, line, cause);
}

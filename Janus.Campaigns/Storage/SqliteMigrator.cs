using Janus.Campaigns.Media;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Storage;

/// <summary>Migrates a SQLite file, alone on its machine.</summary>
public sealed class SqliteMigrator(StorageOptions options, DatabaseEngine engine, LockRetry retry) : DatabaseMigrator
{
    private const string MigratorsRow = "__EFMigrationsLock";

    /// <inheritdoc />
    protected override string Database => $"database at {options.DatabaseFile}";

    /// <inheritdoc />
    protected override string HowToNameAnother => "name another data directory with JANUS_DATA or Janus__DataDirectory";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        DataDirectory.Prepare(options);
        // What is refused is refused before anything is made beside it.
        if (File.Exists(options.DatabaseFile))
            await PendingOfFileAsync("migrate", cancellationToken);
        try
        {
            await using var exclusive = await DatabaseFileLock.TakeAsync(options, retry, cancellationToken);
            return await retry.ExecuteAsync("migrate", ApplyAsync, cancellationToken);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }

        async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken token)
        {
            await using var context = engine.NewContext();
            var pending = await PendingOfFileAsync(context, token);
            await context.Database.OpenConnectionAsync(token);
            await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", token);
            if (pending.Count == 0)
                return pending;
            // Whoever holds the file's lock knows that a row left here belongs to a migrator that was killed.
            await context.Database.ExecuteSqlRawAsync($"DROP TABLE IF EXISTS \"{MigratorsRow}\"", token);
            await context.Database.MigrateAsync(token);
            return pending;
        }
    }

    /// <inheritdoc />
    public override async Task EnsureCurrentAsync(CancellationToken cancellationToken)
    {
        DataDirectory.Prepare(options);
        if (!File.Exists(options.DatabaseFile))
            throw Lacking(["all of them"]);
        if (await PendingOfFileAsync("check_schema", cancellationToken) is { Count: > 0 } pending)
            throw Lacking(pending);

        try
        {
            // A restore that is under way ends first; the connection that is opened under the lock stays in the pool, so that the next one
            // finds the database in use.
            await using var exclusive = await DatabaseFileLock.TakeAsync(options, retry, cancellationToken);
            if (await PendingOfFileAsync("check_schema", cancellationToken) is { Count: > 0 } restored)
                throw Lacking(restored);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }
    }

    /// <summary>The same for whoever has the file alone, through their connection.</summary>
    internal async Task EnsureCurrentAsync(CampaignsContext context, CancellationToken cancellationToken)
    {
        if (await PendingOfFileAsync(context, cancellationToken) is { Count: > 0 } pending)
            throw Lacking(pending);
    }

    private Task<IReadOnlyList<string>> PendingOfFileAsync(string operation, CancellationToken cancellationToken)
    {
        // SQLite opens what it may not write for reading, without a word, and leaves files beside it.
        if (!SafeFile.IsWritable(options.DatabaseFile))
            throw Unusable(new IOException("It is read-only."));
        return retry.ExecuteAsync(
            operation,
            async token =>
            {
                await using var context = engine.NewContext();
                return await PendingOfFileAsync(context, token);
            },
            cancellationToken);
    }

    private async Task<IReadOnlyList<string>> PendingOfFileAsync(CampaignsContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await PendingAsync(context, cancellationToken);
        }
        catch (SqliteException exception) when (SqliteLocks.CodeOf(exception) is null)
        {
            throw Unusable(exception);
        }
    }

    /// <inheritdoc />
    private protected override async Task<List<string>> TablesAsync(CampaignsContext context, CancellationToken cancellationToken)
    {
        var tables = await context.Database.SqlQueryRaw<string>(
            "SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name").ToListAsync(cancellationToken);
        tables.Remove(MigratorsRow);
        return tables;
    }

    /// <summary>SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_FULL: https://sqlite.org/rescode.html.</summary>
    internal StartRefusedException Unusable(Exception exception) => new(
        StartRefusedException.DataUnusable,
        (exception as SqliteException)?.SqliteErrorCode switch
        {
            26 => $"The file {options.DatabaseFile} is no SQLite database: move it away, or restore a backup.",
            11 => $"The database at {options.DatabaseFile} is damaged: restore a backup.",
            13 => $"The disk that holds {options.DatabaseFile} is full: free some space, then start again.",
            _ => $"The database at {options.DatabaseFile} cannot be used ({exception.Message.TrimEnd('.')}): make it readable and writable, then start again.",
        },
        exception);
}

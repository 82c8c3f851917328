using Janus.Campaigns.Media;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Storage;

/// <summary>A reason not to start, as one line for the person who started it, with the exit code that says it to scripts.</summary>
public sealed class StartRefusedException(int exitCode, string line, Exception? innerException = null) : Exception(line, innerException)
{
    /// <summary>The data directory or the database file cannot be used.</summary>
    public const int DataUnusable = 2;

    /// <summary>Migrations are pending, or the database is newer than the program.</summary>
    public const int SchemaDiffers = 3;

    /// <summary>The process's exit code.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>Brings the database to this program's schema, and says whether it is there. Only <c>ApiService migrate</c> migrates.</summary>
public sealed class DatabaseMigrator(StorageOptions options, Func<CampaignsContext> createContext, LockRetry retry)
{
    private const string History = "__EFMigrationsHistory";
    private const string MigratorsRow = "__EFMigrationsLock";

    /// <summary>Applies what is pending. Safe to run twice, at once, or after a kill in the middle.</summary>
    /// <returns>The migrations that were applied now.</returns>
    /// <exception cref="StartRefusedException">The data directory cannot be written, or the database is newer, damaged or somebody else's.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        DataDirectory.Prepare(options);
        // What is refused is refused before anything is made beside it.
        if (File.Exists(options.DatabaseFile))
            await PendingAsync("migrate", cancellationToken);
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
            await using var context = createContext();
            var pending = await PendingAsync(context, token);
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

    /// <summary>Refuses to start on a database that this program does not fit.</summary>
    /// <exception cref="StartRefusedException">A migration is pending, or the database is newer, damaged or somebody else's.</exception>
    public async Task EnsureCurrentAsync(CancellationToken cancellationToken)
    {
        DataDirectory.Prepare(options);
        if (!File.Exists(options.DatabaseFile))
            throw Lacking(["all of them"]);
        if (await PendingAsync("check_schema", cancellationToken) is { Count: > 0 } pending)
            throw Lacking(pending);

        try
        {
            // A restore that is under way ends first; the connection that is opened under the lock stays in the pool, so that the next one
            // finds the database in use.
            await using var exclusive = await DatabaseFileLock.TakeAsync(options, retry, cancellationToken);
            if (await PendingAsync("check_schema", cancellationToken) is { Count: > 0 } restored)
                throw Lacking(restored);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }
    }

    private Task<IReadOnlyList<string>> PendingAsync(string operation, CancellationToken cancellationToken)
    {
        // SQLite opens what it may not write for reading, without a word, and leaves files beside it.
        if (!SafeFile.IsWritable(options.DatabaseFile))
            throw Unusable(new IOException("It is read-only."));
        return retry.ExecuteAsync(
            operation,
            async token =>
            {
                await using var context = createContext();
                return await PendingAsync(context, token);
            },
            cancellationToken);
    }

    private async Task<IReadOnlyList<string>> PendingAsync(CampaignsContext context, CancellationToken cancellationToken)
    {
        try
        {
            var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
            var applied = await AppliedAsync(context, cancellationToken);
            if (applied.Count > 0 && !known.Overlaps(applied))
                throw Foreign($"the migration {applied[0]}");
            if (applied.FindLast(migration => !known.Contains(migration)) is { } newer)
            {
                throw new StartRefusedException(
                    StartRefusedException.SchemaDiffers,
                    $"The database at {options.DatabaseFile} is newer than this program ({newer}): start the newer program, or restore a backup.");
            }

            return [.. context.Database.GetMigrations().Except(applied)];
        }
        catch (SqliteException exception) when (SqliteLocks.CodeOf(exception) is null)
        {
            throw Unusable(exception);
        }
    }

    private async Task<List<string>> AppliedAsync(CampaignsContext context, CancellationToken cancellationToken)
    {
        var tables = await context.Database.SqlQueryRaw<string>(
            "SELECT name AS Value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name").ToListAsync(cancellationToken);
        if (tables.Contains(History))
            return [.. await context.Database.GetAppliedMigrationsAsync(cancellationToken)];
        return tables.Find(table => table != MigratorsRow) is { } table ? throw Foreign($"a table {table}") : [];
    }

    private StartRefusedException Lacking(IReadOnlyList<string> pending) => new(
        StartRefusedException.SchemaDiffers,
        $"The database at {options.DatabaseFile} lacks migrations ({string.Join(", ", pending)}): run 'Janus.ApiService migrate' first.");

    private StartRefusedException Foreign(string evidence) => new(
        StartRefusedException.DataUnusable,
        $"The database at {options.DatabaseFile} belongs to another program (it has {evidence}): name another data directory with JANUS_DATA or Janus__DataDirectory.");

    // SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_FULL: https://sqlite.org/rescode.html
    private StartRefusedException Unusable(Exception exception) => new(
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

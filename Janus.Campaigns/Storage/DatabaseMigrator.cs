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
    /// <summary>Applies what is pending. Safe to run twice, at once, or after a kill in the middle.</summary>
    /// <returns>The migrations that were applied now.</returns>
    /// <exception cref="StartRefusedException">The data directory cannot be written, or the database is newer.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        DataDirectory.Prepare(options);
        // One migrator at a time on this machine. The operating system drops this lock with its process, so whoever holds it
        // knows that a row left in EF's own lock table belongs to a migrator that was killed.
        await using var exclusive = await OpenLockFileAsync(cancellationToken);
        try
        {
            return await retry.ExecuteAsync("migrate", ApplyAsync, cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw Unusable(exception);
        }

        async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken token)
        {
            await using var context = createContext();
            var pending = await PendingAsync(context, token);
            if (pending.Count == 0)
                return pending;
            await context.Database.OpenConnectionAsync(token);
            await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", token);
            await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", token);
            await context.Database.MigrateAsync(token);
            return pending;
        }
    }

    /// <summary>Refuses to start on a database that this program does not fit.</summary>
    /// <exception cref="StartRefusedException">A migration is pending, or the database is newer.</exception>
    public async Task EnsureCurrentAsync(CancellationToken cancellationToken)
    {
        DataDirectory.Prepare(options);
        var pending = File.Exists(options.DatabaseFile)
            ? await retry.ExecuteAsync("check_schema", CheckAsync, cancellationToken)
            : ["all of them"];
        if (pending.Count > 0)
        {
            throw new StartRefusedException(
                StartRefusedException.SchemaDiffers,
                $"The database at {options.DatabaseFile} lacks migrations ({string.Join(", ", pending)}): run 'Janus.ApiService migrate' first.");
        }

        async Task<IReadOnlyList<string>> CheckAsync(CancellationToken token)
        {
            await using var context = createContext();
            return await PendingAsync(context, token);
        }
    }

    private async Task<IReadOnlyList<string>> PendingAsync(CampaignsContext context, CancellationToken cancellationToken)
    {
        try
        {
            var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
            var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
            var newer = applied.Where(migration => !known.Contains(migration)).ToList();
            if (newer.Count > 0)
            {
                throw new StartRefusedException(
                    StartRefusedException.SchemaDiffers,
                    $"The database at {options.DatabaseFile} is newer than this program ({newer[^1]}): start the newer program, or restore a backup.");
            }

            return [.. await context.Database.GetPendingMigrationsAsync(cancellationToken)];
        }
        catch (SqliteException exception) when (SqliteLocks.CodeOf(exception) is null)
        {
            throw Unusable(exception);
        }
    }

    private StartRefusedException Unusable(Exception exception) => new(
        StartRefusedException.DataUnusable, $"The database at {options.DatabaseFile} cannot be used: {exception.Message}", exception);

    private async Task<FileStream> OpenLockFileAsync(CancellationToken cancellationToken)
    {
        var path = options.DatabaseFile + ".migrating";
        try
        {
            return await retry.ExecuteAsync("migrate_lock", _ => Task.FromResult(Open()), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unusable(exception);
        }

        FileStream Open()
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Held by another migrator: a lock like any other, waited for by the one mechanism.
                throw new SqliteException("Another migration is running.", SqliteLocks.Busy, SqliteLocks.Busy);
            }
        }
    }
}

using Microsoft.Data.Sqlite;

namespace Janus.Campaigns.Storage;

/// <summary>What a SQLite file needs now and then while it is used: a short write-ahead log, and statistics that are true.</summary>
public sealed class SqliteUpkeep(StorageOptions options, LockRetryOptions locks, LockRetry retry)
{
    /// <summary>The size of the write-ahead log, in bytes.</summary>
    public long JournalBytes => new FileInfo(options.DatabaseFile + "-wal") is { Exists: true } log ? log.Length : 0;

    /// <summary>
    /// Empties a write-ahead log that has outgrown <see cref="SqliteLocks.JournalLimit"/>. Readers that follow each other without a gap keep
    /// SQLite's own checkpoints from ever doing it; this one lets no new writer in while the last of them end, for as long as the busy time-out.
    /// </summary>
    /// <returns>Whether the log is within its bound now; if not, somebody still reads an old snapshot, and it is worth trying again later.</returns>
    /// <exception cref="DatabaseBusyException">The lock budget is used up.</exception>
    public async Task<bool> BoundJournalAsync(CancellationToken cancellationToken)
    {
        if (JournalBytes <= SqliteLocks.JournalLimit)
            return true;
        return await WithConnectionAsync(
            "checkpoint",
            async (connection, token) =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
                // The first column is 1 when it could not be emptied, which is an answer and no error.
                return await command.ExecuteScalarAsync(token) is 0L;
            },
            cancellationToken);
    }

    /// <summary>Lets SQLite renew the statistics of tables that have grown much since it last looked. Reads at most 400 rows of each index.</summary>
    /// <exception cref="DatabaseBusyException">The lock budget is used up.</exception>
    public Task OptimizeAsync(CancellationToken cancellationToken) => WithConnectionAsync(
        "optimize",
        async (connection, token) =>
        {
            // 0x10002: every table, also those that this connection has not read. https://sqlite.org/pragma.html#pragma_optimize
            foreach (var statement in (string[])["PRAGMA analysis_limit=400", "PRAGMA optimize=0x10002"])
            {
                await using var command = connection.CreateCommand();
                command.CommandText = statement;
                await command.ExecuteNonQueryAsync(token);
            }

            return true;
        },
        cancellationToken);

    private Task<T> WithConnectionAsync<T>(string operation, Func<SqliteConnection, CancellationToken, Task<T>> block, CancellationToken cancellationToken) =>
        retry.ExecuteAsync(
            operation,
            async token =>
            {
                await using var connection = new SqliteConnection(options.ConnectionString);
                await connection.OpenAsync(token);
                await SqliteLocks.SetUpAsync(connection, locks.BusyTimeout, token, options.SyncsEveryCommit);
                return await block(connection, token);
            },
            cancellationToken);
}

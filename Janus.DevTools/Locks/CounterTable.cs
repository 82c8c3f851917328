using Janus.Campaigns.Storage;
using Microsoft.Data.Sqlite;

namespace Janus.DevTools.Locks;

/// <summary>The table that the writers fight over: one counter row, and one row for each transaction.</summary>
internal sealed class CounterTable(string file, LockRetryOptions options, LockRetry retry)
{
    private readonly string _connectionString = SqliteLocks.Prepare($"Data Source={file}");

    /// <summary>Makes the tables anew, in WAL mode.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => WithConnectionAsync(
        "create",
        async (connection, token) =>
        {
            await RunAsync(connection, "PRAGMA journal_mode=WAL", token);
            await using var transaction = await connection.BeginTransactionAsync(token);
            await RunAsync(connection, "DROP TABLE IF EXISTS locks_counter", token);
            await RunAsync(connection, "DROP TABLE IF EXISTS locks_rows", token);
            await RunAsync(connection, "CREATE TABLE locks_counter (value INTEGER NOT NULL)", token);
            await RunAsync(connection, "CREATE TABLE locks_rows (value INTEGER NOT NULL PRIMARY KEY)", token);
            await RunAsync(connection, "INSERT INTO locks_counter VALUES (0)", token);
            await transaction.CommitAsync(token);
            return true;
        },
        cancellationToken);

    /// <summary>Reads the counter, stores it incremented, and inserts a row that carries the new number.</summary>
    /// <param name="locked">Called each time the write lock was had.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public Task IncrementAsync(Action locked, CancellationToken cancellationToken) => WithConnectionAsync(
        "increment",
        async (connection, token) =>
        {
            await using var transaction = await connection.BeginTransactionAsync(token);
            locked();
            var value = await NumberAsync(connection, "SELECT value FROM locks_counter", token) + 1;
            await RunAsync(connection, FormattableString.Invariant($"UPDATE locks_counter SET value = {value}"), token);
            await RunAsync(connection, FormattableString.Invariant($"INSERT INTO locks_rows VALUES ({value})"), token);
            await transaction.CommitAsync(token);
            return true;
        },
        cancellationToken);

    /// <summary>The counter and the number of rows.</summary>
    public Task<(long Counter, long Rows)> ReadAsync(CancellationToken cancellationToken) => WithConnectionAsync(
        "read",
        async (connection, token) => (
            await NumberAsync(connection, "SELECT value FROM locks_counter", token),
            await NumberAsync(connection, "SELECT count(*) FROM locks_rows", token)),
        cancellationToken);

    /// <summary>The counter and the newest row, in one statement: two numbers that agree, whoever writes.</summary>
    public Task<(long Counter, long Last)> LookAsync(CancellationToken cancellationToken) => WithConnectionAsync(
        "look",
        async (connection, token) =>
        {
            await using var command = Command(connection, "SELECT value, (SELECT ifnull(max(value), 0) FROM locks_rows) FROM locks_counter");
            await using var row = await command.ExecuteReaderAsync(token);
            await row.ReadAsync(token);
            return (row.GetInt64(0), row.GetInt64(1));
        },
        cancellationToken);

    /// <summary>Takes the write lock, which disposing lets go.</summary>
    public Task<SqliteConnection> HoldAsync(CancellationToken cancellationToken) => retry.ExecuteAsync(
        "hold",
        async token =>
        {
            var connection = new SqliteConnection(_connectionString + ";Pooling=False");
            try
            {
                await connection.OpenAsync(token);
                await SqliteLocks.SetUpAsync(connection, options.BusyTimeout, token);
                await RunAsync(connection, "BEGIN IMMEDIATE", token);
                return connection;
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        },
        cancellationToken);

    private Task<T> WithConnectionAsync<T>(string operation, Func<SqliteConnection, CancellationToken, Task<T>> block, CancellationToken cancellationToken) =>
        retry.ExecuteAsync(
            operation,
            async token =>
            {
                await using var connection = new SqliteConnection(_connectionString);
                await connection.OpenAsync(token);
                await SqliteLocks.SetUpAsync(connection, options.BusyTimeout, token);
                return await block(connection, token);
            },
            cancellationToken);

    private static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<long> NumberAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this file and numbers.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}

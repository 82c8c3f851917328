using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Janus.Benchmarks.Engine;

/// <summary>The least that a durable queue must do: for each step one claiming and one recording transaction, each of four statements.</summary>
internal static class BareLoop
{
    public static async Task<double> StepsPerSecondAsync(int posts)
    {
        using var folder = new BenchmarkFolder();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "bare.db")}");
        await connection.OpenAsync();
        await ExecuteAsync(connection, """
            PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
            CREATE TABLE campaigns (id INTEGER PRIMARY KEY, version INTEGER NOT NULL);
            CREATE TABLE steps (id INTEGER PRIMARY KEY, state TEXT NOT NULL, attempt INTEGER NOT NULL);
            CREATE TABLE attempts (step_id INTEGER NOT NULL, number INTEGER NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY (step_id, number));
            CREATE TABLE events (version INTEGER PRIMARY KEY, data TEXT NOT NULL);
            INSERT INTO campaigns VALUES (1, 0);
            """);
        var steps = posts * 3;
        for (var step = 1; step <= steps; step++)
            await ExecuteAsync(connection, $"INSERT INTO steps VALUES ({step}, 'ready', 0)");

        var started = Stopwatch.GetTimestamp();
        for (var step = 1; step <= steps; step++)
        {
            await ExecuteAsync(connection, $"""
                BEGIN IMMEDIATE; UPDATE campaigns SET version = version + 1; UPDATE steps SET state = 'running', attempt = attempt + 1 WHERE id = {step};
                INSERT INTO attempts VALUES ({step}, 1, 'running'); INSERT INTO events SELECT version, 'started' FROM campaigns; COMMIT;
                """);
            await ExecuteAsync(connection, $"""
                BEGIN IMMEDIATE; UPDATE campaigns SET version = version + 1; UPDATE steps SET state = 'done' WHERE id = {step} AND attempt = 1;
                UPDATE attempts SET outcome = 'done' WHERE step_id = {step}; INSERT INTO events SELECT version, 'done' FROM campaigns; COMMIT;
                """);
        }

        return steps / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string statements)
    {
        await using var command = connection.CreateCommand();
        // Numbers of our own making; nothing in it comes from outside.
        command.CommandText = statements;
        await command.ExecuteNonQueryAsync();
    }
}

using System.Diagnostics;
using Janus.Campaigns.Steps;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Benchmarks.Engine;

/// <summary>Whether a claim stays as quick when a million steps are done.</summary>
internal static class ClaimTable
{
    private const int DonePosts = 333_334;
    private const int Rounds = 3;
    private const string OfPost = "100001 + (n.i - 1) / 12";

    public static async Task PrintAsync()
    {
        ResultTable.Begin($"A claim of up to 8 steps, with {DonePosts * 3:#,0} finished steps in the table; compared with a table that holds only what is claimed. Median over {Rounds} rounds.");
        using var empty = new BenchmarkFolder();
        await EngineLoop.PrepareAsync(StoreSettings.Sqlite(empty.Path), 30, 12);
        using var full = empty.Copy();
        await FillAsync(Path.Combine(full.Path, "janus.db"));
        await ClaimsAsync(empty);

        var few = new List<double>();
        var many = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            few.AddRange(await ClaimsAsync(empty));
            many.AddRange(await ClaimsAsync(full));
        }

        ResultTable.Add($"claim", $"{many.Median():0.00} ms", $"{few.Median():0.00} ms", many.Median() / few.Median(), "<= 1.50");
        ResultTable.Add($"claim, p99", $"{many.Share(0.99):0.00} ms", $"{few.Share(0.99):0.00} ms", many.Share(0.99) / few.Share(0.99), "");
    }

    private static async Task<List<double>> ClaimsAsync(BenchmarkFolder folder)
    {
        using var copy = folder.Copy();
        await using var services = EngineLoop.Services(StoreSettings.Sqlite(copy.Path));
        var queue = services.GetRequiredService<StepQueue>();
        await queue.RehearseAsync(CancellationToken.None);
        var claims = new List<double>();
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            var claimed = await queue.ClaimAsync("benchmark", 4, 4, CancellationToken.None);
            if (claimed.Count == 0)
                return claims;
            claims.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            foreach (var step in claimed)
                await EngineLoop.CompleteAsync(queue, step);
        }
    }

    // Finished campaigns of 12 posts, each part with its attempt, written as the engine leaves them.
    private static async Task FillAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        // Numbers of our own making; nothing in it comes from outside.
        command.CommandText = $"""
            PRAGMA synchronous=OFF;
            BEGIN;
            CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {DonePosts}) SELECT i FROM c;
            {Copies("campaigns", "n.i * 12 <= (SELECT max(i) + 11 FROM n) AND source.id = 1", ("id", "100000 + n.i"), ("public_id", "'c_' || n.i"), ("phase", "'scheduled'"))}
            {Copies("posts", "source.id = 1", ("id", "1000000 + n.i"), ("campaign_id", OfPost), ("node_id", "'P' || n.i"))}
            {Copies("generation_steps", "source.post_id = 1", ("id", "10000000 + n.i * 3 + source.id"), ("campaign_id", OfPost), ("post_id", "1000000 + n.i"), ("state", "'done'"), ("attempt", "1"))}
            INSERT INTO generation_attempts (step_id, number, worker, started_at, ended_at, outcome, input_tokens, output_tokens, cost_micro_usd)
            SELECT id, 1, 'benchmark', available_at, available_at, 'done', 0, 0, 0 FROM generation_steps WHERE state = 'done';
            COMMIT;
            PRAGMA wal_checkpoint(TRUNCATE);
            """;
        await command.ExecuteNonQueryAsync();

        // Every column as in the source row, but those that are said.
        string Copies(string table, string where, params (string Column, string Value)[] said)
        {
            var values = said.ToDictionary(change => change.Column, change => change.Value, StringComparer.Ordinal);
            using var columns = connection.CreateCommand();
            columns.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
            using var reader = columns.ExecuteReader();
            var names = new List<string>();
            while (reader.Read())
                names.Add(reader.GetString(0));
            return $"INSERT INTO {table} ({string.Join(", ", names)}) SELECT {string.Join(", ", names.Select(name => values.GetValueOrDefault(name, $"source.{name}")))} FROM n, {table} source WHERE {where};";
        }
    }
}

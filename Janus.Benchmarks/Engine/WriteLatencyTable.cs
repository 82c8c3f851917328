using System.Collections.Concurrent;
using System.Diagnostics;
using Janus.Campaigns;
using Janus.Campaigns.Events;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Benchmarks.Engine;

/// <summary>How long a small write takes among many writers, with Janus's lock retry and with the provider's own loop of 30 s.</summary>
internal static class WriteLatencyTable
{
    private const int Writers = 16;
    private const int Lanes = 4;
    private const int WritesEach = 100;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    public static async Task PrintAsync()
    {
        ResultTable.Begin($"{Writers} writers on one file, each with {WritesEach} transactions and about {Between.TotalMilliseconds} ms between them, as calls that end at different moments have, synchronous=FULL; through {Lanes} databases with a writer lane each, as {Lanes} processes have; compared with {Writers} connections and the default busy loop.");
        using var planned = new BenchmarkFolder();
        await EngineLoop.PrepareAsync(StoreSettings.Sqlite(planned.Path), 1, 12);
        var ours = new List<double>();
        var theirs = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            using var first = planned.Copy();
            var measured = await OursAsync(first.Path);
            using var second = planned.Copy();
            var compared = await DefaultAsync(second.Path);
            // The first round compiles.
            if (round > 0)
            {
                ours.AddRange(measured);
                theirs.AddRange(compared);
            }
        }

        Add("p50", 0.5, "");
        Add("p99", 0.99, "<= 0.20");
        Add("longest", 1, "");

        void Add(string what, double share, string target) => ResultTable.Add(
            $"write latency, {what}", $"{ours.Share(share):0.0} ms", $"{theirs.Share(share):0.0} ms", ours.Share(share) / theirs.Share(share), target);
    }

    private static async Task<IEnumerable<double>> OursAsync(string folder)
    {
        var services = Enumerable.Range(0, Lanes).Select(_ => EngineLoop.Services(StoreSettings.Sqlite(folder))).ToList();
        try
        {
            return await MeasureAsync(writer => services[writer % Lanes].GetRequiredService<CampaignWriter>().ChangeAsync(
                "touch", 1,
                (change, _) =>
                {
                    change.Record(EventKind.ContentAccepted, new { missing = 0 });
                    return Task.FromResult(Decision<bool>.Accept(true));
                },
                CancellationToken.None));
        }
        finally
        {
            foreach (var provider in services)
                await provider.DisposeAsync();
        }
    }

    private static Task<IEnumerable<double>> DefaultAsync(string folder)
    {
        var connectionString = $"Data Source={Path.Combine(folder, "janus.db")}";
        return MeasureAsync(async _ =>
        {
            await using var connection = new SqliteConnection(connectionString);
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE campaigns SET version = version + 1 WHERE id = 1 RETURNING *";
            await command.ExecuteScalarAsync();
            command.CommandText = """
                INSERT INTO campaign_events (campaign_id, version, at, data, kind, span_id, trace_id)
                SELECT id, version, 1, '{"missing":0}', 'content_accepted', NULL, NULL FROM campaigns WHERE id = 1
                """;
            await command.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        });
    }

    private static async Task<IEnumerable<double>> MeasureAsync(Func<int, Task> write)
    {
        // Microsoft.Data.Sqlite blocks the thread that waits: with fewer threads than writers they would queue in the pool and not at the lock.
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, Writers + 2), ports);
        var latencies = new ConcurrentBag<double>();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; number < WritesEach; number++)
            {
                // From half to one and a half, by a rule, so that both ways of waiting meet the same load.
                await Task.Delay(Between * (0.5 + (((writer * 31) + (number * 17)) % 16 / 16.0)));
                var started = Stopwatch.GetTimestamp();
                await write(writer);
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        })));
        return latencies;
    }
}

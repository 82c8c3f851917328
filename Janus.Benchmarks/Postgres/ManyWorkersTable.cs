using System.Diagnostics;
using Janus.Benchmarks.Engine;
using Npgsql;

namespace Janus.Benchmarks.Postgres;

/// <summary>Steps per second by any number of workers, the engine against loops that are written by hand, in the same run.</summary>
internal static class ManyWorkersTable
{
    private const int Campaigns = 30;
    private const int Posts = 12;
    private const int Room = 4;
    private const int Rounds = 3;
    private static readonly int[] Workers = [1, 2, 4, 8];

    public static async Task PrintAsync(PlannedServer server)
    {
        ResultTable.Begin($"Steps per second on PostgreSQL with a provider that takes no time, {Campaigns} campaigns of {Posts} posts, median of {Rounds}; compared with as many loops by hand that claim with SKIP LOCKED and write the same rows, one after the other, through Npgsql alone. The server has the same cores.");
        var planned = await server.PlanAsync(Campaigns, Posts);
        // Until everything is compiled as well as it will be.
        foreach (var workers in Workers)
        {
            await EngineAsync(server, planned, workers, atOnce: false);
            await EngineAsync(server, planned, workers, atOnce: true);
            await BareAsync(server, planned, workers);
        }

        foreach (var workers in Workers)
        {
            var inTurn = new List<double>();
            var atOnce = new List<double>();
            var bare = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                inTurn.Add(await EngineAsync(server, planned, workers, atOnce: false));
                bare.Add(await BareAsync(server, planned, workers));
                atOnce.Add(await EngineAsync(server, planned, workers, atOnce: true));
            }

            Add("one step after the other", inTurn);
            Add("what ends together recorded at once", atOnce);

            void Add(string how, List<double> engine) => ResultTable.Add(
                $"steps, {workers} workers, {how}", $"{engine.Median():0} steps/s", $"{bare.Median():0} steps/s", engine.Median() / bare.Median(), ">= 0.60");
        }
    }

    private static async Task<double> EngineAsync(PlannedServer server, string planned, int workers, bool atOnce)
    {
        var (steps, took) = await EngineLoop.RunAsync(server.SettingsOf(await server.CreateAsync(planned)), workers, atOnce: atOnce);
        return steps / took.TotalSeconds;
    }

    private static async Task<double> BareAsync(PlannedServer server, string planned, int workers)
    {
        var database = await server.CreateAsync(planned);
        var connections = new List<NpgsqlConnection>();
        try
        {
            for (var worker = 0; worker < workers; worker++)
            {
                connections.Add(new NpgsqlConnection(database + ";Pooling=false"));
                await connections[worker].OpenAsync();
            }

            var started = Stopwatch.GetTimestamp();
            var done = await Task.WhenAll(connections.Select((connection, number) => Task.Run(() => new BareWorker(connection, $"bare-{number}", Room).RunAsync())));
            return done.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        finally
        {
            foreach (var connection in connections)
                await connection.DisposeAsync();
        }
    }
}

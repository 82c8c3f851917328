namespace Janus.Benchmarks.Engine;

/// <summary>Steps per second, the engine against a bare loop that sends the same statements, in the same run.</summary>
internal static class EngineTable
{
    private const int Campaigns = 15;
    private const int Posts = 12;
    // A text and two pictures for each post.
    private const int Steps = Campaigns * Posts * 3;
    // Each takes a second or two, and this machine is not as quick in one second as in the next.
    private const int Rounds = 7;
    private static readonly int[] Workers = [1, 2, 4];

    public static async Task PrintAsync()
    {
        ResultTable.Begin($"Steps per second with a provider that takes no time, {Campaigns} campaigns of {Posts} posts, median of {Rounds}; compared with a loop on one thread that sends the statements that one worker sent, one step after the other, with their values and transactions, through Microsoft.Data.Sqlite: on as many connections as there are workers, which take turns, and on one.");
        using var planned = new BenchmarkFolder();
        await EngineLoop.PrepareAsync(StoreSettings.Sqlite(planned.Path), Campaigns, Posts);
        var recording = new SqlRecording();
        using (var folder = planned.Copy())
            await EngineLoop.RunAsync(StoreSettings.Sqlite(folder.Path), 1, recording);
        // Until everything is compiled as well as it will be.
        for (var round = 0; round < 6; round++)
        {
            using var folder = planned.Copy();
            await EngineLoop.RunAsync(StoreSettings.Sqlite(folder.Path, "normal"), 1 + (round / 2), atOnce: round % 2 == 0);
        }

        foreach (var synchronous in (string[])["full", "normal"])
        {
            var inTurn = Workers.ToDictionary(workers => workers, _ => new List<double>());
            var atOnce = Workers.ToDictionary(workers => workers, _ => new List<double>());
            var bare = Workers.ToDictionary(connections => connections, _ => new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var workers in Workers)
                {
                    inTurn[workers].Add(await EngineAsync(planned, synchronous, workers, atOnce: false));
                    atOnce[workers].Add(await EngineAsync(planned, synchronous, workers, atOnce: true));
                    using var folder = planned.Copy();
                    bare[workers].Add(Steps / BareLoop.Replay(Path.Combine(folder.Path, "janus.db"), recording.Sent, synchronous, workers).TotalSeconds);
                }
            }

            Add("one step after the other", inTurn);
            Add("what ends together recorded at once", atOnce);

            void Add(string how, Dictionary<int, List<double>> engine)
            {
                foreach (var (workers, connections) in Workers.Select(workers => (workers, workers)).Concat(Workers.Where(workers => workers > 1).Select(workers => (workers, 1))))
                {
                    var (rate, bareRate) = (engine[workers].Median(), bare[connections].Median());
                    ResultTable.Add(
                        $"steps, {workers} workers, {how}, synchronous={synchronous.ToUpperInvariant()}, against {connections} connections", $"{rate:0} steps/s", $"{bareRate:0} steps/s",
                        rate / bareRate, ">= 0.60");
                }
            }
        }
    }

    private static async Task<double> EngineAsync(BenchmarkFolder planned, string synchronous, int workers, bool atOnce)
    {
        using var folder = planned.Copy();
        var (steps, took) = await EngineLoop.RunAsync(StoreSettings.Sqlite(folder.Path, synchronous), workers, atOnce: atOnce);
        return steps == Steps ? steps / took.TotalSeconds : throw new InvalidOperationException($"{steps} steps were made, and {Steps} planned.");
    }
}

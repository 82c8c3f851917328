namespace Janus.Benchmarks.Engine;

/// <summary>Steps per second, the engine against a bare loop that sends the same statements, in the same run.</summary>
internal static class EngineTable
{
    private const int Campaigns = 15;
    private const int Posts = 12;
    // Each takes a second or two, and this machine is not as quick in one second as in the next.
    private const int Rounds = 9;
    private static readonly int[] Workers = [1, 2, 4];

    public static async Task PrintAsync()
    {
        ResultTable.Begin($"Steps per second with a provider that takes no time, {Campaigns} campaigns of {Posts} posts, median of {Rounds}; compared with a loop on one thread that sends the statements that one worker sent, with their values and transactions, through Microsoft.Data.Sqlite: on as many connections as there are workers, which take turns, and on one.");
        using var planned = new BenchmarkFolder();
        await EngineLoop.PrepareAsync(StoreSettings.Sqlite(planned.Path), Campaigns, Posts);
        var recording = new SqlRecording();
        using (var folder = planned.Copy())
            await EngineLoop.RunAsync(StoreSettings.Sqlite(folder.Path), 1, recording);
        // Until everything is compiled as well as it will be.
        for (var round = 0; round < 4; round++)
        {
            using var folder = planned.Copy();
            await EngineLoop.RunAsync(StoreSettings.Sqlite(folder.Path, "normal"), 1 + round);
        }

        foreach (var synchronous in (string[])["full", "normal"])
        {
            var engine = Workers.ToDictionary(workers => workers, _ => new List<double>());
            var bare = Workers.ToDictionary(connections => connections, _ => new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                int steps = 0;
                foreach (var (workers, rates) in engine)
                {
                    using var folder = planned.Copy();
                    (steps, var took) = await EngineLoop.RunAsync(StoreSettings.Sqlite(folder.Path, synchronous), workers);
                    rates.Add(steps / took.TotalSeconds);
                }

                foreach (var (connections, rates) in bare)
                {
                    using var folder = planned.Copy();
                    rates.Add(steps / BareLoop.Replay(Path.Combine(folder.Path, "janus.db"), recording.Sent, synchronous, connections).TotalSeconds);
                }
            }

            foreach (var (workers, rates) in engine)
                Add(workers, rates.Median(), workers, bare[workers].Median());
            foreach (var (workers, rates) in engine.Where(several => several.Key > 1))
                Add(workers, rates.Median(), 1, bare[1].Median());

            void Add(int workers, double rate, int connections, double bareRate) => ResultTable.Add(
                $"steps, {workers} workers, synchronous={synchronous.ToUpperInvariant()}, against {connections} connections", $"{rate:0} steps/s", $"{bareRate:0} steps/s",
                rate / bareRate, ">= 0.60");
        }
    }
}

namespace Janus.Benchmarks.Engine;

/// <summary>Steps per second, the engine against a bare loop that sends the same statements, in the same run.</summary>
internal static class EngineTable
{
    private const int Campaigns = 15;
    private const int Posts = 12;
    // Each takes a second or two, and this machine is not as quick in one second as in the next.
    private const int Rounds = 9;

    public static async Task PrintAsync()
    {
        ResultTable.Begin($"Steps per second with a provider that takes no time, {Campaigns} campaigns of {Posts} posts, median of {Rounds}; compared with a loop that sends the statements that one worker sent, with their values and transactions, through one connection of Microsoft.Data.Sqlite.");
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
            var bare = new List<double>();
            var engine = new Dictionary<int, List<double>> { [1] = [], [2] = [], [4] = [] };
            for (var round = 0; round < Rounds; round++)
            {
                int steps = 0;
                foreach (var (workers, rates) in engine)
                {
                    using var folder = planned.Copy();
                    (steps, var took) = await EngineLoop.RunAsync(StoreSettings.Sqlite(folder.Path, synchronous), workers);
                    rates.Add(steps / took.TotalSeconds);
                }

                using var replayed = planned.Copy();
                bare.Add(steps / BareLoop.Replay(Path.Combine(replayed.Path, "janus.db"), recording.Sent, synchronous).TotalSeconds);
            }

            foreach (var (workers, rates) in engine)
            {
                ResultTable.Add(
                    $"steps, {workers} workers, synchronous={synchronous.ToUpperInvariant()}", $"{rates.Median():0} steps/s", $"{bare.Median():0} steps/s",
                    rates.Median() / bare.Median(), ">= 0.60");
            }
        }
    }
}

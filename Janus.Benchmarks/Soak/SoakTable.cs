using System.Globalization;

namespace Janus.Benchmarks.Soak;

/// <summary>A whole Janus under a steady load for a while: what grows that should not?</summary>
internal static class SoakTable
{
    private const int UsualMinutes = 15;
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(10);
    // What a process compiles and caches in its first minutes is no leak.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(2);

    /// <summary>Runs the soak.</summary>
    /// <returns>0 when every verdict is good, 1 when one is not, 2 for wrong usage.</returns>
    public static async Task<int> PrintAsync(IReadOnlyList<string> args)
    {
        var minutes = UsualMinutes;
        if (args is not [] && !(args is ["--minutes", var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out minutes) && minutes is >= 1 and <= 24 * 60))
        {
            await Console.Error.WriteLineAsync("soak takes --minutes, a whole number from 1 to 1440.");
            return 2;
        }

        using var folder = new BenchmarkFolder();
        await using var heaps = await HeapMetrics.StartAsync();
        await using var janus = await SystemUnderTest.StartAsync(folder.Path, heaps.Environment.Select(variable => (variable.Key, variable.Value)));
        using var load = new SoakLoad(janus);
        var samples = new List<Sample>();
        using var end = new CancellationTokenSource();
        var running = load.RunAsync(end.Token);
        await WaitAsync(WarmUp, running);
        var count = (int)(TimeSpan.FromMinutes(minutes) / BetweenSamples);
        while (samples.Count < count)
        {
            if (Verdicts.IsEndOfQuarter(samples.Count, count))
                await Task.WhenAll(janus.Processes.Values.Select(process => FullCollection.AskAsync(process, end.Token)));
            // Long enough for the services to tell of it.
            await WaitAsync(BetweenSamples, running);
            samples.Add(Sample.Take(janus, heaps, folder.Path));
        }

        await end.CancelAsync();
        await running;
        var unscheduled = await load.UnscheduledAfterAsync(EndLimit);
        Console.WriteLine($"{minutes} minutes after {WarmUp.TotalSeconds} s of warming up: {load.Done}; {samples.Count} samples.");
        Console.WriteLine();
        var good = new Verdicts(samples).Print();
        good &= Verdicts.Say(unscheduled == 0, $"every campaign is scheduled in the end ({unscheduled} are not)");
        return good ? 0 : 1;
    }

    // A load that breaks down ends the run at once.
    private static async Task WaitAsync(TimeSpan length, Task running)
    {
        var over = Task.Delay(length);
        if (await Task.WhenAny(running, over) == running)
            await running;
        await over;
    }
}

using System.Globalization;

namespace Janus.Benchmarks.Engine;

/// <summary>Steps per second, the engine against a bare loop in the same run.</summary>
internal static class EngineTable
{
    private const int Posts = 12;
    private const int Rounds = 3;

    public static async Task<int> PrintAsync()
    {
        Console.WriteLine($"Steps per second with a provider that takes no time: campaigns of {Posts} posts, median of {Rounds} rounds, synchronous=FULL.");
        Console.WriteLine("The bare loop writes as many rows in as many transactions through Microsoft.Data.Sqlite alone, in the same run.");
        Console.WriteLine();
        Console.WriteLine("| what | steps/s | ratio |");
        Console.WriteLine("|---|---|---|");

        var bare = await MedianAsync(BareLoop.StepsPerSecondAsync);
        Print("bare loop", bare, bare);
        Print("engine, one worker", await MedianAsync(EngineLoop.StepsPerSecondAsync), bare);
        return 0;
    }

    private static async Task<double> MedianAsync(Func<int, Task<double>> measure)
    {
        var rounds = new List<double>();
        for (var round = 0; round < Rounds; round++)
            rounds.Add(await measure(Posts));
        rounds.Sort();
        return rounds[Rounds / 2];
    }

    private static void Print(string what, double perSecond, double bare) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {perSecond:0} | {perSecond / bare:0.00} |"));
}

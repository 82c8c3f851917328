using System.Globalization;
using Janus.Benchmarks;

const int Posts = 12;
const int Rounds = 3;

Console.WriteLine($"Steps per second with a provider that takes no time: campaigns of {Posts} posts, median of {Rounds} rounds, synchronous=FULL.");
Console.WriteLine("The bare loop writes as many rows in as many transactions through Microsoft.Data.Sqlite alone, in the same run.");
Console.WriteLine();
Console.WriteLine("| what | steps/s | ratio |");
Console.WriteLine("|---|---|---|");

var bare = await MedianAsync(BareLoop.StepsPerSecondAsync);
Print("bare loop", bare);
Print("engine, one worker", await MedianAsync(EngineLoop.StepsPerSecondAsync));

async Task<double> MedianAsync(Func<int, Task<double>> measure)
{
    var rounds = new List<double>();
    for (var round = 0; round < Rounds; round++)
        rounds.Add(await measure(Posts));
    rounds.Sort();
    return rounds[Rounds / 2];
}

void Print(string what, double perSecond) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {perSecond:0} | {perSecond / bare:0.00} |"));

using System.Globalization;

namespace Janus.Benchmarks.Telemetry;

/// <summary>What telemetry costs a worker whose provider takes no time: off, taken by a receiver on loopback, and sent to one that never answers.</summary>
internal static class TelemetryTable
{
    private const int Posts = 50;
    private const int Rounds = 15;
    private const int WarmUp = 10;

    public static async Task<int> PrintAsync()
    {
        PrintUnheard();
        await using var taking = await TakingReceiver.StartAsync();
        using var silent = new SilentReceiver();
        (string What, string? Address)[] ways = [("off", null), ("to a receiver on loopback", taking.Address), ("to one that never answers", silent.Address)];
        var workers = new List<MeasuredWorker>();
        var took = ways.Select(_ => new List<CampaignTook>()).ToList();
        try
        {
            foreach (var (_, address) in ways)
                workers.Add(await MeasuredWorker.StartAsync(address));

            // In turns, and each begins a third of the rounds, so that what else the machine does hits all of them. The first rounds are not counted: all
            // workers alike go through them until the compiler, which works behind them, has made its best of what they do.
            for (var round = -WarmUp; round < Rounds; round++)
            {
                for (var turn = 0; turn < ways.Length; turn++)
                {
                    var way = (round + WarmUp + turn) % ways.Length;
                    var one = await workers[way].MakeAsync(Posts);
                    if (round >= 0)
                        took[way].Add(one);
                }
            }
        }
        finally
        {
            foreach (var worker in workers)
                await worker.DisposeAsync();
        }

        Console.WriteLine($"Campaigns of {Posts} posts ({Posts * 3} steps), a provider that takes no time, one worker process each, in turns; median of {Rounds} ({Environment.ProcessorCount} cores).");
        Console.WriteLine();
        Console.WriteLine("| telemetry | wall | more | processor | more | memory |");
        Console.WriteLine("|---|---|---|---|---|---|");
        for (var way = 0; way < ways.Length; way++)
        {
            var (wall, processor) = (Median(took[way], one => one.Wall), Median(took[way], one => one.Processor));
            Print($"| {ways[way].What} | {wall:0.00} s | {More(wall, Median(took[0], one => one.Wall))} | {processor:0.00} s | {More(processor, Median(took[0], one => one.Processor))} | {Median(took[way], one => one.Bytes) / 1e6:0} MB |");
        }

        Console.WriteLine();
        Print($"The receiver took {taking.Bytes / 1e6:0.0} MB.");
        return 0;
    }

    private static void PrintUnheard()
    {
        Console.WriteLine("Bytes allocated for each of Janus's own spans where nobody listens, as without an endpoint.");
        Console.WriteLine();
        Console.WriteLine("| span | bytes |");
        Console.WriteLine("|---|---|");
        foreach (var (span, bytes) in UnheardSpans.Measure())
            Print($"| {span} | {bytes:0} |");
        Console.WriteLine();
    }

    private static string More(double one, double other) => string.Create(CultureInfo.InvariantCulture, $"{((one / other) - 1) * 100:0} %");

    private static double Median(List<CampaignTook> all, Func<CampaignTook, double> of) => all.Select(of).Order().ElementAt(all.Count / 2);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

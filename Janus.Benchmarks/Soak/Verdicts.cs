using System.Globalization;

namespace Janus.Benchmarks.Soak;

/// <summary>Compares the first quarter of a run with the last. What a run does not have enough samples for is no verdict but a failure.</summary>
internal sealed class Verdicts(IReadOnlyList<Sample> samples)
{
    // A collector takes what it likes up to a point, and one run differs from the next: a fifth, and what a few buffers need.
    private const double MemoryShare = 1.2;
    private const long MemoryBytes = 24_000_000;
    private const int FewFiles = 10;
    // SQLite begins the log anew after 1000 pages, 4 MB, unless a reader holds it up.
    private const long LogBytes = 32_000_000;

    private readonly IReadOnlyList<Sample> _first = [.. samples.Take(Math.Max(1, samples.Count / 4))];
    private readonly IReadOnlyList<Sample> _last = [.. samples.TakeLast(Math.Max(1, samples.Count / 4))];

    /// <summary>Prints the table and every verdict.</summary>
    /// <returns>Whether all are good.</returns>
    public bool Print()
    {
        Console.WriteLine($"| what | first quarter | last quarter |");
        Console.WriteLine("|---|---|---|");
        var good = true;
        var services = samples[0].Processes.Keys.Order(StringComparer.Ordinal).ToList();
        foreach (var service in services)
        {
            Row($"{service}: memory, median", Megabytes(Median(_first, service, process => process.Resident)), Megabytes(Median(_last, service, process => process.Resident)));
            Row($"{service}: managed heap after a collection, median", Megabytes(Median(_first, service, Heap)), Megabytes(Median(_last, service, Heap)));
            Row($"{service}: open files, most", Whole(Most(_first, service)), Whole(Most(_last, service)));
        }

        Row("write-ahead log, longest", Megabytes(_first.Max(sample => sample.WriteAheadLog)), Megabytes(_last.Max(sample => sample.WriteAheadLog)));
        Row("database, at the end", Megabytes(_first[^1].Database), Megabytes(_last[^1].Database));
        Console.WriteLine();
        good &= Say(
            services.TrueForAll(service => IsFlat(service, process => process.Resident) && IsFlat(service, Heap)),
            "memory is flat: the median of the last quarter is at most a fifth and 24 MB above that of the first, in each process, resident and on the managed heap");
        good &= Say(services.TrueForAll(service => Most(_last, service) <= Most(_first, service) + FewFiles), "open files do not grow: the most in the last quarter is at most 10 above the most in the first");
        good &= Say(samples.Max(sample => sample.WriteAheadLog) <= LogBytes, "the write-ahead log is bounded: never above 32 MB");
        return good;
    }

    /// <summary>Prints one verdict.</summary>
    public static bool Say(bool good, string what)
    {
        Console.WriteLine($"{(good ? "ok" : "FAILED")}: {what}");
        return good;
    }

    private bool IsFlat(string service, Func<ProcessSample, long?> of) =>
        Median(_first, service, of) is { } before && Median(_last, service, of) is { } after && after <= (before * MemoryShare) + MemoryBytes;

    private static long? Heap(ProcessSample process) => process.Heap;

    private static long? Median(IReadOnlyList<Sample> quarter, string service, Func<ProcessSample, long?> of)
    {
        var values = quarter.Select(sample => of(sample.Processes[service])).OfType<long>().Order().ToList();
        return values.Count == 0 ? null : values[values.Count / 2];
    }

    private static int Most(IReadOnlyList<Sample> quarter, string service) => quarter.Max(sample => sample.Processes[service].OpenFiles);

    private static void Row(string what, string first, string last) => Console.WriteLine($"| {what} | {first} | {last} |");

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Megabytes(long? bytes) =>
        bytes is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known / 1e6:0.0} MB") : "-";
}

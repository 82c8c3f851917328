using System.Globalization;

namespace Janus.Benchmarks.Soak;

/// <summary>
/// Compares the first quarter of a run with the last. The last sample of each is taken after a full collection. What a run does not have enough samples for
/// is no verdict but a failure.
/// </summary>
internal sealed class Verdicts(IReadOnlyList<Sample> samples)
{
    // One run differs from the next by a fifth. What is resident, also by what a collector takes when it likes and by a few buffers.
    private const double MemoryShare = 1.2;
    private const long ResidentBytes = 24_000_000;
    private const int FewFiles = 10;
    // A process begins the log anew after it has written 1000 pages, 4 MB, unless a reader holds it up.
    private const long LogBytes = 32_000_000;

    private readonly IReadOnlyList<Sample> _first = [.. samples.Take(Quarter(samples.Count))];
    private readonly IReadOnlyList<Sample> _last = [.. samples.TakeLast(Quarter(samples.Count))];

    /// <summary>Whether a sample, from 0, is the last of the first quarter or of the run.</summary>
    public static bool IsEndOfQuarter(int sample, int count) => sample + 1 == Quarter(count) || sample + 1 == count;

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
            Row($"{service}: managed heap after a full collection at the end", Megabytes(Alive(_first, service)), Megabytes(Alive(_last, service)));
            Row($"{service}: open files, most", Whole(Most(_first, service)), Whole(Most(_last, service)));
        }

        Row("write-ahead log, longest", Megabytes(_first.Max(sample => sample.WriteAheadLog)), Megabytes(_last.Max(sample => sample.WriteAheadLog)));
        Row("database, at the end", Megabytes(_first[^1].Database), Megabytes(_last[^1].Database));
        Console.WriteLine();
        good &= Say(
            services.TrueForAll(service => IsFlat(Median(_first, service, process => process.Resident), Median(_last, service, process => process.Resident), ResidentBytes)
                && IsFlat(Alive(_first, service), Alive(_last, service), 0)),
            "memory is flat: what is alive on the managed heap is at most a fifth more in the end than after the first quarter, and what is resident a fifth and 24 MB, in each process");
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

    private static bool IsFlat(long? before, long? after, long beside) => after <= (before * MemoryShare) + beside;

    private static long? Alive(IReadOnlyList<Sample> quarter, string service) => quarter[^1].Processes[service].Heap;

    private static int Quarter(int count) => Math.Max(1, count / 4);

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

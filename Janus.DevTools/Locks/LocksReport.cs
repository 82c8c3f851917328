using System.Globalization;

namespace Janus.DevTools.Locks;

/// <summary>What all writers came to, and whether the file agrees.</summary>
internal sealed class LocksReport(LocksOptions options, IReadOnlyList<WriterReport> reports, long counter, long rows)
{
    private readonly double[] _waits = [.. reports.SelectMany(report => report.WaitsMilliseconds).Order()];

    private readonly double[] _reads = [.. reports.SelectMany(report => report.ReadsMilliseconds).Order()];

    private int Transactions => reports.Sum(report => report.Transactions);

    private int Retries => reports.Sum(report => report.Retries);

    private IReadOnlyList<string> Errors { get; } = [.. reports.SelectMany(report => report.Errors)];

    // What was reported as committed and is not in the file, in the counter or as a row.
    private long LostUpdates => Math.Max(Math.Abs(Transactions - counter), Math.Abs(Transactions - rows));

    private bool IsComplete => options.Length is not null || Transactions == options.Processes * options.Writers * options.Transactions;

    /// <summary>0 only when every transaction was committed, none is lost and nothing went wrong.</summary>
    public int ExitCode => Errors.Count == 0 && LostUpdates == 0 && IsComplete ? 0 : 1;

    /// <summary>Prints the table, and each kind of error once.</summary>
    public async Task PrintAsync(TextWriter output)
    {
        (string Name, string Value)[] table =
        [
            ("processes", Whole(options.Processes)),
            ("writers", Whole(options.Processes * options.Writers)),
            ("transactions", Whole(Transactions)),
            ("attempts", Whole(Transactions + Errors.Count + Retries)),
            ("retries", Whole(Retries)),
            ("longest wait", Share(_waits, 1)),
            ("p50 wait", Share(_waits, 0.5)),
            ("p99 wait", Share(_waits, 0.99)),
            .. Reading(),
            ("errors", Whole(Errors.Count)),
            ("lost updates", Whole(LostUpdates)),
        ];
        foreach (var (name, value) in table)
            await output.WriteLineAsync($"{name,-14}{value,12}");
        foreach (var error in Errors.CountBy(error => error))
            await output.WriteLineAsync($"error ({error.Value}x): {error.Key}");
    }

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    private IReadOnlyList<(string, string)> Reading() => options.Readers == 0 ? [] :
    [
        ("reads", Whole(_reads.Length)),
        ("longest read", Share(_reads, 1)),
        ("p50 read", Share(_reads, 0.5)),
        ("p99 read", Share(_reads, 0.99)),
    ];

    // The nearest rank.
    private static string Share(double[] ordered, double share) =>
        ordered.Length == 0
            ? "-"
            : string.Create(CultureInfo.InvariantCulture, $"{ordered[Math.Max(0, (int)Math.Ceiling(share * ordered.Length) - 1)]:0.0} ms");
}

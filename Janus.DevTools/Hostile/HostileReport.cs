using System.Globalization;

namespace Janus.DevTools.Hostile;

/// <summary>What an hour of hostility came to.</summary>
/// <param name="Answers">How often each kind was answered with each status.</param>
/// <param name="Harm">Answers that should not have been given.</param>
/// <param name="Quiet">The legitimate user before the storm.</param>
/// <param name="Stormy">The legitimate user in the storm.</param>
/// <param name="StreamsLeft">Event streams that the API still held a while after the last was dropped, beyond those before.</param>
/// <param name="Memory">Working sets by process.</param>
internal sealed record HostileReport(
    IReadOnlyDictionary<(string Kind, int Status), int> Answers, IReadOnlyCollection<Harm> Harm, SteadyReads Quiet, SteadyReads Stormy, int StreamsLeft,
    IReadOnlyDictionary<string, List<long>> Memory)
{
    private const double RatioWanted = 3;
    private const int LongestLine = 200;

    private bool IsFlat => Memory.Values.All(WorkingSets.IsFlat);

    private IEnumerable<string> Errors => Quiet.Errors.Concat(Stormy.Errors);

    /// <summary>0 when nothing went wrong; how quick it was does not count.</summary>
    public int ExitCode => Harm.Count == 0 && !Errors.Any() && StreamsLeft <= 0 && IsFlat ? 0 : 1;

    /// <summary>Prints everything.</summary>
    public async Task PrintAsync(TextWriter output)
    {
        await output.WriteLineAsync($"{"kind",-24}{"sent",8}  answers");
        foreach (var kind in Answers.GroupBy(answer => answer.Key.Kind))
        {
            var statuses = string.Join(", ", kind.OrderBy(answer => answer.Key.Status).Select(answer => $"{Name(kind.Key, answer.Key.Status)} x{Whole(answer.Value)}"));
            await output.WriteLineAsync($"{kind.Key,-24}{Whole(kind.Sum(answer => answer.Value)),8}  {statuses}");
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync($"{"legitimate user",-24}{"reads",8}{"p50",12}{"p99",12}{"errors",8}");
        foreach (var (name, reads) in new[] { ("  in quiet", Quiet), ("  in the storm", Stormy) })
            await output.WriteLineAsync($"{name,-24}{Whole(reads.Milliseconds.Count),8}{Time(reads.Share(0.5)),12}{Time(reads.Share(0.99)),12}{Whole(reads.Errors.Count),8}");
        await output.WriteLineAsync($"{"  storm / quiet",-32}{Ratio(0.5),12}{Ratio(0.99),12}");
        foreach (var (name, looks) in Memory)
            await output.WriteLineAsync($"{$"memory of {name}",-24}{string.Join(" -> ", looks.Select(Megabytes))} (at first, warm, at the end){(WorkingSets.IsFlat(looks) ? "" : ": it has grown")}");

        await output.WriteLineAsync();
        await output.WriteLineAsync($"{"wrong answers",-24}{Whole(Harm.Count),8}");
        foreach (var harm in Harm)
            await output.WriteLineAsync($"  {harm.Reason}: {harm.Attack.Kind} #{Whole(harm.Attack.Number)} {Cut(harm.Attack.Line)} to {harm.Attack.Target}");
        await output.WriteLineAsync($"{"streams left open",-24}{Whole(StreamsLeft),8}");
        foreach (var error in Errors.CountBy(error => error))
            await output.WriteLineAsync($"  legitimate user ({error.Value}x): {Cut(error.Key)}");
        if (Quiet.Share(0.99) * RatioWanted < Stormy.Share(0.99))
            await output.WriteLineAsync($"warning: the legitimate user's p99 in the storm is more than {RatioWanted:0} times that in quiet.");
    }

    private static string Name(string kind, int status) => status switch
    {
        0 => kind == "cut in the middle" ? "cut" : "closed",
        RawExchange.Silence => "none",
        _ => Whole(status),
    };

    private string Ratio(double share) =>
        Quiet.Share(share) is > 0 and var quiet ? string.Create(CultureInfo.InvariantCulture, $"{Stormy.Share(share) / quiet:0.0}") : "-";

    private static string Cut(string line) => line.Length <= LongestLine ? line : $"{line[..LongestLine]}...";

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms");

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_048_576} MB");
}

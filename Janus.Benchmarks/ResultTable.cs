using System.Globalization;

namespace Janus.Benchmarks;

/// <summary>The one table of results: what was measured, beside what it is compared with, in the same run.</summary>
internal static class ResultTable
{
    public static void Begin(string about)
    {
        Console.WriteLine();
        Console.WriteLine(about);
        Console.WriteLine();
        Console.WriteLine("| what | measured | compared with | ratio | target |");
        Console.WriteLine("|---|---|---|---|---|");
    }

    public static void Add(FormattableString what, FormattableString measured, FormattableString comparedWith, double? ratio, string target) =>
        Console.WriteLine(FormattableString.Invariant($"| {Say(what)} | {Say(measured)} | {Say(comparedWith)} | {ratio:0.00} | {target} |"));

    public static double Median(this IEnumerable<double> values) => values.Share(0.5);

    /// <summary>The value below which a share of the values lies.</summary>
    public static double Share(this IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

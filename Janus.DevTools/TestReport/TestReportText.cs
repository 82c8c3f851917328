using System.Globalization;

namespace Janus.DevTools.TestReport;

/// <summary>Test results as a person and a script read them: the last line stands alone and holds the totals.</summary>
internal static class TestReportText
{
    private const int SlowestShown = 5;

    /// <summary>Writes the report.</summary>
    /// <returns>Whether all is well: tests ran, none failed, and no run as a whole went wrong.</returns>
    public static bool Write(IReadOnlyList<TestRun> runs, TextWriter writer)
    {
        var results = runs.SelectMany(run => run.Results).ToLookup(result => result.Outcome);
        var faults = runs.SelectMany(run => run.Faults).ToList();

        Section("Counted:", runs.SelectMany(run => run.Results).SelectMany(result => result.Counted), counted => counted);
        Section("Skipped:", results[TestOutcome.Skipped], result => $"{result.Name}: {(result.Message.Length > 0 ? result.Message : "no reason given")}");
        Section("Failed:", results[TestOutcome.Failed], result => $"{result.Name}{Environment.NewLine}{result.Message}");
        Section("Went wrong outside any test:", faults, fault => fault);
        Section(
            "Slowest:",
            runs.SelectMany(run => run.Results).OrderByDescending(result => result.Duration).Take(SlowestShown),
            result => string.Create(CultureInfo.InvariantCulture, $"{result.Duration.TotalSeconds,7:0.00} s  {result.Name}"));

        var (passed, failed) = (results[TestOutcome.Passed].Count(), results[TestOutcome.Failed].Count());
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed, {results[TestOutcome.Skipped].Count()} skipped"));
        return passed > 0 && failed == 0 && faults.Count == 0;

        void Section<T>(string title, IEnumerable<T> items, Func<T, string> text)
        {
            var shown = items.Select(text).ToList();
            if (shown.Count == 0)
                return;

            writer.WriteLine(title);
            foreach (var item in shown)
                writer.WriteLine("  " + item.ReplaceLineEndings(Environment.NewLine + "      "));
            writer.WriteLine();
        }
    }
}

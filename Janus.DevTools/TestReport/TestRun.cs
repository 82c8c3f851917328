using System.Globalization;
using System.Xml.Linq;

namespace Janus.DevTools.TestReport;

/// <summary>How one test ended.</summary>
internal enum TestOutcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>One test's result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Message">Why it failed or was skipped; empty when it passed.</param>
/// <param name="Counted">What it counted and wants everybody to see: the lines of its output that begin with <c>counted: </c>, without that.</param>
internal sealed record TestResult(string Name, TestOutcome Outcome, TimeSpan Duration, string Message, IReadOnlyList<string> Counted);

/// <summary>What a .trx file, the results file of <c>dotnet test</c>, says about one run.</summary>
/// <param name="Results">One for each test.</param>
/// <param name="Faults">What went wrong with the run as a whole, such as a test program that crashed.</param>
internal sealed record TestRun(IReadOnlyList<TestResult> Results, IReadOnlyList<string> Faults)
{
    private const string CountedBy = "counted: ";

    /// <summary>Reads the content of a .trx file.</summary>
    /// <exception cref="System.Xml.XmlException">The text is no whole .trx file.</exception>
    public static TestRun Parse(string trx)
    {
        var root = XDocument.Parse(trx).Root!;
        return new TestRun(
            [.. Named(root, "UnitTestResult").Select(Result)],
            [.. Named(root, "RunInfo").Where(info => Attribute(info, "outcome") is "Error" or "Failed").Select(info => info.Value.Trim()).Where(IsFault)]);
    }

    private static TestResult Result(XElement element) => new(
        Attribute(element, "testName"),
        Attribute(element, "outcome") switch
        {
            "Passed" => TestOutcome.Passed,
            "NotExecuted" => TestOutcome.Skipped,
            // Failed, and also Error, Timeout and Aborted: a test that did not pass.
            _ => TestOutcome.Failed,
        },
        TimeSpan.TryParse(Attribute(element, "duration"), CultureInfo.InvariantCulture, out var duration) ? duration : TimeSpan.Zero,
        Attribute(element, "outcome") == "Passed" ? "" : Reason(element),
        [.. Named(element, "StdOut").SelectMany(output => output.Value.Split('\n')).Select(line => line.Trim())
            .Where(line => line.StartsWith(CountedBy, StringComparison.Ordinal)).Select(line => line[CountedBy.Length..])]);

    // The test runner repeats each failed test here in one line.
    private static bool IsFault(string info) => !info.EndsWith("[FAIL]", StringComparison.Ordinal);

    // A failure's message stands in ErrorInfo, a skipped test's reason there or in its output.
    private static string Reason(XElement element) =>
        (Named(element, "Message").FirstOrDefault() ?? Named(element, "StdOut").FirstOrDefault())?.Value.Trim() ?? "";

    private static IEnumerable<XElement> Named(XElement element, string name) =>
        element.Descendants().Where(descendant => descendant.Name.LocalName == name);

    private static string Attribute(XElement element, string name) => element.Attribute(name)?.Value ?? "";
}

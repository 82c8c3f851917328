using Janus.DevTools;
using Janus.DevTools.TestReport;

namespace Janus.Tests.House;

public sealed class TestReportTests
{
    private const string Trx = """
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>
            <UnitTestResult testName="quick" outcome="Passed" duration="00:00:00.0100000" />
            <UnitTestResult testName="slow" outcome="Passed" duration="00:00:02.5000000">
              <Output><StdOut>chatter
        counted: killed at a place: 3
        more</StdOut></Output>
            </UnitTestResult>
            <UnitTestResult testName="broken" outcome="Failed" duration="00:00:00.1000000">
              <Output><StdOut>chatter</StdOut><ErrorInfo><Message>was 1
        should be 2</Message><StackTrace>at x</StackTrace></ErrorInfo></Output>
            </UnitTestResult>
            <UnitTestResult testName="elsewhere" outcome="NotExecuted">
              <Output><ErrorInfo><Message>needs PostgreSQL</Message></ErrorInfo></Output>
            </UnitTestResult>
          </Results>
          <ResultSummary outcome="Failed"><RunInfos>
            <RunInfo outcome="Error"><Text>[xUnit.net 00:00:01.61]     broken [FAIL]</Text></RunInfo>
          </RunInfos></ResultSummary>
        </TestRun>
        """;

    [Fact]
    public void The_last_line_holds_the_totals_of_all_runs()
    {
        var (text, good) = Report(Trx, Passing);
        good.ShouldBeFalse();
        text.TrimEnd().Split('\n')[^1].TrimEnd().ShouldBe("3 passed, 1 failed, 1 skipped");
    }

    [Fact]
    public void Reasons_messages_and_the_slowest_tests_come_before()
    {
        var text = Report(Trx).Text.ReplaceLineEndings("\n");
        text.ShouldContain("Skipped:\n  elsewhere: needs PostgreSQL\n");
        text.ShouldContain("Failed:\n  broken\n      was 1\n      should be 2\n");
        text.ShouldNotContain("[FAIL]");
        text.ShouldContain("Slowest:\n     2.50 s  slow\n     0.10 s  broken\n");
    }

    [Fact]
    public void What_a_test_has_counted_is_shown_and_nothing_else_of_its_output()
    {
        var text = Report(Trx).Text.ReplaceLineEndings("\n");
        text.ShouldContain("Counted:\n  killed at a place: 3\n\n");
        text.ShouldNotContain("chatter");
        text.ShouldNotContain("more");
    }

    [Fact]
    public void All_passed_is_good_and_nothing_at_all_is_not()
    {
        Report(Passing).Good.ShouldBeTrue();
        Report().ShouldBe(("0 passed, 0 failed, 0 skipped" + Environment.NewLine, false));
    }

    [Fact]
    public void A_test_program_that_crashed_is_a_failure_even_when_every_finished_test_passed()
    {
        var crashed = Passing.Replace("</Results>", """</Results><ResultSummary outcome="Failed"><RunInfos><RunInfo outcome="Error"><Text>the test host crashed</Text></RunInfo></RunInfos></ResultSummary>""", StringComparison.Ordinal);
        var (text, good) = Report(crashed);
        good.ShouldBeFalse();
        text.ShouldContain("the test host crashed");
    }

    [Fact]
    public async Task A_command_that_does_not_exist_ends_with_2() =>
        (await Commands.RunAsync(["no-such-command"])).ShouldBe(2);

    private const string Passing = """
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results><UnitTestResult testName="fine" outcome="Passed" duration="00:00:00.0010000" /></Results>
        </TestRun>
        """;

    private static (string Text, bool Good) Report(params string[] files)
    {
        using var writer = new StringWriter();
        var good = TestReportText.Write([.. files.Select(TestRun.Parse)], writer);
        return (writer.ToString(), good);
    }
}

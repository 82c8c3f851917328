using Janus.DevTools.Traces.Receiving;
using Janus.DevTools.Traces.Report;
using Janus.DevTools.Traces.Trees;

namespace Janus.Tests.DevTools;

/// <summary>What a person reads.</summary>
public sealed class TraceTextTests
{
    private const string Id = "c_7Yk2mPq9sT4vW1xZ3aB5dE";

    [Fact]
    public void A_campaign_with_a_retry_a_kill_a_link_and_an_error_reads_from_top_to_bottom()
    {
        var (received, _) = MadeUpCampaign();

        Print(received).ShouldBe("""
            campaign c_7Yk2mPq9sT4vW1xZ3aB5dE  planning -> content_creation -> planning
            16 spans, 3 errors, 1 lock retry, 1 missing parent
            trace 4bf92f3577b34da6a3ce929d0e0e4736  2026-02-02 02:40:00.000Z  8.91 s
              +0.000s    1.24 s  apiservice    POST /api/strategy/plan  201
              +0.003s    1.10 s  apiservice      plan gemini-3.5-flash  812 tokens in, 1530 out
              +1.110s    120 ms  apiservice      db plan  lane 4.3 ms
              +1.110s     90 ms  apiservice        db.lock_retry  try 1, code 5, blocked 50.5 ms, delay 39.5 ms
              +1.205s    2.0 ms  apiservice        send generation_steps  3 messages
              +1.300s    4.0 ms  contentworker       claim generation_step  step 1, attempt 1
              +1.310s    700 ms  contentworker         generate_content gemini-3.5-flash  (parent missing)  step 1, attempt 1
              +1.304s    0.2 ms  contentworker       phase transition  planning -> content_creation (first_claim)
              +6.400s    4.0 ms  contentworker       claim generation_step  step 1, attempt 2
                                                       <- links to claim generation_step at +1.300s  step 1, attempt 1
              +6.410s    2.50 s  contentworker         process generation_steps  post 1, text, AB, attempt 2
                                                         ! Gemini refused the request because of its safety rules, and the worker
                                                           gave it up before its work was recorded, so nothing was kept of it
              +8.905s                                    | Warning: Step 1 was given up
              +6.412s    2.40 s  contentworker           generate_content gemini-3.5-flash
                                                           ! PROHIBITED_CONTENT
              +8.800s                                      * gen_ai.evaluation.result  name=length  value=0.5
              +6.413s    2.39 s  contentworker             POST  200, resend 1
              +8.910s    0.1 ms  contentworker           phase transition  content_creation -> planning (A part was refused.)
                                                           ! failed
              +1.500s            contentworker   | Error: Never ended  (span missing)
            trace 00f067aa0ba902b7a3ce929d0e0e4736  2026-02-02 02:40:30.000Z  15 ms  +30.000s after the first
              +0.000s     15 ms  apiservice    POST /api/campaigns/{id}/retry  200
              +0.002s    9.0 ms  apiservice      db retry
                                                   <- links to send generation_steps of trace 4bf92f35  3 messages
                                                   <- links to f00d0000 of trace 4bf92f3577b34da6a3ce929d0e0e4736
              +0.003s    0.5 ms  a-service-wi…   audit
            """);
    }

    [Fact]
    public void No_line_is_longer_than_asked_and_an_error_is_never_cut()
    {
        var (received, _) = MadeUpCampaign();

        var lines = Lines(received, width: 80, isColoured: false);

        lines.Max(line => line.Length).ShouldBeLessThanOrEqualTo(80);
        string.Join(' ', lines.SkipWhile(line => !line.Contains("! ", StringComparison.Ordinal)).Take(4).Select(line => line.Trim()))
            .ShouldContain("before its work was recorded");
    }

    [Theory]
    [InlineData(104)]
    [InlineData(72)]
    public void What_a_link_leads_to_is_told_to_its_end_however_narrow_the_terminal_is(int width)
    {
        var (received, _) = MadeUpCampaign();

        var lines = Lines(received, width, isColoured: false);

        lines.Max(line => line.Length).ShouldBeLessThanOrEqualTo(width);
        var links = string.Join(' ', lines.SkipWhile(line => !line.Contains("<- ", StringComparison.Ordinal)).Take(3).Select(line => line.Trim()));
        string.Join(' ', links.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldStartWith("<- links to claim generation_step at +1.300s step 1, attempt 1");
    }

    [Fact]
    public void Colour_changes_no_word()
    {
        var (received, _) = MadeUpCampaign();

        var coloured = Lines(received, width: 120, isColoured: true);

        coloured.ShouldContain(line => line.Contains("\e[31m", StringComparison.Ordinal));
        coloured.Select(line => System.Text.RegularExpressions.Regex.Replace(line, "\e\\[[0-9]+m", "", default, TimeSpan.FromSeconds(1)).TrimEnd())
            .ShouldBe(Lines(received, width: 120, isColoured: false));
    }

    [Fact]
    public void What_a_span_says_cannot_steer_the_terminal()
    {
        var received = new ReceivedTelemetry(new TraceReceiverOptions());
        received.Add(new MadeUpTrace().Add("a", null, "na\e[2Jme\nnext", "s", 0, 1).Failing("why\r\e[2J").Spans);

        Lines(received, width: 120, isColoured: false).ShouldAllBe(line => !line.Any(char.IsControl));
    }

    [Fact]
    public void Spans_for_which_there_was_no_room_are_named()
    {
        var received = new ReceivedTelemetry(new TraceReceiverOptions { MostSpans = 1 });
        received.Add(new MadeUpTrace().Add("a", null, "first", "s", 0, 1).Add("b", "a", "second", "s", 0, 1).Spans);

        Lines(received, width: 120, isColoured: false).ShouldContain("  1 more spans came than are kept of one trace");
    }

    [Fact]
    public void Metrics_and_counts_read_as_lines()
    {
        MetricText.Lines(
        [
            new ReceivedMetric("contentworker", "janus.generation.steps", "kind=text outcome=done", "{step}", 12, null),
            new ReceivedMetric("contentworker", "gen_ai.client.operation.duration", "", "s", 1.25, 3),
        ]).ShouldBe(
        [
            "metric gen_ai.client.operation.duration  1.25 s in 3  contentworker",
            "metric janus.generation.steps  12  contentworker  kind=text outcome=done",
        ]);
        CountsText.Lines(new ReceivedCounts { Requests = 3, LargestRequest = 5_000_000, TooLongForDashboard = 1, DroppedSpans = 2 }).ShouldBe(
        [
            "traces received 3 requests, the longest of 5000000 bytes",
            "1 requests were longer than 4194304 bytes: the Aspire dashboard would refuse them whole",
            "2 spans were dropped",
        ]);
    }

    private static (ReceivedTelemetry Received, MadeUpTrace Trace) MadeUpCampaign()
    {
        var trace = new MadeUpTrace()
            .Add("a1", null, "POST /api/strategy/plan", "apiservice", 0, 1240, ("http.response.status_code", 201L))
            .Add("a2", "a1", "plan gemini-3.5-flash", "apiservice", 3, 1100, ("gen_ai.request.model", "gemini-3.5-flash"), ("gen_ai.usage.input_tokens", 812L), ("gen_ai.usage.output_tokens", 1_530L))
            .Add("a3", "a1", "db plan", "apiservice", 1110, 120, ("janus.db.lane_wait_ms", 4.25))
            .Add("a4", "a3", "db.lock_retry", "apiservice", 1110, 90, ("janus.db.retry.attempt", 1L), ("janus.db.retry.blocked_ms", 50.5), ("janus.db.retry.delay_ms", 39.5), ("db.response.status_code", "5"))
            .Add("a5", "a3", "send generation_steps", "apiservice", 1205, 2, ("messaging.batch.message_count", 3L), (TraceAttributes.Campaign, Id))
            .Add("b1", "a5", "claim generation_step", "contentworker", 1300, 4, (TraceAttributes.Campaign, Id), (TraceAttributes.Step, 1L), (TraceAttributes.Attempt, 1L))
            .Add("b2", "a5", "phase transition", "contentworker", 1304, 0.2, (TraceAttributes.Campaign, Id), (TraceAttributes.PhaseFrom, "planning"), (TraceAttributes.PhaseTo, "content_creation"), (TraceAttributes.PhaseReason, "first_claim"))
            .Add("b3", "dead", "generate_content gemini-3.5-flash", "contentworker", 1310, 700, ("gen_ai.request.model", "gemini-3.5-flash"), (TraceAttributes.Step, 1L), (TraceAttributes.Attempt, 1L))
            .Add("c1", "a5", "claim generation_step", "contentworker", 6400, 4, (TraceAttributes.Campaign, Id), (TraceAttributes.Step, 1L), (TraceAttributes.Attempt, 2L)).Linking("b1")
            .Add("c2", "c1", "process generation_steps", "contentworker", 6410, 2500, (TraceAttributes.Campaign, Id), (TraceAttributes.Post, 1L), (TraceAttributes.Step, 1L), (TraceAttributes.StepKind, "text"), (TraceAttributes.Variant, "AB"), (TraceAttributes.Attempt, 2L))
            .Failing("Gemini refused the request because of its safety rules, and the worker gave it up before its work was recorded, so nothing was kept of it")
            .Add("c3", "c2", "generate_content gemini-3.5-flash", "contentworker", 6412, 2400, ("gen_ai.request.model", "gemini-3.5-flash"), (TraceAttributes.ErrorType, "PROHIBITED_CONTENT")).Failing(null)
            .Happening("gen_ai.evaluation.result", 8800, ("gen_ai.evaluation.name", "length"), ("gen_ai.evaluation.score.value", 0.5))
            .Add("c4", "c3", "POST", "contentworker", 6413, 2390, ("http.response.status_code", 200L), ("http.request.resend_count", 1L))
            .Add("c5", "c2", "phase transition", "contentworker", 8910, 0.1, (TraceAttributes.Campaign, Id), (TraceAttributes.PhaseFrom, "content_creation"), (TraceAttributes.PhaseTo, "planning"), (TraceAttributes.PhaseReason, "A part was refused.")).Failing(null);
        var later = new MadeUpTrace("00f067aa0ba902b7a3ce929d0e0e4736", 1_770_000_030_000)
            .Add("d1", null, "POST /api/campaigns/{id}/retry", "apiservice", 0, 15, ("http.response.status_code", 200L))
            .Add("d2", "d1", "db retry", "apiservice", 2, 9).Linking("a5", trace.Id).Linking("f00d", trace.Id)
            .Add("d3", "d1", "audit", "a-service-with-a-long-name", 3, 0.5, (TraceAttributes.Campaign, Id));
        var received = new ReceivedTelemetry(new TraceReceiverOptions());
        received.Add(trace.Spans.Reverse());
        received.Add(later.Spans);
        received.Add([trace.Line("c2", 8905, "Step 1 was given up"), trace.Line("dead", 1500, "Never ended", 17, "Error"), trace.Line("c2", 6411, "chatter", 5, "Debug")]);
        return (received, trace);
    }

    private static string Print(ReceivedTelemetry received) => string.Join('\n', Lines(received, width: 120, isColoured: false)).TrimEnd();

    private static List<string> Lines(ReceivedTelemetry received, int width, bool isColoured) =>
        [.. CampaignTraces.Of(received.Spans).SelectMany(new CampaignText(received, width, isColoured).Lines)];
}

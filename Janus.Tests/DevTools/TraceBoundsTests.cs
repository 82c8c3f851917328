using Janus.DevTools.Traces.Receiving;

namespace Janus.Tests.DevTools;

/// <summary>What is received is bounded, and what goes is counted.</summary>
public sealed class TraceBoundsTests
{
    [Fact]
    public void Of_too_many_traces_the_one_that_was_quiet_for_the_longest_time_goes()
    {
        var received = new ReceivedTelemetry(new TraceReceiverOptions { MostTraces = 2 });
        received.Add([Span("t1", "a"), Span("t2", "b")]);
        received.Add([Span("t1", "c")]);

        received.Add([Span("t3", "d")]);

        received.Spans.Select(span => span.SpanId).ShouldBe(["a", "c", "d"]);
        received.Counts.ShouldBe(new ReceivedCounts { DroppedTraces = 1, DroppedSpans = 1 });
    }

    [Fact]
    public void Of_too_many_spans_of_a_trace_the_later_ones_are_only_counted()
    {
        var received = new ReceivedTelemetry(new TraceReceiverOptions { MostSpans = 2 });

        received.Add([Span("t1", "a"), Span("t1", "b"), Span("t1", "c"), Span("t2", "d")]);

        received.Spans.Select(span => span.SpanId).ShouldBe(["a", "b", "d"]);
        received.DroppedOf("t1").ShouldBe(1);
        received.DroppedOf("t2").ShouldBe(0);
        received.Counts.DroppedSpans.ShouldBe(1);
    }

    [Fact]
    public void A_span_that_is_sent_again_is_there_once()
    {
        var received = new ReceivedTelemetry(new TraceReceiverOptions());

        received.Add([Span("t1", "a"), Span("t1", "a") with { Name = "later" }]);

        received.Spans.ShouldHaveSingleItem().Name.ShouldBe("later");
    }

    [Fact]
    public void Of_too_many_lines_the_oldest_go_and_of_too_many_series_the_latest()
    {
        var received = new ReceivedTelemetry(new TraceReceiverOptions { MostLogs = 1, MostMetrics = 1 });

        received.Add([Line("first"), Line("second")]);
        received.Add([Metric("a", 1), Metric("b", 1), Metric("a", 2)]);

        received.Logs.ShouldHaveSingleItem().Body.ShouldBe("second");
        received.Metrics.ShouldBe([Metric("a", 2)]);
        received.Counts.ShouldBe(new ReceivedCounts { DroppedLogs = 1, DroppedMetrics = 1 });
    }

    [Fact]
    public void Bodies_for_which_there_is_no_room_are_refused_and_not_left_out_in_silence()
    {
        var received = new ReceivedTelemetry(new TraceReceiverOptions { KeepBodies = true, MostBodyBytes = 10 });

        received.TryNoteRequest(new byte[8]).ShouldBeTrue();
        received.TryNoteRequest(new byte[3]).ShouldBeFalse();

        received.Bodies.ShouldHaveSingleItem().Length.ShouldBe(8);
        Should.Throw<OtlpRefusedException>(() => new OtlpRequests(received).Take("/v1/traces", new byte[3])).HttpStatus.ShouldBe(507);
    }

    [Fact]
    public void What_was_read_before_does_not_change()
    {
        var received = new ReceivedTelemetry(new TraceReceiverOptions());
        received.Add([Span("t1", "a")]);
        var before = received.Spans;

        received.Add([Span("t1", "b")]);

        before.Count.ShouldBe(1);
        received.Spans.Count.ShouldBe(2);
    }

    private static ReceivedSpan Span(string trace, string span) => new() { TraceId = trace, SpanId = span, Name = span };

    private static ReceivedLog Line(string body) => new(0, "", "", 9, "Information", body, null, null, new Dictionary<string, object?>());

    private static ReceivedMetric Metric(string series, double value) => new("", "janus.a", series, "", value, null);
}

using System.Diagnostics;
using Janus.Web.Api;

namespace Janus.Tests.Traces;

public sealed class CircuitTraceTests : IDisposable
{
    private readonly FinishedSpans _spans = new();

    [Fact]
    public void A_command_of_a_circuit_begins_a_trace_of_its_own_and_hangs_on_no_connection()
    {
        Activity.Current = null;
        using var connection = new Activity("/_blazor").Start();
        using var click = CircuitTraces.Command("plan");

        click.ShouldNotBeNull();
        (click.DisplayName, click.ParentSpanId, click.TraceId == connection.TraceId).ShouldBe(("click plan", default, false));
        click.GetTagItem("janus.command").ShouldBe("plan");
    }

    [Fact]
    public void A_command_of_a_request_that_is_traced_belongs_to_it()
    {
        using var click = CircuitTraces.Command("plan");
        click!.ParentSpanId.ShouldBe(_spans.Request.SpanId);
    }

    [Fact]
    public void What_a_page_reads_by_itself_is_not_traced_here_or_anywhere_below()
    {
        CircuitTraces.Reading().ShouldBeNull("a request for a page is traced with what it reads");

        Activity.Current = null;
        using var reading = CircuitTraces.Reading();
        reading.ShouldNotBeNull();
        (reading.Recorded, reading.Id![^2..]).ShouldBe((false, "00"));
    }

    public void Dispose() => _spans.Dispose();
}

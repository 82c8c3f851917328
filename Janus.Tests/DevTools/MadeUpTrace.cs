using System.Diagnostics;
using Janus.DevTools.Traces.Receiving;

namespace Janus.Tests.DevTools;

/// <summary>Spans of a trace that nobody recorded; its times are milliseconds after its start.</summary>
internal sealed class MadeUpTrace(string id = "4bf92f3577b34da6a3ce929d0e0e4736", long startMilliseconds = 1_770_000_000_000)
{
    private readonly List<ReceivedSpan> _spans = [];

    public IReadOnlyList<ReceivedSpan> Spans => _spans;

    public string Id => id;

    /// <summary>Adds a span; ids are filled up to the length of real ones.</summary>
    public MadeUpTrace Add(
        string spanId, string? parentId, string name, string service, double from, double took, params (string Name, object Value)[] attributes)
    {
        _spans.Add(new ReceivedSpan
        {
            TraceId = id,
            SpanId = Span(spanId),
            ParentSpanId = parentId is null ? null : Span(parentId),
            Name = name,
            Service = service,
            StartNanoseconds = Time(from),
            EndNanoseconds = Time(from + took),
            Attributes = attributes.ToDictionary(pair => pair.Name, pair => (object?)pair.Value),
        });
        return this;
    }

    /// <summary>Lets the last span fail.</summary>
    public MadeUpTrace Failing(string? description) => Change(span => span with { Status = ActivityStatusCode.Error, StatusDescription = description });

    /// <summary>Lets the last span link to another.</summary>
    public MadeUpTrace Linking(string spanId, string? traceId = null) =>
        Change(span => span with { Links = [.. span.Links, new ReceivedLink(traceId ?? id, Span(spanId), new Dictionary<string, object?>())] });

    /// <summary>Lets something happen within the last span.</summary>
    public MadeUpTrace Happening(string name, double at, params (string Name, object Value)[] attributes) => Change(span => span with
    {
        Events = [.. span.Events, new ReceivedEvent(name, Time(at), attributes.ToDictionary(pair => pair.Name, pair => (object?)pair.Value))],
    });

    /// <summary>A log line of the trace.</summary>
    public ReceivedLog Line(string spanId, double at, string body, int severityNumber = 13, string severity = "Warning") =>
        new(Time(at), "contentworker", "Janus.Tests", severityNumber, severity, body, id, Span(spanId), new Dictionary<string, object?>());

    public static string Span(string spanId) => spanId.PadRight(16, '0');

    private long Time(double milliseconds) => (startMilliseconds * 1_000_000) + (long)(milliseconds * 1_000_000);

    private MadeUpTrace Change(Func<ReceivedSpan, ReceivedSpan> change)
    {
        _spans[^1] = change(_spans[^1]);
        return this;
    }
}

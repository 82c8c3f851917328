using Google.Protobuf;
using Janus.DevTools.Traces.Receiving.Otlp;

namespace Janus.Tests.DevTools;

/// <summary>Bodies of the protocol, made by hand.</summary>
internal static class TraceBodies
{
    /// <summary>One span in a trace of its own.</summary>
    public static byte[] Request(string name) => new TraceRequest
    {
        ResourceSpans =
        {
            new ResourceSpans
            {
                ScopeSpans =
                {
                    new ScopeSpans
                    {
                        Spans =
                        {
                            new Span
                            {
                                Name = name,
                                TraceId = ByteString.CopyFrom(Guid.NewGuid().ToByteArray()),
                                SpanId = ByteString.CopyFrom(1, 2, 3, 4, 5, 6, 7, 8),
                                Attributes = { Attribute("a", "b") },
                                Status = new Status { Code = 2, Message = "why" },
                                Links = { new Link { TraceId = ByteString.CopyFrom(new byte[16]), SpanId = ByteString.CopyFrom(new byte[8]) } },
                            },
                        },
                    },
                },
            },
        },
    }.ToByteArray();

    /// <summary>One log line.</summary>
    public static byte[] Lines() => new LogRequest
    {
        ResourceLogs = { new ResourceLogs { ScopeLogs = { new ScopeLogs { LogRecords = { new LogRecord { Body = new AnyValue { StringValue = "said" } } } } } } },
    }.ToByteArray();

    /// <summary>One histogram.</summary>
    public static byte[] Numbers() => new MetricRequest
    {
        ResourceMetrics =
        {
            new ResourceMetrics
            {
                ScopeMetrics =
                {
                    new ScopeMetrics
                    {
                        Metrics =
                        {
                            new Metric
                            {
                                Name = "janus.a",
                                Histogram = new Histogram { Points = { new HistogramPoint { Count = 3, Sum = 0.5, Attributes = { Attribute("kind", "text") } } } },
                            },
                        },
                    },
                },
            },
        },
    }.ToByteArray();

    private static KeyValue Attribute(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };
}

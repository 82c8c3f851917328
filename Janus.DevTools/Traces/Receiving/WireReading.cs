using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Janus.DevTools.Traces.Receiving.Otlp;

namespace Janus.DevTools.Traces.Receiving;

/// <summary>Turns the messages of the wire into records.</summary>
internal static class WireReading
{
    private const string ServiceName = "service.name";

    /// <summary>The spans of a request. A span without ids belongs to nothing and is left out, as the protocol wants it.</summary>
    public static IEnumerable<ReceivedSpan> Spans(TraceRequest request) =>
        from resource in request.ResourceSpans
        let service = Service(resource.Resource)
        from scope in resource.ScopeSpans
        from span in scope.Spans
        where span.TraceId.Length == 16 && span.SpanId.Length == 8
        select Read(span, service, scope.Scope?.Name ?? "");

    /// <summary>The lines of a request.</summary>
    public static IEnumerable<ReceivedLog> Logs(LogRequest request) =>
        from resource in request.ResourceLogs
        let service = Service(resource.Resource)
        from scope in resource.ScopeLogs
        from line in scope.LogRecords
        select new ReceivedLog(
            Nanoseconds.Of(line.TimeUnixNano == 0 ? line.ObservedTimeUnixNano : line.TimeUnixNano),
            service,
            scope.Scope?.Name ?? "",
            line.SeverityNumber,
            line.SeverityText,
            AttributeText.Of(Value(line.Body)) ?? "",
            Id(line.TraceId),
            Id(line.SpanId),
            Attributes(line.Attributes));

    /// <summary>The values of a request; kinds of metrics that nobody of ours uses are left out.</summary>
    public static IEnumerable<ReceivedMetric> Metrics(MetricRequest request) =>
        from resource in request.ResourceMetrics
        let service = Service(resource.Resource)
        from scope in resource.ScopeMetrics
        from metric in scope.Metrics
        from point in Points(metric)
        select new ReceivedMetric(service, metric.Name, Series(point.Attributes), metric.Unit, point.Value, point.Count);

    private static ReceivedSpan Read(Span span, string service, string scope) => new()
    {
        TraceId = Id(span.TraceId)!,
        SpanId = Id(span.SpanId)!,
        ParentSpanId = Id(span.ParentSpanId),
        Name = span.Name,
        // The protocol counts from 1; 0 means unspecified, which it wants read as internal.
        Kind = span.Kind is >= 1 and <= 5 ? (ActivityKind)(span.Kind - 1) : ActivityKind.Internal,
        Service = service,
        Scope = scope,
        StartNanoseconds = Nanoseconds.Of(span.StartTimeUnixNano),
        EndNanoseconds = Nanoseconds.Of(span.EndTimeUnixNano),
        Status = span.Status?.Code switch { 1 => ActivityStatusCode.Ok, 2 => ActivityStatusCode.Error, _ => ActivityStatusCode.Unset },
        StatusDescription = span.Status?.Message is { Length: > 0 } message ? message : null,
        Attributes = Attributes(span.Attributes),
        Events = [.. span.Events.Select(happened => new ReceivedEvent(happened.Name, Nanoseconds.Of(happened.TimeUnixNano), Attributes(happened.Attributes)))],
        Links = [.. span.Links.Select(link => new ReceivedLink(Id(link.TraceId) ?? "", Id(link.SpanId) ?? "", Attributes(link.Attributes)))],
    };

    private static IEnumerable<Point> Points(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.Points.Select(Number),
        Metric.DataOneofCase.Sum => metric.Sum.Points.Select(Number),
        Metric.DataOneofCase.Histogram => metric.Histogram.Points.Select(point => new Point(point.Sum, (long)point.Count, point.Attributes)),
        _ => [],
    };

    private static Point Number(NumberPoint point) => new(
        point.ValueCase == NumberPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble, Count: null, point.Attributes);

    private static string Series(RepeatedField<KeyValue> attributes) => string.Join(
        ' ', Attributes(attributes).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={AttributeText.Of(pair.Value)}"));

    private static string Service(Resource? resource) =>
        resource?.Attributes.FirstOrDefault(attribute => attribute.Key == ServiceName)?.Value?.StringValue ?? "";

    private static string? Id(ByteString id) => id.IsEmpty ? null : Convert.ToHexStringLower(id.Span);

    private static Dictionary<string, object?> Attributes(RepeatedField<KeyValue> attributes)
    {
        var read = new Dictionary<string, object?>(attributes.Count, StringComparer.Ordinal);
        foreach (var attribute in attributes)
            read[attribute.Key] = Value(attribute.Value);
        return read;
    }

    private static object? Value(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue,
        AnyValue.ValueOneofCase.IntValue => value.IntValue,
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue,
        AnyValue.ValueOneofCase.BytesValue => value.BytesValue.ToByteArray(),
        AnyValue.ValueOneofCase.ArrayValue => value.ArrayValue.Values.Select(Value).ToArray(),
        AnyValue.ValueOneofCase.KvlistValue => Attributes(value.KvlistValue.Values),
        _ => null,
    };

    private sealed record Point(double Value, long? Count, RepeatedField<KeyValue> Attributes);
}

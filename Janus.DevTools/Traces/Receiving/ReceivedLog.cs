namespace Janus.DevTools.Traces.Receiving;

/// <summary>A log line as it came over the wire.</summary>
/// <param name="TimeNanoseconds">When it was written, in nanoseconds since 1970 (UTC).</param>
/// <param name="Service">The service that sent it.</param>
/// <param name="Category">Who wrote it: the logger's name.</param>
/// <param name="SeverityNumber">From 1 (trace) over 9 (information), 13 (warning) and 17 (error) to 24; 0 when unknown.</param>
/// <param name="Severity">The severity's word.</param>
/// <param name="Body">What it says.</param>
/// <param name="TraceId">The trace in which it was written, or null.</param>
/// <param name="SpanId">The span in which it was written, or null.</param>
/// <param name="Attributes">Its attributes, as those of a span.</param>
internal sealed record ReceivedLog(
    long TimeNanoseconds,
    string Service,
    string Category,
    int SeverityNumber,
    string Severity,
    string Body,
    string? TraceId,
    string? SpanId,
    IReadOnlyDictionary<string, object?> Attributes);

/// <summary>The latest value of one series of a metric.</summary>
/// <param name="Service">The service that sent it.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Series">Its attributes as <c>name=value</c>, in the order of their names.</param>
/// <param name="Unit">The unit, such as <c>s</c> or <c>{retry}</c>.</param>
/// <param name="Value">The number; of a histogram the sum.</param>
/// <param name="Count">How many measurements a histogram holds; null for other metrics.</param>
internal sealed record ReceivedMetric(string Service, string Name, string Series, string Unit, double Value, long? Count);

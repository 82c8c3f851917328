using System.Diagnostics;

namespace OpenTelemetry.Instrumentation.Http;

/// <summary>How client spans are recorded.</summary>
public class HttpClientTraceInstrumentationOptions
{
    /// <summary>Adds to a client span when its request is about to be sent; null means nothing to add.</summary>
    public Action<Activity, HttpRequestMessage>? EnrichWithHttpRequestMessage { get; set; }
}

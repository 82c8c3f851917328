using Microsoft.AspNetCore.Http;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>How server spans are recorded.</summary>
public class AspNetCoreTraceInstrumentationOptions
{
    /// <summary>Says which requests are recorded; null means all. A filter that throws leaves the request out.</summary>
    public Func<HttpContext, bool>? Filter { get; set; }
}

using Microsoft.AspNetCore.Http;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>How server spans are recorded.</summary>
public class AspNetCoreTraceInstrumentationOptions
{
    /// <summary>Says which requests are recorded; null means all. A filter that throws leaves the request out.</summary>
    public Func<HttpContext, bool>? Filter { get; set; }

    /// <summary>Whether hub invocations are spans. They never are here; the package's own default is true.</summary>
    public bool EnableAspNetCoreSignalRSupport { get; set; }

    /// <summary>Whether circuits, routes and events of components are spans. They never are here; the package's own default is true.</summary>
    public bool EnableRazorComponentsSupport { get; set; }
}

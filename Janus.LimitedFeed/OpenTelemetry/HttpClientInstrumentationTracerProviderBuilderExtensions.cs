using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation;
using OpenTelemetry.Instrumentation.Http;

namespace OpenTelemetry.Trace;

/// <summary>Client spans, which System.Net.Http writes whole since .NET 9; only enrichment is added here.</summary>
public static class HttpClientInstrumentationTracerProviderBuilderExtensions
{
    /// <summary>Records a client span for every physical request of an HttpClient.</summary>
    public static TracerProviderBuilder AddHttpClientInstrumentation(
        this TracerProviderBuilder builder, Action<HttpClientTraceInstrumentationOptions>? configureHttpClientTraceInstrumentationOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureServices(services => services.Configure(configureHttpClientTraceInstrumentationOptions ?? (_ => { })));
        return builder
            .AddSource("System.Net.Http")
            .AddInstrumentation(services =>
            {
                var options = services.GetRequiredService<IOptions<HttpClientTraceInstrumentationOptions>>().Value;
                return new DiagnosticSubscription("HttpHandlerDiagnosticListener", (name, payload) => Enrich(options, name, payload));
            });
    }

    private static void Enrich(HttpClientTraceInstrumentationOptions options, string name, object? payload)
    {
        if (name == "System.Net.Http.HttpRequestOut.Start"
            && Activity.Current is { IsAllDataRequested: true } span
            && DiagnosticSubscription.Property<HttpRequestMessage>(payload, "Request") is { } request)
        {
            options.EnrichWithHttpRequestMessage?.Invoke(span, request);
        }
    }
}

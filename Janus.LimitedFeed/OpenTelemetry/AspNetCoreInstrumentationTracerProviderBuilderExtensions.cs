using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace OpenTelemetry.Trace;

/// <summary>Server spans.</summary>
public static class AspNetCoreInstrumentationTracerProviderBuilderExtensions
{
    private const string Source = "Microsoft.AspNetCore";

    /// <summary>Records a server span for every request that the filter lets through.</summary>
    public static TracerProviderBuilder AddAspNetCoreInstrumentation(
        this TracerProviderBuilder builder, Action<AspNetCoreTraceInstrumentationOptions>? configureAspNetCoreTraceInstrumentationOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureServices(services => services.Configure(configureAspNetCoreTraceInstrumentationOptions ?? (_ => { })));
        return builder
            .AddSource(Source)
            .AddInstrumentation(services =>
            {
                var options = services.GetRequiredService<IOptions<AspNetCoreTraceInstrumentationOptions>>().Value;
                return new DiagnosticSubscription(Source, new ServerSpanWriter(options.Filter).Write);
            });
    }
}

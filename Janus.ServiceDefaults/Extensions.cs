using Janus.ServiceDefaults.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every service of Janus shares: telemetry, health endpoints, service addresses, and a life that ends with its parent's.</summary>
public static class Extensions
{
    internal const string HealthEndpointPath = "/health";
    private const string AlivenessEndpointPath = "/alive";
    private const string CircuitPath = "/_blazor";
    private const string Live = "live";
    private const string OurNames = "Janus.*";

    // The connection of a circuit lasts as long as its page is open.
    private static readonly string[] NotTraced = [HealthEndpointPath, AlivenessEndpointPath, CircuitPath];

    private static readonly HttpRequestOptionsKey<int> ResendCount = new("http.request.resend_count");

    /// <summary>
    /// Adds all of it. HTTP clients find services by name but get no resilience handler, which would also send calls again
    /// that cost money: a client that may be repeated asks for <c>AddStandardResilienceHandler</c> itself.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();
        builder.AddStopWithParent();
        ServerAddresses.Check(builder);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        return builder;
    }

    /// <summary>
    /// Records logs with their scopes, the meters and the sources of Janus and of the frameworks below it, and exports them to where
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or the variable of one signal, says; the other <c>OTEL_*</c> variables of the specification are honoured too.
    /// Without an endpoint nothing listens, so nothing is recorded and nothing of it costs anything.
    /// An HTTP request that carries the option <c>http.request.resend_count</c> (an int) has it on its span.
    /// </summary>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        // The frameworks say each statement, each request and each try of one at Information; spans and meters say them better.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            .AddFilter("System.Net.Http.HttpClient", LogLevel.Warning)
            .AddFilter("Polly", LogLevel.Warning);
        if (!TelemetryExport.IsAsked(builder.Configuration))
            return builder;

        builder.AddTelemetryExport();
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("Microsoft.EntityFrameworkCore", OurNames))
            .WithTracing(tracing => tracing
                .AddSource(OurNames)
                .AddAspNetCoreInstrumentation(server =>
                {
                    server.Filter = context => !Array.Exists(NotTraced, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
                    // A span for each thing that happens on an open page would bury the rest; a person's commands are traces of their own.
                    server.EnableAspNetCoreSignalRSupport = false;
                    server.EnableRazorComponentsSupport = false;
                })
                .AddHttpClientInstrumentation(client => client.EnrichWithHttpRequestMessage = (span, request) =>
                {
                    if (request.Options.TryGetValue(ResendCount, out var count))
                        span.SetTag(ResendCount.Key, count);
                }));
        return builder;
    }

    /// <summary>Adds a check that is healthy whenever the process can answer. Services add theirs beside it with <c>AddHealthChecks()</c>.</summary>
    public static TBuilder AddDefaultHealthChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (every check: ready for work) and <c>/alive</c> (only the checks tagged <c>live</c>: a restart would help
    /// if one failed), in every environment, because both hosts wait for them. They answer with one word, 200 or 503, and are left out of traces.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks(HealthEndpointPath).AllowAnonymous().DisableRateLimiting();
        app.MapHealthChecks(AlivenessEndpointPath, new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) }).AllowAnonymous().DisableRateLimiting();
        return app;
    }
}

using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace Microsoft.Extensions.Hosting;

/// <summary>Where telemetry goes, whose it is, and how soon it leaves.</summary>
internal static class TelemetryExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string CaptureContent = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    private static readonly string[] Endpoints =
        [Endpoint, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"];

    /// <summary>Whether somebody wants telemetry.</summary>
    public static bool IsAsked(IConfiguration configuration) => AddressIn(configuration) is not null;

    /// <summary>Adds the exporter, the resource, and what tells of trouble and empties the queues at the end.</summary>
    public static void AddTelemetryExport(this IHostApplicationBuilder builder)
    {
        // A killed process takes the spans of its queue with it: an eighth of a second of them instead of five.
        Default(builder.Configuration, "OTEL_BSP_SCHEDULE_DELAY", "125");
        Default(builder.Configuration, "OTEL_BLRP_SCHEDULE_DELAY", "1000");
        // A receiver refuses a request of more than 4 MB as a whole, and a span with prompt and answer may have over 100 kB.
        if (string.Equals(builder.Configuration[CaptureContent], "true", StringComparison.OrdinalIgnoreCase))
            Default(builder.Configuration, "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "16");

        var name = builder.Environment.ApplicationName;
        var version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        builder.Services.AddHostedService<TelemetryFlush>();
        builder.Services.AddHostedService<ExportTrouble>();
        builder.Services.AddOpenTelemetry()
            // What the variables say goes before what is known without them.
            .ConfigureResource(resource => resource.AddService(name, serviceVersion: version).AddEnvironmentVariableDetector())
            .UseOtlpExporter();
    }

    /// <summary>The endpoint that is configured; null when there is none.</summary>
    public static string? AddressIn(IConfiguration configuration) =>
        Endpoints.Select(name => configuration[name]).FirstOrDefault(address => !string.IsNullOrWhiteSpace(address));

    private static void Default(IConfigurationManager configuration, string name, string value)
    {
        if (string.IsNullOrWhiteSpace(configuration[name]))
            configuration[name] = value;
    }
}

using System.Diagnostics.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Says once that telemetry does not get out. The exporter tells only an event source, which nobody reads, and a line for every export that fails
/// would be several a second.
/// </summary>
internal sealed partial class ExportTrouble(IConfiguration configuration, ILogger<ExportTrouble> logger) : EventListener, IHostedService
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    private int _said;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporter)
            EnableEvents(eventSource, EventLevel.Warning);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventSource.Name == Exporter && Interlocked.Exchange(ref _said, 1) == 0)
            LogTrouble(logger, TelemetryExport.AddressIn(configuration), eventData.EventName);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telemetry does not get out to {Endpoint} ({Event}). Janus goes on without it; this is said once.")]
    private static partial void LogTrouble(ILogger logger, string? endpoint, string? @event);
}

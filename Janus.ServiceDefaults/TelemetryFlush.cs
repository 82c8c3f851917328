using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Empties the queues of telemetry once everything else has stopped, all at once and within a limit: one after the other, each would wait five
/// seconds for a receiver that does not answer, and the host kills a service that takes that long.
/// </summary>
internal sealed class TelemetryFlush(IServiceProvider services) : IHostedLifecycleService
{
    private const int LimitMs = 2_000;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => services.GetService<TracerProvider>()?.Shutdown(LimitMs), CancellationToken.None),
        Task.Run(() => services.GetService<MeterProvider>()?.Shutdown(LimitMs), CancellationToken.None),
        Task.Run(() => services.GetService<LoggerProvider>()?.Shutdown(LimitMs), CancellationToken.None));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

using System.Data.Common;
using System.Diagnostics.Metrics;
using Janus.Campaigns.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Janus.Campaigns.Steps;

/// <summary>
/// How deep the queue is and how long its oldest step has waited. It is read on a timer of its own, and only while somebody listens, so that an
/// exporter never waits for the database: what it gets is at most some seconds old. Every worker tells of the one queue, so take the greatest.
/// </summary>
public sealed partial class QueueGauges : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Meter _meter = new("Janus.Campaigns.Steps");
    private readonly ObservableGauge<long> _depth;
    private readonly StepQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private QueueLoad? _load;

    /// <summary>Makes the instruments.</summary>
    public QueueGauges(StepQueue queue, TimeProvider time, ILogger<QueueGauges> log)
    {
        (_queue, _time, _log) = (queue, time, log);
        _depth = _meter.CreateObservableGauge("janus.generation.queue.depth", Depth, "{step}", "Steps that are ready to be claimed.");
        _meter.CreateObservableGauge("janus.generation.oldest_step.age", Age, "s", "How long the oldest claimable step has waited; 0 when none does.");
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <summary>Whether a meter is this one's own; others have the same name.</summary>
    internal bool Owns(Meter meter) => ReferenceEquals(meter, _meter);

    /// <summary>Reads the queue once.</summary>
    internal async Task ReadAsync(CancellationToken cancellationToken) => Volatile.Write(ref _load, await _queue.LoadAsync(cancellationToken));

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        do
        {
            if (!_depth.Enabled)
                continue;
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DatabaseBusyException or DbException)
            {
                // What was read before stands; an age goes on growing by itself.
                NotRead(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<long>> Depth() => Volatile.Read(ref _load) is { } load ? [new(load.Ready)] : [];

    private IEnumerable<Measurement<double>> Age() => Volatile.Read(ref _load) is { } load
        ? [new(load.OldestReady is { } since ? Math.Max(0, (_time.GetUtcNow() - since).TotalSeconds) : 0)]
        : [];

    [LoggerMessage(1, LogLevel.Debug, "The queue could not be read for its gauges")]
    private partial void NotRead(Exception exception);
}

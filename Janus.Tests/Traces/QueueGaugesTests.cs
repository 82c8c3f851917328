using System.Diagnostics.Metrics;
using Janus.Campaigns.Steps;
using Janus.Tests.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Janus.Tests.Traces;

public sealed class QueueGaugesTests
{
    [Fact]
    public async Task The_queue_is_told_from_what_was_read_before_and_an_age_grows_by_itself()
    {
        await using var engine = await TestEngine.StartAsync();
        using var gauges = new QueueGauges(engine.Queue, engine.Time, NullLogger<QueueGauges>.Instance);
        var measured = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (gauges.Owns(instrument.Meter))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.Start();

        listener.RecordObservableInstruments();
        measured.ShouldBeEmpty();

        await engine.PlanAsync(posts: 3);
        await gauges.ReadAsync(CancellationToken.None);
        engine.Time.Shift += TimeSpan.FromMinutes(2);
        listener.RecordObservableInstruments();
        measured["janus.generation.queue.depth"].ShouldBe(3);
        measured["janus.generation.oldest_step.age"].ShouldBeInRange(120, 180);

        await engine.ClaimAsync();
        await gauges.ReadAsync(CancellationToken.None);
        listener.RecordObservableInstruments();
        measured.ShouldBe(new Dictionary<string, double> { ["janus.generation.queue.depth"] = 0, ["janus.generation.oldest_step.age"] = 0 }, ignoreOrder: true);
    }
}

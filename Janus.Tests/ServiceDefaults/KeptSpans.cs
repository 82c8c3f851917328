using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace Janus.Tests.ServiceDefaults;

/// <summary>Keeps every exported span. Sources are heard across a whole process, so a test asks for the spans of its own trace.</summary>
internal sealed class KeptSpans : BaseExporter<Activity>
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly SemaphoreSlim _arrived = new(0);

    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _spans.Where(span => span.TraceId == trace)];

    /// <summary>Waits for the span of a server's request: a client has its answer before the server has ended its span.</summary>
    public async Task<Activity> ServerSpanAsync(ActivityTraceId trace)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (Of(trace).SingleOrDefault(span => span.Kind == ActivityKind.Server) is { } found)
                return found;
            await _arrived.WaitAsync(deadline.Token);
        }
    }

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
            _spans.Enqueue(span);
        _arrived.Release();
        return ExportResult.Success;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _arrived.Dispose();
    }
}

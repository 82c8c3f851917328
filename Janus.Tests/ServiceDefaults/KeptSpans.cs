using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace Janus.Tests.ServiceDefaults;

/// <summary>Keeps every exported span. Sources are heard across a whole process, so a test asks for the spans of its own trace.</summary>
internal sealed class KeptSpans : BaseExporter<Activity>
{
    private readonly ConcurrentQueue<Activity> _spans = new();

    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _spans.Where(span => span.TraceId == trace)];

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
            _spans.Enqueue(span);
        return ExportResult.Success;
    }
}

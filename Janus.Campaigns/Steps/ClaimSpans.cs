using System.Diagnostics;

namespace Janus.Campaigns.Steps;

/// <summary>
/// The short <c>claim generation_step</c> spans of one claiming transaction. They begin inside it, because the attempt's row
/// holds their ids; those of a try that a lock refused are dropped, and the others end with the commit. A killed worker
/// therefore always leaves its claim span behind, which the next attempt links to.
/// </summary>
internal sealed class ClaimSpans : IDisposable
{
    private static readonly ActivitySource Source = new("Janus.Campaigns.Steps");
    private readonly List<Activity> _started = [];

    public Activity? Start(string campaignId, GenerationStep step, string? previousSpanId)
    {
        if (!ActivityContext.TryParse(step.TraceParent, step.TraceState, isRemote: true, out var parent))
            return null;

        ActivityLink[] links = previousSpanId is null
            ? []
            : [new ActivityLink(new ActivityContext(parent.TraceId, ActivitySpanId.CreateFromString(previousSpanId), parent.TraceFlags))];
        var current = Activity.Current;
        var span = Source.StartActivity("claim generation_step", ActivityKind.Internal, parent, links: links);
        Activity.Current = current;
        if (span is null)
            return null;

        span.SetTag("janus.campaign.id", campaignId).SetTag("janus.step.id", step.Id).SetTag("janus.step.attempt", step.Attempt);
        _started.Add(span);
        return span;
    }

    /// <summary>Drops what an earlier try of the transaction began.</summary>
    public void Restart()
    {
        foreach (var span in _started)
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            span.Dispose();
        }

        _started.Clear();
    }

    /// <summary>Ends the spans of the committed transaction.</summary>
    public void Finish()
    {
        var current = Activity.Current;
        foreach (var span in _started)
            span.Dispose();
        _started.Clear();
        Activity.Current = current;
    }

    /// <summary>Spans that were never finished belong to a transaction that was given up.</summary>
    public void Dispose() => Restart();
}

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

    /// <summary>Begins the span of a step's next attempt, linked to the claim of the attempt before.</summary>
    /// <param name="campaignId">The campaign's public id.</param>
    /// <param name="step">The step, with its new attempt's number.</param>
    /// <param name="previous">The W3C trace context of the claim before, or null.</param>
    public Activity? Start(string campaignId, GenerationStep step, string? previous)
    {
        if (!Source.HasListeners() || !ActivityContext.TryParse(step.TraceParent, step.TraceState, isRemote: true, out var parent))
            return null;

        ActivityLink[] links = ActivityContext.TryParse(previous, null, isRemote: true, out var before) ? [new ActivityLink(before)] : [];
        var current = Activity.Current;
        var span = Source.StartActivity(
            ActivityKind.Internal, parent, name: "claim generation_step", links: links,
            tags: [new("janus.campaign.id", campaignId), new("janus.step.id", step.Id), new("janus.step.attempt", step.Attempt)]);
        Activity.Current = current;
        if (span is not null)
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

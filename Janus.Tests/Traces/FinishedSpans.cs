using System.Collections.Concurrent;
using System.Diagnostics;

namespace Janus.Tests.Traces;

/// <summary>The finished spans of one trace, in this process. The trace begins with it, in a span that stands for a request.</summary>
internal sealed class FinishedSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _finished = [];
    private readonly ActivityListener _listener;

    public FinishedSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Janus.", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.Recorded)
                    _finished.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
        Request = Begin();
    }

    /// <summary>The span in which the test runs.</summary>
    public Activity Request { get; }

    /// <summary>All spans of the request's trace but itself.</summary>
    public IReadOnlyList<Activity> All => Of(Request.TraceId);

    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _finished.Where(span => span.TraceId == trace)];

    /// <summary>The spans that say that they are about a campaign.</summary>
    public IReadOnlyList<Activity> OfCampaign(string campaignId) =>
        [.. _finished.Where(span => (string?)span.GetTagItem("janus.campaign.id") == campaignId)];

    public IReadOnlyList<Activity> Named(string name) => [.. _finished.Where(span => span.DisplayName == name)];

    /// <summary>Begins another trace, as a request of its own does.</summary>
    public static Activity Begin()
    {
        Activity.Current = null;
        return new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.SetIdFormat(ActivityIdFormat.W3C).Start();
    }

    public void Dispose()
    {
        Request.Dispose();
        _listener.Dispose();
    }
}

using Janus.DevTools.Traces.Receiving;

namespace Janus.DevTools.Traces.Report;

/// <summary>Says at the end how much came, and what is not shown because there was no room.</summary>
internal static class CountsText
{
    /// <summary>One line for what came, one for each kind of loss.</summary>
    public static IEnumerable<string> Lines(ReceivedCounts counts)
    {
        yield return $"traces received {counts.Requests} requests, the longest of {counts.LargestRequest} bytes";
        if (counts.TooLongForDashboard > 0)
            yield return $"{counts.TooLongForDashboard} requests were longer than {ReceivedCounts.DashboardLimit} bytes: the Aspire dashboard would refuse them whole";
        if (counts.DroppedTraces > 0)
            yield return $"{counts.DroppedTraces} traces were dropped: there were more than are kept";
        if (counts.DroppedSpans > 0)
            yield return $"{counts.DroppedSpans} spans were dropped";
        if (counts.DroppedLogs > 0)
            yield return $"{counts.DroppedLogs} log lines were dropped";
        if (counts.DroppedMetrics > 0)
            yield return $"{counts.DroppedMetrics} values of metrics were dropped";
    }
}

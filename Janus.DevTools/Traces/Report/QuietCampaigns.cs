using Janus.DevTools.Traces.Receiving;
using Janus.DevTools.Traces.Trees;

namespace Janus.DevTools.Traces.Report;

/// <summary>
/// Says which campaigns can be shown: those of which something new has come and nothing more for a moment. Spans come in the order in which they
/// end, from several services, so that a trace shown at once would lack its beginning.
/// </summary>
/// <param name="received">What comes.</param>
/// <param name="quiet">How long nothing may have come of a campaign.</param>
/// <param name="time">The clock.</param>
internal sealed class QuietCampaigns(ReceivedTelemetry received, TimeSpan quiet, TimeProvider time)
{
    private readonly Dictionary<string, State> _states = new(StringComparer.Ordinal);

    /// <summary>Looks at what has come.</summary>
    /// <param name="isEnd">Whether nothing more will come, so that all is shown that was not shown yet.</param>
    /// <returns>The campaigns to show now, and how long to wait for the next one when nothing comes; infinite when there is none.</returns>
    public (IReadOnlyList<CampaignTraces> Due, TimeSpan Wait) Look(bool isEnd = false)
    {
        var wait = Timeout.InfiniteTimeSpan;
        List<CampaignTraces> due = [];
        HashSet<string> there = [];
        foreach (var campaign in CampaignTraces.Of(received.Spans))
        {
            var key = campaign.CampaignId ?? campaign.TraceIds[0];
            there.Add(key);
            var arrivals = campaign.TraceIds.Sum(received.ArrivalsOf);
            var state = _states.GetValueOrDefault(key) ?? new State(0, 0, 0);
            if (arrivals > state.Seen)
                _states[key] = state = state with { Seen = arrivals, ChangedAt = time.GetTimestamp() };
            if (state.Seen <= state.Shown)
                continue;

            var left = quiet - time.GetElapsedTime(state.ChangedAt);
            if (isEnd || left <= TimeSpan.Zero)
            {
                _states[key] = state with { Shown = state.Seen };
                due.Add(campaign);
            }
            else if (wait == Timeout.InfiniteTimeSpan || left < wait)
            {
                wait = left;
            }
        }

        foreach (var gone in _states.Keys.Except(there).ToList())
            _states.Remove(gone);
        return (due, wait);
    }

    /// <summary>How often something had come of a campaign when it was looked at and when it was shown, and when the last of it was seen.</summary>
    private sealed record State(long Seen, long Shown, long ChangedAt);
}

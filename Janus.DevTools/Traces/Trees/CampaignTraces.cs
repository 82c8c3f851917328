using Janus.DevTools.Traces.Receiving;

namespace Janus.DevTools.Traces.Trees;

/// <summary>The traces of one campaign: the one that made it and those of later commands; or one trace that belongs to no campaign.</summary>
/// <param name="CampaignId">The campaign's public id; null when the trace belongs to none.</param>
/// <param name="TraceIds">The traces, in the order in which they began.</param>
/// <param name="Trees">Their trees, in the same order.</param>
internal sealed record CampaignTraces(string? CampaignId, IReadOnlyList<string> TraceIds, IReadOnlyList<TraceTree> Trees)
{
    /// <summary>The spans of its moves from phase to phase, in their order.</summary>
    public IReadOnlyList<ReceivedSpan> Moves { get; } =
    [
        .. Trees.SelectMany(tree => tree.Nodes).Select(node => node.Span)
            .Where(span => span.Name == TraceAttributes.PhaseSpan).OrderBy(span => span.StartNanoseconds),
    ];

    /// <summary>Whether it has come to an end, good or bad: it has moved, and last not to where the worker is at work.</summary>
    public bool IsSettled => Moves.Count > 0 && Moves[^1].Text(TraceAttributes.PhaseTo) != TraceAttributes.WorkingPhase;

    /// <summary>Sorts spans by campaign, in the order in which the campaigns' first spans began.</summary>
    public static IReadOnlyList<CampaignTraces> Of(IReadOnlyList<ReceivedSpan> spans)
    {
        var traces = spans.GroupBy(span => span.TraceId)
            .Select(trace => new Trace(trace.Key, [.. trace], trace.Min(span => span.StartNanoseconds)))
            .OrderBy(trace => trace.Start).ToList();
        var campaigns = traces.ToDictionary(trace => trace.Id, trace => trace.Campaigns);
        // A command that names no campaign belongs to the one whose trace it links to.
        foreach (var trace in traces.Where(trace => trace.Campaigns.Count == 0))
            campaigns[trace.Id] = [.. trace.Linked.SelectMany(linked => campaigns.GetValueOrDefault(linked) ?? []).Distinct()];

        return
        [
            .. from trace in traces
               from key in campaigns[trace.Id] is { Count: > 0 } named ? named.Select(id => (Campaign: (string?)id, Trace: "")) : [(null, trace.Id)]
               group trace by key into found
               select new CampaignTraces(
                   found.Key.Campaign, [.. found.Select(trace => trace.Id)], [.. found.Select(trace => TraceTree.Of(trace.Spans))]),
        ];
    }

    private sealed record Trace(string Id, IReadOnlyList<ReceivedSpan> Spans, long Start)
    {
        public IReadOnlyList<string> Campaigns { get; } = [.. Spans.Select(span => span.Text(TraceAttributes.Campaign)).OfType<string>().Distinct()];

        public IEnumerable<string> Linked => Spans.SelectMany(span => span.Links).Select(link => link.TraceId).Distinct();
    }
}

using Janus.DevTools.Traces.Receiving;

namespace Janus.DevTools.Traces.Trees;

/// <summary>
/// Spans as a tree, children in the order in which they began. A span whose parent never came, because its process was killed before the
/// parent ended, is put where it belongs as well as that can be known: under the claim of its own attempt when it names one, else under the
/// trace's first span.
/// </summary>
internal sealed class TraceTree
{
    private TraceTree(IReadOnlyList<TraceNode> roots)
    {
        Roots = roots;
        Nodes = [.. DepthFirst(roots)];
        StartNanoseconds = Nodes.Count == 0 ? 0 : Nodes.Min(node => node.Span.StartNanoseconds);
        EndNanoseconds = Nodes.Count == 0 ? 0 : Nodes.Max(node => node.Span.EndNanoseconds);
    }

    /// <summary>The spans without a parent.</summary>
    public IReadOnlyList<TraceNode> Roots { get; }

    /// <summary>Every node, each before its children.</summary>
    public IReadOnlyList<TraceNode> Nodes { get; }

    /// <summary>When the first of them began.</summary>
    public long StartNanoseconds { get; }

    /// <summary>When the last of them ended.</summary>
    public long EndNanoseconds { get; }

    /// <summary>Builds the tree; spans of several traces give several roots.</summary>
    public static TraceTree Of(IEnumerable<ReceivedSpan> spans)
    {
        var nodes = spans.OrderBy(span => span.StartNanoseconds).ThenBy(span => span.SpanId, StringComparer.Ordinal)
            .Select(span => new TraceNode(span)).ToList();
        var byId = new Dictionary<(string, string), TraceNode>();
        foreach (var node in nodes)
            byId.TryAdd((node.Span.TraceId, node.Span.SpanId), node);

        foreach (var node in nodes)
            node.Parent = node.Span.ParentSpanId is { } parent ? byId.GetValueOrDefault((node.Span.TraceId, parent)) : null;
        BreakCircles(nodes);
        PlaceOrphans(nodes);

        foreach (var node in nodes)
            node.Parent?.Adopt(node);
        return new TraceTree([.. nodes.Where(node => node.Parent is null)]);
    }

    private static void PlaceOrphans(List<TraceNode> nodes)
    {
        var first = new Dictionary<string, TraceNode>(StringComparer.Ordinal);
        var claims = new Dictionary<(string, string, string?), TraceNode>();
        foreach (var node in nodes)
        {
            if (node.Span.ParentSpanId is null)
                first.TryAdd(node.Span.TraceId, node);
            if (node.Span.Name == TraceAttributes.ClaimSpan && AttemptOf(node) is { } attempt)
                claims.TryAdd(attempt, node);
        }

        foreach (var orphan in nodes.Where(node => node.Span.ParentSpanId is not null && node.Parent is null))
        {
            orphan.IsParentMissing = true;
            var claim = AttemptOf(orphan) is { } attempt ? claims.GetValueOrDefault(attempt) : null;
            orphan.Parent = claim is not null && !claim.IsWithin(orphan) ? claim : first.GetValueOrDefault(orphan.Span.TraceId);
        }
    }

    private static (string, string, string?)? AttemptOf(TraceNode node) =>
        node.Span.Text(TraceAttributes.Step) is { } step ? (node.Span.TraceId, step, node.Span.Text(TraceAttributes.Attempt)) : null;

    /// <summary>Parents that lead back to where they began are no parents.</summary>
    private static void BreakCircles(List<TraceNode> nodes)
    {
        var sound = new HashSet<TraceNode>();
        foreach (var node in nodes)
        {
            var path = new HashSet<TraceNode>();
            var step = node;
            while (step is not null && !sound.Contains(step) && path.Add(step))
                step = step.Parent;
            if (step is not null && !sound.Contains(step))
                step.Parent = null;
            sound.UnionWith(path);
        }
    }

    private static IEnumerable<TraceNode> DepthFirst(IReadOnlyList<TraceNode> roots)
    {
        var left = new Stack<TraceNode>(roots.Reverse());
        while (left.TryPop(out var node))
        {
            yield return node;
            foreach (var child in node.Children.Reverse())
            {
                child.Depth = node.Depth + 1;
                left.Push(child);
            }
        }
    }
}

/// <summary>A span and the spans below it.</summary>
internal sealed class TraceNode(ReceivedSpan span)
{
    private readonly List<TraceNode> _children = [];

    /// <summary>The span.</summary>
    public ReceivedSpan Span => span;

    /// <summary>The node above; null for a root.</summary>
    public TraceNode? Parent { get; internal set; }

    /// <summary>The nodes below, in the order in which their spans began.</summary>
    public IReadOnlyList<TraceNode> Children => _children;

    /// <summary>How many nodes are above.</summary>
    public int Depth { get; internal set; }

    /// <summary>Whether the span names a parent that never came.</summary>
    public bool IsParentMissing { get; internal set; }

    /// <summary>Whether this is the other node or below it.</summary>
    internal bool IsWithin(TraceNode other)
    {
        for (var step = this; step is not null; step = step.Parent)
        {
            if (step == other)
                return true;
        }

        return false;
    }

    internal void Adopt(TraceNode child) => _children.Add(child);
}

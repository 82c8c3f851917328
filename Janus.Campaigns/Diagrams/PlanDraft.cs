namespace Janus.Campaigns.Diagrams;

/// <summary>A node as described so far.</summary>
internal sealed record NodeDraft(int Line, string Id, string Title, string Description)
{
    /// <summary>The phase of the first description that stands in a usable one.</summary>
    public required PhaseName Phase { get; set; }
}

/// <summary>An edge as drawn, whatever its ends turn out to be.</summary>
internal readonly record struct EdgeDraft(int Line, string From, string To);

/// <summary>An id that stood alone in a statement. Mermaid takes this as "the node belongs here".</summary>
internal sealed class MentionDraft(int line)
{
    /// <summary>Where it stood first.</summary>
    public int Line => line;

    public PhaseSet Phases { get; set; }
}

/// <summary>Collects what the statements say, merges what they repeat, and keeps within the limits of a plan.</summary>
internal sealed class PlanDraft
{
    private const int Known = 0;

    private readonly Dictionary<string, NodeDraft> _nodes = [];
    private readonly Dictionary<string, MentionDraft> _mentions = [];
    private readonly HashSet<string> _refusedNodes = [];
    private readonly List<EdgeDraft> _edges = [];
    private readonly HashSet<(string From, string To)> _drawn = [];
    private readonly List<PlanRefusal> _refusals = [];
    private int _unlistedRefusals;

    /// <summary>The nodes in the order of their first description.</summary>
    public List<NodeDraft> Nodes { get; } = [];

    /// <summary>The distinct edges in the order in which they were drawn.</summary>
    public IReadOnlyList<EdgeDraft> Edges => _edges;

    public IReadOnlyDictionary<string, MentionDraft> Mentions => _mentions;

    /// <summary>Why the whole text is refused, once it has passed a limit.</summary>
    public string? TooLarge { get; private set; }

    /// <summary>Begins with nodes that the text may speak of without describing them.</summary>
    public void Know(IReadOnlyList<PlanNode> nodes)
    {
        foreach (var node in nodes)
            Nodes.Add(_nodes[node.Id] = new NodeDraft(Known, node.Id, node.Title, node.Description) { Phase = new PhaseName(node.Phase, Problem: null, IsWrong: false) });
    }

    public void Define(int line, string id, string title, string description, PhaseName phase)
    {
        if (PlanText.IsBlank(title))
            RefuseNode(line, id, "Its title is blank.");
        else if (_nodes.TryGetValue(id, out var known))
            Merge(known, line, title, description, phase);
        else if (Nodes.Count == PlanDiagram.MaximumNodes)
            TooLarge = $"A plan has at most {PlanDiagram.MaximumNodes} nodes.";
        else
            Nodes.Add(_nodes[id] = new NodeDraft(line, id, title, description) { Phase = phase });
    }

    public void Mention(int line, string id, PhaseName phase)
    {
        if (!_mentions.TryGetValue(id, out var mention))
            _mentions[id] = mention = new MentionDraft(line);
        mention.Phases = mention.Phases.With(phase.Number);
    }

    public void Connect(int line, List<string> from, List<string> to, EdgeKind kind)
    {
        foreach (var first in from)
        {
            foreach (var second in to)
            {
                if (kind == EdgeKind.Undirected)
                    Refuse(line, $"{first} --- {second}", "The line has no arrowhead, so it does not say which post comes first.");
                else
                    Connect(line, first, second);
                if (kind == EdgeKind.BothWays)
                    Connect(line, second, first);
                if (TooLarge is not null || (kind == EdgeKind.Undirected && _unlistedRefusals > 0))
                    return;
            }
        }
    }

    public void RefuseNode(int line, string id, string reason)
    {
        _refusedNodes.Add(id);
        Refuse(line, id, reason);
    }

    public bool IsRefused(string id) => _refusedNodes.Contains(id);

    public void Refuse(int line, string what, string reason)
    {
        if (_refusals.Count < PlanDiagram.MaximumRefusals - 1)
            _refusals.Add(new PlanRefusal(line, PlanText.Excerpt(what), reason));
        else
            _unlistedRefusals++;
    }

    /// <summary>The refusals by line; when there were too many to list, the last one says how many are missing.</summary>
    public IReadOnlyList<PlanRefusal> ListRefusals()
    {
        List<PlanRefusal> listed = [.. _refusals.OrderBy(refusal => refusal.Line)];
        if (_unlistedRefusals > 0)
            listed.Add(new PlanRefusal(listed[^1].Line, "…", $"{_unlistedRefusals} or more other things were refused."));
        return listed;
    }

    private void Connect(int line, string from, string to)
    {
        if (!_drawn.Add((from, to)))
            return;
        _edges.Add(new EdgeDraft(line, from, to));
        if (_edges.Count > PlanDiagram.MaximumConnections)
            TooLarge = $"A plan has at most {PlanDiagram.MaximumConnections} edges.";
    }

    private void Merge(NodeDraft known, int line, string title, string description, PhaseName phase)
    {
        if (title != known.Title || description != known.Description)
            Refuse(line, known.Id, known.Line == Known ? "It is a post that stays; its text is kept." : $"It was described on line {known.Line} already; that text is kept.");
        if (known.Phase.Number is null)
            known.Phase = phase.Number is null ? known.Phase : phase;
        else if (phase.Number is { } other && other != known.Phase.Number)
            Refuse(line, known.Id, $"It stands in Phase {known.Phase.Number} already; it stays there.");
    }
}

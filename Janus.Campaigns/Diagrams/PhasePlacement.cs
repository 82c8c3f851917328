namespace Janus.Campaigns.Diagrams;

/// <summary>
/// Finds the phase of each node, the first of these that speaks:
/// <list type="number">
/// <item>the subgraph in which it is described;</item>
/// <item>the subgraphs in which its id stands alone as a statement, if they name one phase only (Mermaid's own way to put a node
/// into a subgraph);</item>
/// <item>the nodes that an edge connects it with and that stand in a phase by one of the rules above, if they all stand in the
/// same one. What was found by this rule says nothing about the next node: a guess is not built on a guess.</item>
/// </list>
/// A node in a subgraph with a number that is no phase ("Phase 12") is never placed by the second or third rule.
/// </summary>
internal sealed class PhasePlacement
{
    private readonly Dictionary<string, int> _stated = [];
    private readonly Dictionary<string, PhaseSet> _neighbours = [];

    public PhasePlacement(PlanDraft draft)
    {
        foreach (var node in draft.Nodes)
        {
            if ((node.Phase.Number ?? MentionedIn(draft, node)) is { } phase)
                _stated.Add(node.Id, phase);
        }

        foreach (var edge in draft.Edges)
        {
            Tell(edge.From, edge.To);
            Tell(edge.To, edge.From);
        }
    }

    /// <summary>Finds the phase of a node, or says why it has none.</summary>
    public int? Find(NodeDraft node, out string? problem)
    {
        problem = null;
        if (_stated.TryGetValue(node.Id, out var stated))
            return stated;

        var neighbours = _neighbours.GetValueOrDefault(node.Id);
        if (!node.Phase.IsWrong && neighbours.Only is { } phase)
            return phase;
        problem = node.Phase.IsWrong ? $"Its subgraph is no phase. {node.Phase.Problem}."
            : neighbours.IsEmpty ? $"{InSubgraph(node)}, and no node that it is connected with stands in one."
            : $"{InSubgraph(node)}, and the nodes that it is connected with stand in several.";
        return null;
    }

    // The subgraph's own refusal has said what is wrong with its name.
    private static string InSubgraph(NodeDraft node) =>
        node.Phase == PhaseName.None ? "It stands in no phase" : "Its subgraph is no phase";

    private static int? MentionedIn(PlanDraft draft, NodeDraft node) =>
        !node.Phase.IsWrong && draft.Mentions.TryGetValue(node.Id, out var mention) ? mention.Phases.Only : null;

    private void Tell(string id, string neighbour)
    {
        if (_stated.TryGetValue(neighbour, out var phase))
            _neighbours[id] = _neighbours.GetValueOrDefault(id).With(phase);
    }
}

namespace Janus.Campaigns.Diagrams;

/// <summary>Makes a plan of a draft: gives every node its phase, and keeps the edges whose both ends are in the plan.</summary>
internal static class PlanAssembly
{
    public static PlanDiagram Assemble(PlanDraft draft)
    {
        var nodes = PlaceNodes(draft);
        RefuseUnknownMentions(draft);
        var connections = KeepEdges(draft, nodes.Select(node => node.Id).ToHashSet());
        return new PlanDiagram([.. nodes.OrderBy(node => node.Phase)], connections, draft.ListRefusals());
    }

    private static List<PlanNode> PlaceNodes(PlanDraft draft)
    {
        List<PlanNode> nodes = [];
        var placement = new PhasePlacement(draft);
        foreach (var node in draft.Nodes)
        {
            if (placement.Find(node, out var problem) is { } phase)
                nodes.Add(new PlanNode(node.Id, node.Title, node.Description, phase));
            else
                draft.RefuseNode(node.Line, node.Id, problem ?? "It stands in no phase.");
        }

        return nodes;
    }

    private static void RefuseUnknownMentions(PlanDraft draft)
    {
        var described = draft.Nodes.Select(node => node.Id).ToHashSet();
        foreach (var (id, mention) in draft.Mentions)
        {
            if (!described.Contains(id) && !draft.IsRefused(id))
                draft.RefuseNode(mention.Line, id, "It has no title and no description.");
        }
    }

    private static List<PlanConnection> KeepEdges(PlanDraft draft, HashSet<string> known)
    {
        List<PlanConnection> connections = [];
        foreach (var edge in draft.Edges)
        {
            var missing = !known.Contains(edge.From) ? edge.From : edge.To;
            var reason = edge.From == edge.To ? "A post cannot follow itself."
                : known.Contains(missing) ? null
                : draft.IsRefused(missing) ? $"The node {missing} was refused."
                : $"There is no node {missing}.";
            if (reason is null)
                connections.Add(new PlanConnection(edge.From, edge.To));
            else
                draft.Refuse(edge.Line, $"{edge.From} --> {edge.To}", reason);
        }

        return connections;
    }
}

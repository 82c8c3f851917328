using Janus.Campaigns.Diagrams;

namespace Janus.Tests.Diagrams;

/// <summary>The words in which the tests of this folder speak of diagrams.</summary>
internal static class Plans
{
    /// <summary>A described node.</summary>
    public static string Node(string id, string? title = null) =>
        $"{id}[<title>{title ?? $"Title {id}"}</title><description>About {id}</description>]";

    /// <summary>A diagram with A in Phase 1, B in Phase 2 and C in Phase 3, and more statements behind them.</summary>
    public static string Abc(string more = "") =>
        $"graph TB\nsubgraph Phase 1\n{Node("A")}\nend\nsubgraph Phase 2\n{Node("B")}\nend\nsubgraph Phase 3\n{Node("C")}\nend\n{more}\n";

    /// <summary>A diagram whose only node A stands in a subgraph with this header.</summary>
    public static PlanDiagram InSubgraph(string header) => PlanDiagram.Parse($"graph TB\nsubgraph {header}\n{Node("A")}\nend");

    /// <summary>A diagram whose only node is written like this, in Phase 1.</summary>
    public static PlanDiagram InPhase1(string node) => PlanDiagram.Parse($"graph TB\nsubgraph Phase 1\n{node}\nend");

    public static string[] Edges(this PlanDiagram diagram) => [.. diagram.Connections.Select(edge => $"{edge.From}>{edge.To}")];

    public static string[] Ids(this PlanDiagram diagram) => [.. diagram.Nodes.Select(node => node.Id)];

    /// <summary>The edges of <see cref="Abc"/> with these statements, of which nothing may be refused.</summary>
    public static string[] EdgesOf(string statements)
    {
        var diagram = PlanDiagram.Parse(Abc(statements));
        diagram.Refusals.ShouldBeEmpty();
        return diagram.Edges();
    }

    /// <summary>The one refusal of <see cref="Abc"/> with these statements.</summary>
    public static PlanRefusal RefusalOf(string statements) => PlanDiagram.Parse(Abc(statements)).Refusals.ShouldHaveSingleItem();
}

namespace Janus.Campaigns.Diagrams;

/// <summary>
/// A campaign's plan as it was read from a Mermaid diagram: posts in three phases and the order in which they follow each other.
/// Two diagrams are equal when their lists hold equal members in the same order.
/// </summary>
/// <param name="Nodes">The posts, Phase 1 first, and within a phase in the order of their first appearance. Ids are unique.</param>
/// <param name="Connections">The edges in the order of their first appearance. Both ends are among the nodes; no edge stands twice; cycles are kept.</param>
/// <param name="Refusals">What the text held and the plan does not, by line; at most <see cref="MaximumRefusals"/>.</param>
public sealed record PlanDiagram(
    IReadOnlyList<PlanNode> Nodes, IReadOnlyList<PlanConnection> Connections, IReadOnlyList<PlanRefusal> Refusals)
{
    /// <summary>The longest text that is read, in UTF-16 characters. A longer one is refused as a whole.</summary>
    public const int MaximumCharacters = 200_000;

    /// <summary>The most nodes that a diagram may describe. With more it is refused as a whole: half a plan would pass for a plan.</summary>
    public const int MaximumNodes = 500;

    /// <summary>The most distinct edges that a diagram may draw. With more it is refused as a whole.</summary>
    public const int MaximumConnections = 5_000;

    /// <summary>The most refusals that are listed; the last one then says how many more there were.</summary>
    public const int MaximumRefusals = 200;

    private const char ByteOrderMark = '\uFEFF';

    /// <summary>
    /// Reads a plan from Mermaid text as a model or a person wrote it: <c>graph TB</c>, a subgraph per phase, nodes
    /// <c>ID[&lt;title&gt;..&lt;/title&gt;&lt;description&gt;..&lt;/description&gt;]</c>, edges <c>A --> B</c>.
    /// A missing header is tolerated, since nothing is lost by it. Prose around a fenced diagram is not read.
    /// </summary>
    /// <param name="text">Any text at all; <see langword="null"/> reads as empty.</param>
    /// <returns>What could be read, and a refusal with its reason for everything else. Never throws.</returns>
    public static PlanDiagram Parse(string? text) => Parse(text, [], out _);

    /// <summary>Reads a plan that goes on from posts which are there already: edges may lead from and to them, and what the text says of them is not read.</summary>
    /// <param name="text">Any text at all; <see langword="null"/> reads as empty.</param>
    /// <param name="known">The posts that are there, with unique ids; they are among the nodes of the plan.</param>
    public static PlanDiagram Parse(string? text, IReadOnlyList<PlanNode> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return Parse(text, known, out _);
    }

    /// <summary>Reads a plan and tells how many characters were looked at, so that a test can hold the reading to linear work.</summary>
    internal static PlanDiagram Parse(string? text, out long steps) => Parse(text, [], out steps);

    private static PlanDiagram Parse(string? text, IReadOnlyList<PlanNode> known, out long steps)
    {
        steps = 0;
        if (string.IsNullOrWhiteSpace(text))
            return Refused("(empty)", "The text is empty.");
        if (text.Length > MaximumCharacters)
            return Refused("(the whole text)", $"A plan has at most {MaximumCharacters} characters; this text has {text.Length}.");

        var scanner = new DiagramScanner(text.TrimStart(ByteOrderMark));
        var draft = new PlanDraft();
        draft.Know(known);
        new DiagramReader(scanner, draft).Read();
        steps = scanner.Steps;
        return draft.TooLarge is { } reason ? Refused("(the whole text)", reason) : PlanAssembly.Assemble(draft);
    }

    /// <inheritdoc/>
    public bool Equals(PlanDiagram? other) =>
        other is not null && Nodes.SequenceEqual(other.Nodes)
        && Connections.SequenceEqual(other.Connections) && Refusals.SequenceEqual(other.Refusals);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var node in Nodes)
            hash.Add(node);
        foreach (var connection in Connections)
            hash.Add(connection);
        return hash.ToHashCode();
    }

    private static PlanDiagram Refused(string what, string reason) => new([], [], [new PlanRefusal(1, what, reason)]);
}

using System.Globalization;
using System.Text;

namespace Janus.Campaigns.Diagrams;

/// <summary>Writes plans in the canonical form, which Mermaid draws and <see cref="PlanDiagram.Parse(string?)"/> reads back unchanged.</summary>
public static class PlanDiagramWriter
{
    /// <summary>Writes a diagram; its refusals are not in it.</summary>
    /// <param name="diagram">The diagram. One that was parsed can be written, unless its entities make the text longer than the limit.</param>
    /// <returns>Mermaid text with <c>\n</c> line ends.</returns>
    /// <exception cref="ArgumentException">The text could not be read back as this diagram; the message says why.</exception>
    public static string Write(PlanDiagram diagram)
    {
        ArgumentNullException.ThrowIfNull(diagram);
        return Write(diagram.Nodes, diagram.Connections);
    }

    /// <summary>Writes nodes and edges: a subgraph per phase that has nodes, then the edges.</summary>
    /// <param name="nodes">The nodes; their texts are trimmed and their whitespace is collapsed.</param>
    /// <param name="connections">The edges.</param>
    /// <returns>Mermaid text with <c>\n</c> line ends.</returns>
    /// <exception cref="ArgumentException">
    /// An id cannot be written or stands twice, a title is blank, a phase is not 1 to 3, an edge leads to itself or to no node or stands
    /// twice, or the text would pass one of the limits of <see cref="PlanDiagram"/>.
    /// </exception>
    public static string Write(IReadOnlyList<PlanNode> nodes, IReadOnlyList<PlanConnection> connections)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(connections);

        var text = new StringBuilder("graph TB\n");
        foreach (var phase in nodes.GroupBy(node => node.Phase).OrderBy(phase => phase.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"    subgraph \"Phase {phase.Key}\"\n");
            foreach (var node in phase)
            {
                text.Append(CultureInfo.InvariantCulture, $"        {node.Id}[<title>{PlanText.Encode(node.Title)}</title>");
                text.Append(CultureInfo.InvariantCulture, $"<description>{PlanText.Encode(node.Description)}</description>]\n");
            }

            text.Append("    end\n");
        }

        foreach (var connection in connections)
            text.Append(CultureInfo.InvariantCulture, $"    {connection.From} --> {connection.To}\n");

        var written = text.ToString();
        Verify(written, nodes, connections);
        return written;
    }

    // Reading the text back asks every rule of the parser, so no rule stands in two places.
    private static void Verify(string written, IReadOnlyList<PlanNode> nodes, IReadOnlyList<PlanConnection> connections)
    {
        var read = PlanDiagram.Parse(written);
        if (read.Refusals is [var refusal, ..])
            throw new ArgumentException($"{refusal.What}: {refusal.Reason}", nameof(nodes));
        if (!nodes.OrderBy(node => node.Phase).Select(node => node.Id).SequenceEqual(read.Nodes.Select(node => node.Id)))
            throw new ArgumentException("An id stands twice or cannot be written.", nameof(nodes));
        if (!connections.SequenceEqual(read.Connections))
            throw new ArgumentException("An edge stands twice or cannot be written.", nameof(connections));
    }
}

using Janus.Campaigns.Diagrams;

namespace Janus.Campaigns.Planning;

/// <summary>
/// Closes the gaps that a new plan leaves: a post that stays may have lost what led to it, and the planner may have left one alone. Nothing that is
/// drawn is taken away.
/// </summary>
internal static class Weaving
{
    private const int LastPhase = 3;

    /// <summary>The edges, and those that make every post from a phase on, and the posts before it, lead on to the next phase.</summary>
    /// <param name="nodes">All posts.</param>
    /// <param name="connections">The edges that are there; both ends among the posts.</param>
    /// <param name="fromPhase">The first phase that is planned anew.</param>
    public static List<PlanConnection> Complete(IReadOnlyList<PlanNode> nodes, IReadOnlyList<PlanConnection> connections, int fromPhase)
    {
        List<PlanConnection> woven = [.. connections.Distinct()];
        foreach (var node in nodes.Where(node => node.Phase >= fromPhase - 1 && node.Phase < LastPhase && !woven.Exists(edge => edge.From == node.Id)))
        {
            if (Nearest(nodes, Enumerable.Range(node.Phase + 1, LastPhase - node.Phase), other => woven.Count(edge => edge.To == other.Id)) is { } next)
                woven.Add(new PlanConnection(node.Id, next.Id));
        }

        foreach (var node in nodes.Where(node => node.Phase >= fromPhase && node.Phase > 1 && !woven.Exists(edge => edge.To == node.Id)))
        {
            if (Nearest(nodes, Enumerable.Range(1, node.Phase - 1).Reverse(), other => woven.Count(edge => edge.From == other.Id)) is { } before)
                woven.Add(new PlanConnection(before.Id, node.Id));
        }

        return woven;
    }

    // The one with the fewest edges already, in the first of the phases that has posts at all.
    private static PlanNode? Nearest(IReadOnlyList<PlanNode> nodes, IEnumerable<int> phases, Func<PlanNode, int> edges) =>
        phases.Select(phase => nodes.Where(node => node.Phase == phase).MinBy(edges)).FirstOrDefault(node => node is not null);
}

namespace Janus.Campaigns.Diagrams;

/// <summary>A directed edge of a plan: the post <paramref name="To"/> follows the post <paramref name="From"/>.</summary>
/// <param name="From">The id of the node where the edge starts.</param>
/// <param name="To">The id of the node where the edge ends; never the same as <paramref name="From"/>.</param>
public sealed record PlanConnection(string From, string To);

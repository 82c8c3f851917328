namespace Janus.Campaigns.Diagrams;

/// <summary>Something that stood in the text and is not in the plan.</summary>
/// <param name="Line">The line of the text, counted from 1; 1 when the whole text is refused.</param>
/// <param name="What">What was refused: a node's id, an edge such as <c>A --> B</c>, a subgraph, or the beginning of an unreadable line.</param>
/// <param name="Reason">Why, as a sentence for people.</param>
public sealed record PlanRefusal(int Line, string What, string Reason);

namespace Janus.Campaigns.Diagrams;

/// <summary>One planned post.</summary>
/// <param name="Id">Its id in the diagram, unique there and case-sensitive: letters, digits and underscores, with hyphens and dots between them.</param>
/// <param name="Title">The title as people read it: entities decoded, whitespace collapsed, never blank.</param>
/// <param name="Description">The description as people read it, in the same form; it may be empty.</param>
/// <param name="Phase">The phase, from 1 to 3.</param>
public sealed record PlanNode(string Id, string Title, string Description, int Phase);

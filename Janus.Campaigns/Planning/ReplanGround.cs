using System.Globalization;
using Janus.Campaigns.Diagrams;

namespace Janus.Campaigns.Planning;

/// <summary>What a new plan from a phase on would stand on.</summary>
/// <param name="PublicId">The campaign's public id.</param>
/// <param name="Brief">Its brief.</param>
/// <param name="PlanNumber">The plan that it has.</param>
/// <param name="PhaseNumber">The first phase that is planned anew, 1 to 3.</param>
/// <param name="Stays">The posts that stay: those of earlier phases, and those that a person approved or that are out.</param>
/// <param name="Goes">The drafts and the rejected posts that the new plan would take the place of.</param>
public sealed record ReplanGround(string PublicId, Brief Brief, int PlanNumber, int PhaseNumber, IReadOnlyList<Post> Stays, IReadOnlyList<Post> Goes)
{
    private const int LastPhase = 3;
    private const int LongestTitle = 200;
    private const int LongestDescription = 1_000;

    /// <summary>
    /// The posts that stay as the planner knows them: <c>K1</c>, <c>K2</c> and so on, in this order. Their own ids could be those that a planner
    /// gives to new posts.
    /// </summary>
    public IReadOnlyList<PlanNode> Known { get; } =
        [.. Stays.Select((post, index) => new PlanNode(KnownId(index), post.Title, post.Description, post.PhaseNumber))];

    /// <summary>Whether a new plan from a phase on takes the place of a post.</summary>
    internal static bool Replaces(Post post, int fromPhase) => post.PhaseNumber >= fromPhase && post.Status is PostStatus.Draft or PostStatus.Rejected;

    /// <summary>The id under which a planner knows a post that stays.</summary>
    internal static string KnownId(int index) => string.Create(CultureInfo.InvariantCulture, $"K{index + 1}");

    /// <summary>Reads what a planner answered.</summary>
    public NewPlan Read(string? diagram)
    {
        var plan = PlanDiagram.Parse(diagram, Known);
        var known = Known.Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        List<PlanNode> posts = [.. plan.Nodes.Where(node => !known.Contains(node.Id))];
        List<PlanConnection> connections = [.. plan.Connections.Where(edge => !known.Contains(edge.From) || !known.Contains(edge.To))];
        return new NewPlan(posts, connections, Refuse(plan, posts));
    }

    private string? Refuse(PlanDiagram plan, List<PlanNode> posts)
    {
        if (posts.Count == 0)
            return $"The plan holds no new post that can be used{(plan.Refusals is [var first, ..] ? $" ({first.What}: {first.Reason.TrimEnd('.')})" : "")}.";
        if (posts.Find(node => node.Phase < PhaseNumber) is { } early)
            return $"“{early.Title}” stands in Phase {early.Phase}; only phases {PhaseNumber} to {LastPhase} are planned anew.";
        var empty = Enumerable.Range(PhaseNumber, LastPhase - PhaseNumber + 1).Where(phase => plan.Nodes.All(node => node.Phase != phase)).ToList();
        if (empty is [var phase, ..])
            return $"Phase {phase} has no post.";
        if (posts.Find(node => node.Title.Length > LongestTitle || node.Description.Length > LongestDescription) is { } tooLong)
            return $"“{PlanText.Excerpt(tooLong.Title)}” is too long: a title has at most {LongestTitle} characters and a description {LongestDescription}.";
        if (plan.Nodes.GroupBy(node => node.Title, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1 && same.Any(posts.Contains)) is { } twice)
            return $"Two posts are called “{twice.Key}”.";
        return Growth.WhyNot(plan.Nodes.Count);
    }
}

/// <summary>What a planner answered for the phases that are planned anew.</summary>
/// <param name="Posts">The new posts.</param>
/// <param name="Connections">The edges that begin or end at one of them; the other end may be a post that stays, as <see cref="ReplanGround.Known"/> names it.</param>
/// <param name="Refusal">Why it cannot be used, in a sentence, or null.</param>
public sealed record NewPlan(IReadOnlyList<PlanNode> Posts, IReadOnlyList<PlanConnection> Connections, string? Refusal);

/// <summary>A proposed plan, as a person looks at it before it is applied.</summary>
/// <param name="ProposalId">The proposal's public id.</param>
/// <param name="PublicId">The campaign's public id.</param>
/// <param name="PhaseNumber">The first phase that is planned anew.</param>
/// <param name="Direction">What a person wants to be different.</param>
/// <param name="Goes">What would go.</param>
/// <param name="Stays">What stays.</param>
/// <param name="Comes">What would come.</param>
/// <param name="Diagram">The whole plan as it would be, as a Mermaid diagram.</param>
public sealed record PlanPreview(
    string ProposalId, string PublicId, int PhaseNumber, string Direction, IReadOnlyList<Post> Goes, IReadOnlyList<Post> Stays,
    IReadOnlyList<PlanNode> Comes, string Diagram);

/// <summary>A proposed plan that waits for a person.</summary>
/// <param name="Preview">What it would change as the campaign stands now.</param>
/// <param name="CostMicroUsd">What planning it cost, in millionths of a US dollar.</param>
public sealed record WaitingPlan(PlanPreview Preview, long CostMicroUsd);

/// <summary>A plan that was applied.</summary>
/// <param name="PublicId">The campaign's public id.</param>
/// <param name="PlanNumber">The number of its plan now.</param>
/// <param name="Diagram">The whole plan as a Mermaid diagram.</param>
/// <param name="Archived">The keys of the posts that went.</param>
/// <param name="Added">The keys of those that came.</param>
public sealed record AppliedPlan(string PublicId, int PlanNumber, string Diagram, IReadOnlyList<int> Archived, IReadOnlyList<int> Added);

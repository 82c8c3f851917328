namespace Janus.Campaigns.Scheduling;

/// <summary>The order in which the posts of a plan go out.</summary>
public static class PlanOrdering
{
    /// <summary>
    /// Phase by phase; within a phase a post after those that lead to it, else in plan order. Of posts that lead to each other in a
    /// circle, the earliest of the plan comes first.
    /// </summary>
    public static IReadOnlyList<Post> InOrder(IReadOnlyList<Post> posts, IReadOnlyList<PostEdge> edges)
    {
        ArgumentNullException.ThrowIfNull(posts);
        return [.. posts.GroupBy(post => post.PhaseNumber).OrderBy(phase => phase.Key).SelectMany(phase => Sort([.. phase.OrderBy(post => post.Id)], edges))];
    }

    private static IEnumerable<Post> Sort(List<Post> waiting, IReadOnlyList<PostEdge> edges)
    {
        var open = waiting.Select(post => post.Id).ToHashSet();
        var before = edges.Where(edge => edge.FromPostId != edge.ToPostId).ToLookup(edge => edge.ToPostId, edge => edge.FromPostId);
        while (waiting.Count > 0)
        {
            var next = waiting.Find(post => !before[post.Id].Any(open.Contains)) ?? waiting[0];
            waiting.Remove(next);
            open.Remove(next.Id);
            yield return next;
        }
    }
}

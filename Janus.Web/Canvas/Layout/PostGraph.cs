namespace Janus.Web.Canvas.Layout;

/// <summary>The posts by their place in the plan, and the links among them.</summary>
/// <param name="Posts">In plan order.</param>
/// <param name="Links">Pairs of places in <paramref name="Posts"/>, each once, in plan order of their beginnings.</param>
internal sealed record PostGraph(IReadOnlyList<CanvasPost> Posts, IReadOnlyList<(int From, int To)> Links)
{
    /// <summary>Reads the keys.</summary>
    /// <exception cref="ArgumentException">Two posts have the same key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A phase is not 1 to 3, or a height is negative.</exception>
    public static PostGraph Of(IReadOnlyList<CanvasPost> posts)
    {
        var places = new Dictionary<int, int>();
        foreach (var post in posts)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(post.Phase, 1, nameof(posts));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(post.Phase, CanvasPost.Phases, nameof(posts));
            ArgumentOutOfRangeException.ThrowIfNegative(post.Height, nameof(posts));
            places.Add(post.Key, places.Count);
        }

        var links =
            from post in posts
            from next in post.Next.Distinct()
            where places.ContainsKey(next)
            select (places[post.Key], places[next]);
        return new PostGraph(posts, [.. links]);
    }
}

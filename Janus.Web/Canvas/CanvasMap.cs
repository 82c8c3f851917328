using Janus.Contracts;
using Janus.Web.Canvas.Layout;

namespace Janus.Web.Canvas;

/// <summary>
/// Where every post of a campaign stands on the canvas. It is drawn anew only when posts or connections come or go: nothing else
/// may move what somebody is looking at.
/// </summary>
internal sealed class CanvasMap
{
    private readonly IReadOnlyList<CanvasPost> _posts;
    private readonly Dictionary<int, (int X, int Y)> _places;

    private CanvasMap(IReadOnlyList<CanvasPost> posts)
    {
        _posts = posts;
        var plan = CanvasLayout.Arrange(posts);
        _places = plan.Posts.ToDictionary(post => post.Key, post => (post.X, post.Y));
        (Width, Height, Edges) = (plan.Width, plan.Height, plan.Edges);
        Columns = [.. plan.Columns.Select(column => ((double)column.X, (double)column.Width))];
    }

    /// <summary>No post at all.</summary>
    public static CanvasMap Empty { get; } = new([]);

    /// <summary>The width of the whole, in px.</summary>
    public int Width { get; }

    /// <summary>The height of the whole, in px.</summary>
    public int Height { get; }

    /// <summary>The connections.</summary>
    public IReadOnlyList<DrawnEdge> Edges { get; }

    /// <summary>Where each phase stands, in px.</summary>
    public IReadOnlyList<(double X, double Width)> Columns { get; }

    /// <summary>The place of a post, in px.</summary>
    public (int X, int Y) PlaceOf(int pk) => _places.GetValueOrDefault(pk);

    /// <summary>The map of these posts: this one when it still fits.</summary>
    public CanvasMap For(IReadOnlyList<GraphNodeDto> posts)
    {
        var fits = posts.Count == _posts.Count && posts.Zip(_posts).All(pair =>
            pair.First.Pk == pair.Second.Key && PhaseOf(pair.First) == pair.Second.Phase && pair.First.NextPosts.SequenceEqual(pair.Second.Next));
        return fits ? this : new CanvasMap([.. posts.Select(post => new CanvasPost(post.Pk, PhaseOf(post), post.NextPosts))]);
    }

    private static int PhaseOf(GraphNodeDto post) => post.Phase[^1] - '0';
}

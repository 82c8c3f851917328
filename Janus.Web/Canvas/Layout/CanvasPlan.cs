namespace Janus.Web.Canvas.Layout;

/// <summary>Where everything on the canvas goes, in px.</summary>
/// <param name="Posts">The posts in the order they were given.</param>
/// <param name="Edges">The edges in the order of the posts that they leave.</param>
/// <param name="Columns">The phases from left to right; each has one, posts or none.</param>
/// <param name="Width">From the canvas's left edge to the end of what is drawn.</param>
/// <param name="Height">From the canvas's top edge to the end of what is drawn.</param>
internal sealed record CanvasPlan(
    IReadOnlyList<PlacedPost> Posts, IReadOnlyList<DrawnEdge> Edges, IReadOnlyList<PhaseColumn> Columns, int Width, int Height);

/// <summary>A card's place.</summary>
/// <param name="Key">The post.</param>
/// <param name="Phase">Its phase, 1 to 3.</param>
/// <param name="Column">Its column, counted from 0 over all phases: keys that walk to a neighbour go by this.</param>
/// <param name="Row">Its place in the column, counted from 0 over the cards alone.</param>
/// <param name="Card">The card's rectangle.</param>
internal sealed record PlacedPost(int Key, int Phase, int Column, int Row, Rect Card)
{
    /// <summary>The card's left.</summary>
    public int X => (int)Card.X;

    /// <summary>The card's top.</summary>
    public int Y => (int)Card.Y;
}

/// <summary>An edge as it is drawn.</summary>
/// <param name="From">The post it leaves.</param>
/// <param name="To">The post it leads to.</param>
/// <param name="Path">SVG path data.</param>
internal sealed record DrawnEdge(int From, int To, string Path);

/// <summary>The part of the canvas that a phase fills from top to bottom.</summary>
/// <param name="Phase">1 to 3.</param>
/// <param name="X">Its left.</param>
/// <param name="Width">Its width over all its columns.</param>
internal sealed record PhaseColumn(int Phase, int X, int Width);

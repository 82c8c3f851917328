namespace Janus.Web.Canvas.Layout;

/// <summary>The sizes that the layout keeps to, in px of the unzoomed canvas.</summary>
internal sealed record CanvasMeasures
{
    /// <summary>The height of a card with a title, a description and two pictures.</summary>
    public const int DefaultCardHeight = 214;

    /// <summary>The sizes of the page's own style sheet.</summary>
    public static CanvasMeasures Default { get; } = new();

    /// <summary>How wide a card is.</summary>
    public int CardWidth { get; init; } = 264;

    /// <summary>The free space between two columns, in which edges change their height.</summary>
    public int ColumnGap { get; init; } = 84;

    /// <summary>The least free space between two cards of a column.</summary>
    public int RowGap { get; init; } = 24;

    /// <summary>
    /// The least space between an edge that passes through a column and its neighbour there, card or edge. At least half of
    /// <see cref="RowGap"/>, or two cards with an edge between them would stand closer than two without.
    /// </summary>
    public int LaneGap { get; init; } = 14;

    /// <summary>Where the highest card begins.</summary>
    public int Top { get; init; }

    /// <summary>Where the first column begins.</summary>
    public int Left { get; init; }

    /// <summary>Edges at one side of a card touch it within this distance of its middle.</summary>
    public int PortReach { get; init; } = 18;

    /// <summary>A phase with more posts than this is broken into columns side by side.</summary>
    public int MostInOneColumn { get; init; } = 6;

    /// <summary>The shape to come near to, width by height: that of most screens.</summary>
    public double AspectRatio { get; init; } = 1.6;

    /// <summary>From the left of one column to the left of the next.</summary>
    public int ColumnPitch => CardWidth + ColumnGap;

    /// <summary>Where a column begins.</summary>
    /// <param name="column">Counted from 0 over all phases.</param>
    public int ColumnX(int column) => Left + (column * ColumnPitch);
}

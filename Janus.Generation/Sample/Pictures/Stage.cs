using System.Xml.Linq;

namespace Janus.Generation.Sample.Pictures;

/// <summary>A rectangle of the canvas, in pixels.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;
    public double Bottom => Y + Height;
    public double CentreX => X + (Width / 2);
    public double CentreY => Y + (Height / 2);
}

/// <summary>Where in its box a text stands.</summary>
internal enum TextPlace { Top, Middle, Bottom }

/// <summary>The room that a composition keeps free for text.</summary>
/// <param name="Box">Where it is.</param>
/// <param name="Place">Where in it the text stands.</param>
/// <param name="Grounds">Every colour that lies under it; the ink is chosen to be read on all of them.</param>
internal sealed record TextRoom(Box Box, TextPlace Place, IReadOnlyList<Tone> Grounds);

/// <summary>What a composition has drawn, from back to front, and where it left room for text.</summary>
internal sealed record Scene(IReadOnlyList<XElement> Art, TextRoom Room);

/// <summary>What a composition has to work with.</summary>
internal sealed record Stage(double Width, double Height, Scheme Scheme, Dice Dice, Icon Icon)
{
    /// <summary>From the edge of the canvas to text.</summary>
    public const double Margin = 76;

    /// <summary>Whether it is wide rather than square.</summary>
    public bool IsWide => Width > Height;

    /// <summary>The whole canvas.</summary>
    public Box All => new(0, 0, Width, Height);

    /// <summary>The part for art where text stands beside it: the right of a wide canvas, the upper part of a square one.</summary>
    public Box ArtSide => IsWide ? new(Width * 0.53, 0, Width * 0.47, Height) : new(0, 0, Width, Height * 0.62);

    /// <summary>The room for text that <see cref="ArtSide"/> leaves.</summary>
    public TextRoom TextSide(TextPlace place, params IReadOnlyList<Tone> grounds) => new(
        IsWide
            ? new(Margin, Margin, (Width * 0.53) - Margin - 30, Height - (2 * Margin))
            : new(Margin, (Height * 0.62) + 44, Width - (2 * Margin), (Height * 0.38) - 44 - Margin),
        IsWide ? place : TextPlace.Middle,
        grounds.Count > 0 ? grounds : [Scheme.Ground]);

    /// <summary>The room for text across the top of the canvas.</summary>
    /// <param name="share">How far down it reaches, as a share of the height.</param>
    /// <param name="grounds">The colours under it.</param>
    public TextRoom TextAbove(double share, params IReadOnlyList<Tone> grounds) => new(
        new(Margin, Margin, (Width * (IsWide ? 0.62 : 1)) - (IsWide ? Margin : 2 * Margin), (Height * share) - Margin),
        TextPlace.Top,
        grounds.Count > 0 ? grounds : [Scheme.Ground]);
}

/// <summary>A way to arrange a poster.</summary>
internal interface IComposition
{
    /// <summary>Draws it.</summary>
    Scene Draw(Stage stage);
}

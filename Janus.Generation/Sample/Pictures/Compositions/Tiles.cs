using System.Xml.Linq;
using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>A wall of tiles: quarters, halves, petals, dots, and the icon on one that is twice as large.</summary>
internal sealed class Tiles : IComposition
{
    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var (columns, rows) = stage.IsWide ? (3, 4) : (6, 4);
        var size = stage.IsWide ? stage.Height / rows : stage.Width / columns;
        var left = stage.Width - (columns * size);
        Tone[] tones = [scheme.First, scheme.Second, scheme.Third, scheme.Palette.Soft];
        var (bigColumn, bigRow) = (stage.Dice.Below(columns - 1), 1 + stage.Dice.Below(rows - 2));
        var art = new List<XElement>();
        var figures = new List<XElement>();
        for (var i = 0; i < columns * rows; i++)
        {
            var (column, row) = (i % columns, i / columns);
            var ground = tones[(column + (row * 3) + stage.Dice.Below(2)) % tones.Length];
            var figure = tones.Where(tone => tone != ground).MaxBy(tone => tone.ContrastWith(ground) * stage.Dice.Between(0.4, 1));
            var box = new Box(left + (column * size), row * size, size, size);
            // A hair wider than the tile: otherwise the ground shows between neighbours where pixels are shared.
            art.Add(Rectangle(box with { Width = size + 0.5, Height = size + 0.5 }, ground));
            figures.Add(Figure(new(box.X - 0.6, box.Y - 0.6, size + 1.2, size + 1.2), figure, stage.Dice));
        }

        art.AddRange(figures);
        var big = new Box(left + (bigColumn * size), bigRow * size, size * 2, size * 2);
        var paper = scheme.Palette.Paper;
        art.Add(Rectangle(big, paper));
        art.Add(stage.Icon.Draw(big.CentreX, big.CentreY, size * 1.56, scheme.IconOn(paper)));
        var room = stage.TextSide(TextPlace.Bottom);
        return new(art, stage.IsWide ? room : room with { Box = new(Stage.Margin, (rows * size) + 50, room.Box.Width, stage.Height - (rows * size) - 50 - 60) });
    }

    private static XElement Figure(Box box, Tone tone, Dice dice)
    {
        var (l, t, r, b, s) = (box.X, box.Y, box.Right, box.Bottom, box.Width);
        return dice.Below(7) switch
        {
            0 => Shape(new PathData().Move(l, b).Line(l, t).Arc(s, clockwise: true, r, b).Close(), tone),
            1 => Shape(new PathData().Move(r, t).Line(r, b).Arc(s, clockwise: true, l, t).Close(), tone),
            2 => Shape(new PathData().Move(l, b).Arc(s / 2, clockwise: true, r, b).Close(), tone),
            3 => Shape(new PathData().Move(l, t).Arc(s, clockwise: true, r, b).Arc(s, clockwise: true, l, t).Close(), tone),
            4 => Disc(box.CentreX, box.CentreY, s * 0.32, tone),
            5 => Ring(box.CentreX, box.CentreY, s * 0.28, tone, s * 0.14),
            _ => Shape(PathData.Polygon((l, t), (r, t), (l, b)), tone),
        };
    }
}

using System.Xml.Linq;
using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>Stars, the lines between neighbours, and the icon as the brightest of them.</summary>
internal sealed class Constellation : IComposition
{
    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var side = stage.ArtSide;
        var (x, y) = (side.CentreX, side.CentreY);
        var unit = Math.Min(side.Width, side.Height) / 100;
        var (columns, rows) = stage.IsWide ? (4, 5) : (6, 4);
        var stars = new List<(double X, double Y)>();
        for (var i = 0; i < columns * rows; i++)
        {
            stars.Add((
                side.X + (side.Width * ((i % columns) + stage.Dice.Between(0.2, 0.8)) / columns),
                side.Y + (side.Height * ((i / columns) + stage.Dice.Between(0.2, 0.8)) / rows)));
        }

        stars = [.. stars.Where(star => Distance(star, (x, y)) > unit * 29)];
        var art = new List<XElement>();
        foreach (var star in stars)
        {
            var path = new PathData();
            foreach (var near in stars.Where(other => other != star).OrderBy(other => Distance(star, other)).Take(2))
                path.Move(star.X, star.Y).Line(near.X, near.Y);
            art.Add(Line(path.ToString(), scheme.Ground.Mix(scheme.Ink, 0.45), 3.5));
        }

        for (var i = 0; i < stars.Count; i++)
        {
            var size = unit * (i % 4 == 0 ? 3.8 : stage.Dice.Between(1.2, 2.2));
            art.Add(Disc(stars[i].X, stars[i].Y, size, i % 4 == 0 ? scheme.Second : scheme.Ink));
        }

        art.Add(Disc(x, y, unit * 31, scheme.Ground.Mix(scheme.Second, 0.22)));
        art.Add(Disc(x, y, unit * 25, scheme.Second));
        art.Add(stage.Icon.Draw(x, y, unit * 33, scheme.IconOn(scheme.Second)));
        return new(art, stage.TextSide(TextPlace.Middle));
    }

    private static double Distance((double X, double Y) one, (double X, double Y) other) => Math.Sqrt(Math.Pow(one.X - other.X, 2) + Math.Pow(one.Y - other.Y, 2));
}

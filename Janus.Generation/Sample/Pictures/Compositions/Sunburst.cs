using System.Xml.Linq;
using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>Rays over the whole canvas, and the icon in the disc that they come from.</summary>
internal sealed class Sunburst : IComposition
{
    private const int Rays = 20;

    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var side = stage.ArtSide;
        var (x, y) = (side.CentreX, side.CentreY + (stage.IsWide ? 0 : 10));
        var unit = Math.Min(side.Width, side.Height) / 100;
        var ray = scheme.Ground.Mix(scheme.Ink.Luminance > scheme.Ground.Luminance ? scheme.Palette.Deep : scheme.Palette.Paper, 0.14);
        if (ray.ContrastWith(scheme.Ground) < 1.06)
            ray = scheme.Ground.Mix(scheme.First, 0.16);
        var art = new List<XElement>();
        var turn = stage.Dice.Between(0, 1);
        for (var i = 0; i < Rays; i++)
        {
            var (from, to) = ((i + turn) * Math.PI * 2 / Rays, (i + turn + 0.5) * Math.PI * 2 / Rays);
            art.Add(Shape(PathData.Polygon((x, y), At(from), At(to)), ray));
        }

        art.Add(Shape(Star(x, y, unit * 46, unit * 38, 24, turn), scheme.Second));
        art.Add(Disc(x, y, unit * 33, scheme.Palette.Paper));
        art.Add(Ring(x, y, unit * 29.5, scheme.Second, unit * 0.7));
        art.Add(stage.Icon.Draw(x, y, unit * 40, scheme.IconOn(scheme.Palette.Paper)));
        return new(art, stage.TextSide(TextPlace.Middle, scheme.Ground, ray));

        (double X, double Y) At(double angle) => (x + (1700 * Math.Cos(angle)), y + (1700 * Math.Sin(angle)));
    }

    private static string Star(double x, double y, double outer, double inner, int points, double turn) => PathData.Polygon(
    [
        .. Enumerable.Range(0, points * 2).Select(i =>
        {
            var (angle, radius) = (turn + (Math.PI * i / points), i % 2 == 0 ? outer : inner);
            return (x + (radius * Math.Cos(angle)), y + (radius * Math.Sin(angle)));
        }),
    ]);
}

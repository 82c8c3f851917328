using System.Xml.Linq;
using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>The icon on a plinth before a moon, as a product stands in a photographer's studio.</summary>
internal sealed class StillLife : IComposition
{
    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var side = stage.ArtSide;
        var unit = stage.IsWide ? stage.Height / 100 : side.Height / 100;
        var x = side.CentreX + (stage.IsWide ? 0 : stage.Dice.Between(-60, 60));
        var floor = side.Y + (unit * 82);
        var wall = scheme.Palette.Soft;
        var backdrop = stage.IsWide ? new Box(side.X, 0, side.Width, side.Height) : side;
        var plinth = scheme.First;
        var shade = plinth.Mix(scheme.Third, 0.35);
        var apart = Math.Min(unit * 36, (side.Width / 2) - (unit * 13));
        var mirror = stage.Dice.Below(2) == 0 ? 1 : -1;
        XElement[] art =
        [
            Rectangle(backdrop, wall),
            Disc(x + (mirror * unit * 6), side.Y + (unit * 44), unit * 34, scheme.Second),
            Rectangle(new(backdrop.X, floor, backdrop.Width, backdrop.Bottom - floor), wall.Mix(scheme.First, 0.3)),
            Ellipse(x + (unit * 8), floor + (unit * 7.5), unit * 34, unit * 5, wall.Mix(scheme.Third, 0.4)),
            .. Drum(x, floor - (unit * 8), unit * 27, unit * 14, plinth, shade),
            .. Drum(x, floor - (unit * 19), unit * 19, unit * 13, plinth.Mix(wall, 0.25), shade.Mix(wall, 0.12)),
            stage.Icon.Draw(x, floor - (unit * 42), unit * 42, scheme.IconOn(scheme.Second)),
            Disc(x - (mirror * apart), floor - (unit * 1), unit * 8, scheme.Third),
            Disc(x - (mirror * (apart + (unit * 1.5))), floor - (unit * 3), unit * 2, scheme.Third.Mix(wall, 0.5)),
            Shape(Cone(x + (mirror * apart), floor + (unit * 7), unit * 8, unit * 24), scheme.Palette.Paper),
        ];
        return new(art, stage.TextSide(TextPlace.Middle));
    }

    private static string Cone(double x, double foot, double radius, double height) =>
        new PathData().Move(x, foot - height).Line(x + radius, foot).Arc(radius * 2.2, clockwise: true, x - radius, foot).Close();

    private static IEnumerable<XElement> Drum(double x, double top, double radius, double height, Tone lid, Tone wall)
    {
        yield return Ellipse(x, top + height, radius, radius * 0.16, wall);
        yield return Rectangle(new(x - radius, top, radius * 2, height), wall);
        yield return Ellipse(x, top, radius, radius * 0.16, lid);
    }
}

using System.Xml.Linq;
using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>A small city of stacked blocks, seen from above, with the icon over its tallest tower.</summary>
internal sealed class Blocks : IComposition
{
    private const int Side = 4;

    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var side = stage.ArtSide;
        var half = stage.IsWide ? 66.0 : 84;
        var (x, y) = (side.CentreX - (stage.IsWide ? 5 : 0), side.Bottom - (half * Side) - (stage.IsWide ? 20 : 0));
        Tone[] tones = [scheme.First, scheme.Second, scheme.Third, scheme.Palette.Soft];
        var art = new List<XElement>();
        for (var row = 0; row < Side; row++)
        {
            for (var column = 0; column < Side; column++)
            {
                // Towers grow towards the back corner, so that none hides another.
                var storeys = Math.Max(0.25, ((Side - 1 - row) + (Side - 1 - column)) * 0.34 * stage.Dice.Between(0.5, 1.1));
                var (cx, cy) = (x + ((column - row) * half), y + ((column + row) * half / 2));
                art.AddRange(Block(cx, cy, half, storeys * half, tones[stage.Dice.Below(tones.Length)], scheme.Palette.Deep));
            }
        }

        var radius = stage.IsWide ? 92.0 : 118;
        var above = stage.IsWide ? 120 : radius + 30;
        art.Add(Disc(x, above, radius, scheme.Palette.Paper));
        art.Add(stage.Icon.Draw(x, above, radius * 1.2, scheme.IconOn(scheme.Palette.Paper)));
        return new(art, stage.TextSide(TextPlace.Middle));
    }

    private static IEnumerable<XElement> Block(double x, double y, double half, double height, Tone tone, Tone deep)
    {
        var top = y - height;
        yield return Shape(PathData.Polygon((x - half, top), (x, top + (half / 2)), (x, y + (half / 2)), (x - half, y)), tone.Mix(deep, 0.22));
        yield return Shape(PathData.Polygon((x + half, top), (x, top + (half / 2)), (x, y + (half / 2)), (x + half, y)), tone.Mix(deep, 0.42));
        yield return Shape(PathData.Polygon((x, top - (half / 2)), (x + half, top), (x, top + (half / 2)), (x - half, top)), tone);
    }
}

using System.Xml.Linq;
using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>Rows of overlapping waves, as on an old Japanese cloth, with the icon in a sun above them.</summary>
internal sealed class Scales : IComposition
{
    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var radius = stage.IsWide ? 75.0 : 100;
        var top = stage.Height * (stage.IsWide ? 0.64 : 0.68);
        var sun = stage.Height * (stage.IsWide ? 0.31 : 0.215);
        var (x, y) = (stage.Width * (stage.IsWide ? 0.8 : 0.5), top - (sun * (stage.IsWide ? 0.42 : 0.44)));
        var art = new List<XElement>
        {
            Disc(x, y, sun, scheme.Second),
            stage.Icon.Draw(x, y - (sun * 0.22), sun * 1.12, scheme.IconOn(scheme.Second)),
        };
        Tone[] rows = [scheme.First, scheme.First.Mix(scheme.Third, 0.55)];
        var first = stage.Dice.Below(2);
        for (var row = 0; top + (row * radius / 2) < stage.Height + (radius / 2); row++)
        {
            var level = top + radius + (row * radius / 2);
            for (var column = -1; (column * radius * 2) < stage.Width + radius; column++)
                art.AddRange(Scale((column * radius * 2) + (row % 2 == 0 ? radius : 0), level, radius, rows[(row + first) % 2], scheme));
        }

        return new(art, stage.TextAbove(stage.IsWide ? 0.56 : 0.325));
    }

    private static IEnumerable<XElement> Scale(double x, double y, double radius, Tone tone, Scheme scheme)
    {
        yield return Disc(x, y, radius, scheme.Ground);
        yield return Disc(x, y, radius * 0.94, tone);
        yield return Disc(x, y, radius * 0.7, scheme.Palette.Soft);
        yield return Disc(x, y, radius * 0.48, tone);
        yield return Disc(x, y, radius * 0.24, scheme.Second);
    }
}

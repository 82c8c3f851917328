using System.Xml.Linq;
using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>Broad diagonal bands, and the icon on a disc that rolls down them.</summary>
internal sealed class Bands : IComposition
{
    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        Tone[] tones = [scheme.First, scheme.Second, scheme.Third, scheme.First.Mix(scheme.Third, 0.5), scheme.Palette.Soft];
        var art = new List<XElement>();
        var slant = stage.IsWide ? 210.0 : 260;
        var thick = stage.IsWide ? 118.0 : 150;
        for (var i = 0; i < tones.Length + 1; i++)
        {
            var from = stage.IsWide ? (stage.Width * 0.57) + (i * thick) : (stage.Height * 0.6) - (i * thick);
            var band = stage.IsWide
                ? PathData.Polygon((from, stage.Height), (from + slant, 0), (stage.Width + slant, 0), (stage.Width, stage.Height))
                : PathData.Polygon((0, from), (stage.Width, from - slant), (stage.Width, -slant), (0, -slant));
            art.Add(Shape(band, tones[i % tones.Length]));
        }

        var (x, y) = stage.IsWide ? (stage.Width * 0.815, stage.Height * 0.5) : (stage.Width * 0.5, stage.Height * 0.3);
        var radius = stage.IsWide ? stage.Height * 0.3 : stage.Height * 0.215;
        art.Add(Disc(x, y, radius, scheme.Palette.Paper));
        art.Add(stage.Icon.Draw(x, y, radius * 1.2, scheme.IconOn(scheme.Palette.Paper)));
        return new(art, stage.TextSide(TextPlace.Bottom));
    }
}

using System.Xml.Linq;
using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>Rings that open from a corner, the icon where they begin.</summary>
internal sealed class Arcs : IComposition
{
    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var (x, y) = stage.IsWide ? (stage.Width * 0.9, stage.Height * 0.62) : (stage.Width * 0.74, stage.Height * 0.2);
        var reach = stage.IsWide ? stage.Width * 0.36 : stage.Height * 0.41;
        Tone[] tones = [scheme.Palette.Soft, scheme.First, scheme.Palette.Soft.Mix(scheme.Ground, 0.5), scheme.Third, scheme.Second];
        var art = new List<XElement>();
        for (var i = 0; i < tones.Length; i++)
            art.Add(Disc(x, y, reach * (1 - (0.14 * i)), tones[i]));
        art.Add(stage.Icon.Draw(x - (stage.IsWide ? reach * 0.05 : 0), y, reach * 0.56, scheme.IconOn(tones[^1])));
        var angle = stage.Dice.Between(2.6, 3.2);
        for (var i = 0; i < 3; i++)
        {
            var way = reach * (0.93 - (0.28 * i));
            var turn = angle + (i * stage.Dice.Between(0.35, 0.6));
            art.Add(Disc(x + (way * Math.Cos(turn)), y + (way * Math.Sin(turn)), reach * 0.045, i == 1 ? scheme.Third : scheme.Second));
        }

        return new(art, stage.TextSide(TextPlace.Middle));
    }
}

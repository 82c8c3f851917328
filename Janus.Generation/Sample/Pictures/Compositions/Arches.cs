using System.Xml.Linq;
using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>Arches within arches, and the icon in the innermost door.</summary>
internal sealed class Arches : IComposition
{
    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var side = stage.ArtSide;
        var x = stage.IsWide ? side.CentreX + 10 : stage.Width / 2;
        var outer = stage.IsWide ? stage.Height * 0.375 : side.Height * 0.46;
        var foot = stage.IsWide ? stage.Height : side.Bottom - 10;
        var top = foot - (stage.IsWide ? stage.Height * 0.88 : side.Height * 0.9);
        Tone[] tones = stage.Dice.Below(2) == 0
            ? [scheme.Palette.Soft, scheme.First, scheme.Third, scheme.Second, scheme.Palette.Paper]
            : [scheme.Third, scheme.Second, scheme.Palette.Soft, scheme.First, scheme.Palette.Paper];
        var art = new List<XElement>();
        if (!stage.IsWide)
            art.Add(Rectangle(new(0, foot, stage.Width, 10), scheme.Third));
        for (var i = 0; i < tones.Length; i++)
        {
            var radius = outer * (1 - (0.125 * i));
            var shoulder = top + outer;
            var path = new PathData().Move(x - radius, foot).Line(x - radius, shoulder).Arc(radius, clockwise: true, x + radius, shoulder).Line(x + radius, foot);
            art.Add(Shape(path.Close(), tones[i]));
        }

        var door = outer * 0.5;
        art.Add(stage.Icon.Draw(x, foot - (door * 1.2), door * 1.6, scheme.IconOn(tones[^1])));
        if (!stage.IsWide)
        {
            art.Add(Disc(stage.Width * 0.12, side.Height * 0.3, outer * 0.16, scheme.Second));
            art.Add(Disc(stage.Width * 0.9, side.Height * 0.78, outer * 0.1, scheme.First));
        }

        return new(art, stage.TextSide(TextPlace.Middle));
    }
}

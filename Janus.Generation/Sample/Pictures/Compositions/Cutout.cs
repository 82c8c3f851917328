using System.Xml.Linq;
using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>Layers of cut paper, each with its shadow, deeper and deeper down to the icon.</summary>
internal sealed class Cutout : IComposition
{
    private const int Corners = 9;

    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var side = stage.ArtSide;
        var (x, y) = (side.CentreX + (stage.IsWide ? 10 : 0), side.CentreY - (stage.IsWide ? 0 : 20));
        var reach = (stage.IsWide ? 0.5 : 0.48) * Math.Min(side.Width, side.Height);
        double[] shape = [.. Enumerable.Range(0, Corners).Select(_ => stage.Dice.Between(0.84, 1.06))];
        Tone[] layers = [scheme.Palette.Soft.Mix(scheme.Ground, 0.35), scheme.Palette.Soft, scheme.Palette.Soft.Mix(scheme.First, 0.55), scheme.First, scheme.First.Mix(scheme.Third, 0.6), scheme.Palette.Paper];
        var art = new List<XElement>();
        for (var i = 0; i < layers.Length; i++)
        {
            var radius = reach * (1 - (0.118 * i));
            var turn = i * 0.16;
            // The hole's upper edge throws its shadow into the hole, so the next layer is drawn again a little lower.
            if (i > 0)
                art.Add(Shape(Outline(x, y, radius, shape, turn, stage), layers[i].Mix(scheme.Palette.Deep, 0.2)));
            art.Add(Shape(Outline(x + 3, y + 12, radius, shape, turn, stage), layers[i]));
        }

        art.Add(stage.Icon.Draw(x, y + 8, reach * 0.56, scheme.IconOn(layers[^1])));
        return new(art, stage.TextSide(TextPlace.Middle));
    }

    private static string Outline(double x, double y, double radius, double[] shape, double turn, Stage stage)
    {
        var wide = stage.IsWide ? 1 : 1.36;
        return PathData.Blob(
        [
            .. shape.Select((swell, i) =>
            {
                var angle = turn + (Math.PI * 2 * i / shape.Length);
                return (x + (radius * swell * wide * Math.Cos(angle)), y + (radius * swell * Math.Sin(angle)));
            }),
        ]);
    }
}

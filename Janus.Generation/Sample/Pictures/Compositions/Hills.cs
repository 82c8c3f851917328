using System.Xml.Linq;
using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>Layered hills under a sun that carries the icon.</summary>
internal sealed class Hills : IComposition
{
    private const int Layers = 4;

    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var (width, height, dice) = (stage.Width, stage.Height, stage.Dice);
        var radius = height * (stage.IsWide ? 0.27 : 0.2);
        var (x, y) = (width * (stage.IsWide ? 0.79 : dice.Between(0.6, 0.7)), height * (stage.IsWide ? 0.4 : 0.55));
        var sky = scheme.Palette.Soft;
        var art = new List<XElement>
        {
            Disc(x, y, radius * 1.22, scheme.Ground.Mix(sky, 0.45)),
            Disc(x, y, radius, scheme.Second),
            stage.Icon.Draw(x, y - (radius * 0.12), radius * 1.05, scheme.IconOn(scheme.Second)),
        };
        for (var layer = 0; layer < Layers; layer++)
        {
            var share = layer / (Layers - 1.0);
            var tone = layer == 0 ? sky.Mix(scheme.First, 0.35) : scheme.First.Mix(scheme.Third, (share * 1.2) - 0.3 < 0 ? 0 : (share * 1.2) - 0.3);
            art.Add(Shape(PathData.Land(Ridge(stage, height * (0.66 + (0.1 * layer)), height * 0.07), height), tone));
        }

        return new(art, stage.TextAbove(stage.IsWide ? 0.58 : 0.34));
    }

    private static List<(double X, double Y)> Ridge(Stage stage, double level, double swing)
    {
        var waves = stage.Dice.Between(0.9, 1.7);
        var phase = stage.Dice.Between(0, Math.PI * 2);
        return
        [
            .. Enumerable.Range(0, 13).Select(i => (
                X: stage.Width * i / 12.0,
                Y: level + (swing * Math.Sin(phase + (waves * Math.PI * i / 6)) * 0.7) + (swing * 0.3 * Math.Sin((phase * 2) + (waves * Math.PI * i / 2.6))))),
        ];
    }
}

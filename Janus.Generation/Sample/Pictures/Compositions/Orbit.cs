using System.Xml.Linq;
using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>A planet with the icon, and moons on their ways around it.</summary>
internal sealed class Orbit : IComposition
{
    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var side = stage.ArtSide;
        var (x, y) = (side.CentreX, side.Y + (side.Height * 0.5));
        var unit = Math.Min(side.Width, side.Height) / 100;
        Tone[] moons = [scheme.First, scheme.Third, scheme.Second];
        var art = new List<XElement>
        {
            Disc(x, y, unit * 47, scheme.Ground.Mix(scheme.Palette.Soft, 0.4)),
            Disc(x, y, unit * 35, scheme.Palette.Soft),
            Ring(x, y, unit * 47, scheme.First, 3),
            Ring(x, y, unit * 35, scheme.First, 3),
            Disc(x, y, unit * 24, scheme.Second),
            stage.Icon.Draw(x, y, unit * 33, scheme.IconOn(scheme.Second)),
        };
        var turn = stage.Dice.Between(0, Math.PI * 2);
        for (var i = 0; i < 7; i++)
        {
            var inner = i % 2 == 0;
            var way = unit * (inner ? 35 : 47);
            var angle = turn + (i * 2.4);
            var size = unit * (i == 0 ? 7 : stage.Dice.Between(1.6, 4.2));
            art.Add(Disc(x + (way * Math.Cos(angle)), y + (way * Math.Sin(angle)), size, moons[i % moons.Length]));
        }

        return new(art, stage.TextSide(TextPlace.Middle));
    }
}

using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>The icon so near that the edge cuts it.</summary>
internal sealed class Closeup : IComposition
{
    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var side = stage.ArtSide;
        var size = stage.IsWide ? stage.Height * 0.98 : stage.Width * 0.86;
        var (x, y) = stage.IsWide ? (side.CentreX + 70, stage.Height * 0.56) : (stage.Width * 0.56, side.CentreY - 20);
        var disc = scheme.First.ContrastWith(scheme.Ground) > 1.2 ? scheme.First : scheme.Second;
        var art = Window(
            side,
            Disc(x, y, size * (stage.IsWide ? 0.5 : 0.62), scheme.Ground.Mix(disc, 0.5)),
            Disc(x, y, size * (stage.IsWide ? 0.42 : 0.52), disc),
            Group($"rotate({Number(stage.Dice.Between(-12, 12))} {Number(x)} {Number(y)})", stage.Icon.Draw(x, y, size * (stage.IsWide ? 0.7 : 0.8), scheme.IconOn(disc))));
        return new([art], stage.TextSide(TextPlace.Bottom));
    }
}

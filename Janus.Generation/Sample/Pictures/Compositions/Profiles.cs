using static Janus.Generation.Sample.Pictures.SvgWriter;

namespace Janus.Generation.Sample.Pictures.Compositions;

/// <summary>Two faces that look at one thing: the icon between them. Janus's own motif.</summary>
internal sealed class Profiles : IComposition
{
    // A face that looks to the right, 100 high; its back is cut by the edge of the picture.
    private const string Face =
        "M-90 -46H2C32 -42 46 -16 50 17C50.6 23 49 26 49.6 29C51 34 56 41 59.5 47C61 50 59 52 55.5 53C54 54 54.4 55.6 56 58"
        + "C57 60 55.6 61 53.6 61.6C55.6 63 56 65 54.6 67C53 69 53.4 71 54.4 73.6C55 80 50 83 43 82.4C37 82 33 84 32.4 90L32 150H-90Z";

    /// <inheritdoc />
    public Scene Draw(Stage stage)
    {
        var scheme = stage.Scheme;
        var side = stage.ArtSide;
        var panel = scheme.Palette.Soft.ContrastWith(scheme.Ground) > 1.3 ? scheme.Palette.Soft : scheme.Palette.Paper;
        var scale = side.Height / (stage.IsWide ? 128 : 104);
        var gap = stage.IsWide ? 0.2 : 0.27;
        var (x, y) = (side.CentreX, side.Y + (side.Height * 0.46));
        var (left, right) = panel.ContrastWith(scheme.Palette.Main) > 1.5 ? (scheme.Palette.Main, scheme.Palette.Deep) : (scheme.Palette.Accent, scheme.Palette.Deep);
        var nose = side.Height * gap;
        var sun = nose * 0.78;
        var art = Window(
            side,
            Rectangle(side, panel),
            Disc(x, y, nose * 1.5, panel.Mix(scheme.Palette.Paper, 0.6)),
            Group($"translate({Number(x - nose - (60 * scale))} {Number(y - (47 * scale))}) scale({Number(scale)})", Shape(Face, left)),
            Group($"translate({Number(x + nose + (60 * scale))} {Number(y - (47 * scale))}) scale({Number(-scale)} {Number(scale)})", Shape(Face, right)),
            Disc(x, y, sun, scheme.Palette.Accent),
            stage.Icon.Draw(x, y, sun * 1.26, scheme.IconOn(scheme.Palette.Accent)));
        return new([art], stage.TextSide(TextPlace.Middle));
    }
}

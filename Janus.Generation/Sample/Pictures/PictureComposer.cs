using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Janus.Generation.Sample.Pictures.Compositions;

namespace Janus.Generation.Sample.Pictures;

/// <summary>Composes a poster from a brief: colours and icon by its words, arrangement by chance that repeats itself.</summary>
internal static class PictureComposer
{
    // No arrangement is in both lists, so the two pictures of a post never look alike.
    private static readonly IComposition[] Calm = [new Hills(), new Arches(), new StillLife(), new Orbit(), new Cutout(), new Scales(), new Arcs()];
    private static readonly IComposition[] Bold = [new Sunburst(), new Bands(), new Constellation(), new Blocks(), new Profiles(), new Closeup(), new Tiles()];

    /// <summary>The arrangements that there are.</summary>
    public static int Arrangements => Calm.Length + Bold.Length;

    /// <summary>The SVG file, in UTF-8. The same brief and seed give the same bytes.</summary>
    public static byte[] Compose(PictureBrief brief, int seed)
    {
        var svg = Draw(brief, seed).ToString(SaveOptions.DisableFormatting);
        return Encoding.UTF8.GetBytes(svg);
    }

    private static XElement Draw(PictureBrief brief, int seed)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{seed}\n{brief.Product}");
        var palette = PaletteBook.Choose(brief, new Dice(key));
        var arrangements = brief.IsBold ? Bold : Calm;
        // Each turn takes the next arrangement, so that what was made anew is seen to be new; when all were taken, chance begins anew.
        var round = brief.Turn / arrangements.Length;
        var again = round == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n{round}");
        var dice = new Dice($"{key}\n{brief.Caption}\n{brief.Platform}\n{(brief.IsBold ? 'B' : 'A')}{again}");
        var scheme = brief.IsBold ? Scheme.Bold(palette, dice) : Scheme.Calm(palette, dice);
        var stage = new Stage(1200, brief.IsWide ? 675 : 1200, scheme, dice, IconBook.Choose(brief));
        var first = Array.IndexOf(arrangements, dice.Pick(arrangements));
        var scene = arrangements[(first + brief.Turn) % arrangements.Length].Draw(stage);
        return SvgWriter.Root(
            stage.Width,
            stage.Height,
            SvgWriter.Spoken("title", Headline.OneLine(brief.Caption.Length > 0 ? brief.Caption : "Sample picture", 60)),
            SvgWriter.Spoken("desc", Headline.OneLine(brief.Caption.Length > 0 ? brief.Caption : "A poster drawn by the sample studio.", 600)),
            SvgWriter.Rectangle(stage.All, scheme.Ground),
            scene.Art,
            Lettering.Write(brief, scheme, scene.Room));
    }
}

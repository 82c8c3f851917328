using System.Xml.Linq;

namespace Janus.Generation.Sample.Pictures;

/// <summary>Writes the headline and, above it, the product's name.</summary>
internal static class Lettering
{
    private const string Serif = "Georgia, serif";
    private const string Sans = "system-ui, sans-serif";
    private const double NameSize = 30;
    private const double NameSpacing = 1.5;
    private const double Gap = 26;

    // Up to the first base line, and below the last, as shares of the font size.
    private const double Ascent = 0.8;
    private const double Descent = 0.26;

    /// <summary>The lettering of a poster, inside the room that its composition left.</summary>
    public static IEnumerable<XElement> Write(PictureBrief brief, Scheme scheme, TextRoom room)
    {
        var ink = Scheme.InkOn(room.Grounds, scheme.Palette.Deep, scheme.Palette.Paper);
        var text = Wording.Headline(brief, brief.IsWide ? 40 : 52);
        var box = room.Box;
        var name = NameLine(brief, text, box.Width);
        var above = name.Length > 0 ? NameSize + Gap : 0;
        if (text.Length == 0 && name.Length == 0)
            yield break;

        var headline = text.Length == 0
            ? new Headline([], 0, 0)
            : Headline.Fit(text, box.Width, box.Height - above, brief.IsBold ? 124 : 104, 40, mostLines: 4);
        var height = above + Height(headline);
        var top = room.Place switch
        {
            TextPlace.Top => box.Y,
            TextPlace.Bottom => box.Bottom - height,
            _ => box.CentreY - (height / 2),
        };

        if (name.Length > 0)
        {
            var rightToLeft = Wording.IsRightToLeft(name);
            var look = new TextLook(Sans, NameSize, "600", NameInk(scheme, room, ink)) { RightToLeft = rightToLeft, Spacing = rightToLeft ? 0 : NameSpacing };
            yield return SvgWriter.Text([name], rightToLeft ? box.Right : box.X, top + (NameSize * Ascent), 0, look);
        }

        if (headline.Lines.Count > 0)
        {
            var rightToLeft = Wording.IsRightToLeft(text);
            var look = new TextLook(brief.IsBold ? Sans : Serif, headline.Size, brief.IsBold ? "800" : "700", ink) { RightToLeft = rightToLeft };
            yield return SvgWriter.Text(
                headline.Lines, rightToLeft ? box.Right : box.X, top + above + (headline.Size * Ascent), headline.Leading, look);
        }
    }

    private static double Height(Headline headline) =>
        headline.Lines.Count == 0 ? 0 : (headline.Size * (Ascent + Descent)) + ((headline.Lines.Count - 1) * headline.Leading);

    private static string NameLine(PictureBrief brief, string headline, double width)
    {
        var name = Wording.Name(brief);
        return name.Equals(headline, StringComparison.OrdinalIgnoreCase) ? "" : Headline.OneLine(name, width / (NameSize + (2 * NameSpacing)));
    }

    // The name takes a colour of the palette where that can be read.
    private static Tone NameInk(Scheme scheme, TextRoom room, Tone ink)
    {
        Tone[] colours = [scheme.Palette.Main, scheme.Palette.Accent, scheme.Palette.Soft];
        return colours.Where(colour => room.Grounds.All(ground => ground.ContrastWith(colour) >= Scheme.LeastContrast)).DefaultIfEmpty(ink).First();
    }
}

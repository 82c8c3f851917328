using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Janus.Generation.Sample.Pictures;

namespace Janus.Tests.Pictures;

/// <summary>One line of lettering: where it is, by the estimate of <see cref="GlyphWidths"/>, and its colour.</summary>
internal sealed record PosterLine(string Text, double Left, double Top, double Right, double Bottom, string Ink);

/// <summary>Reads a drawn poster back, knowing nothing of how it was composed: which colour is on top at a point, and where the text is.</summary>
internal sealed partial class Poster(byte[] file)
{
    private readonly XElement _root = XDocument.Load(new MemoryStream(file)).Root!;
    private readonly Dictionary<XElement, (double X, double Y)[]> _outlines = [];

    // From the top down.
    private XElement[]? _shapes;

    public XElement Root => _root;
    public double Width => Number(_root, "width");
    public double Height => Number(_root, "height");

    public IEnumerable<PosterLine> Lines()
    {
        foreach (var text in Named(_root, "text"))
        {
            var (size, spacing) = (Number(text, "font-size"), Number(text, "letter-spacing"));
            foreach (var line in Named(text, "tspan"))
            {
                var width = (GlyphWidths.Of(line.Value) * size) + (line.Value.Length * spacing);
                var (x, y) = (Number(line, "x"), Number(line, "y"));
                var left = text.Attribute("direction") is null ? x : x - width;
                yield return new(line.Value, left, y - (0.8 * size), left + width, y + (0.22 * size), text.Attribute("fill")!.Value);
            }
        }
    }

    /// <summary>The colour on top at a point, or null where an icon or a cut-off part of the picture is, which no text may stand on.</summary>
    public string? ColourAt(double x, double y)
    {
        foreach (var shape in _shapes ??= [.. _root.Elements().Reverse()])
        {
            switch (shape.Name.LocalName)
            {
                case "svg" when Inside(shape, x, y):
                case "g" when InsideIcon(shape, x, y):
                    return null;
                case "rect" when Inside(shape, x, y):
                case "circle" when InsideCircle(shape, x, y):
                case "ellipse" when Math.Pow((x - Number(shape, "cx")) / Number(shape, "rx"), 2) + Math.Pow((y - Number(shape, "cy")) / Number(shape, "ry"), 2) <= 1:
                case "path" when InsideOutline(OutlineOf(shape), x, y):
                    return shape.Attribute("fill")!.Value is "none" ? shape.Attribute("stroke")!.Value : shape.Attribute("fill")!.Value;
            }
        }

        return null;
    }

    /// <summary>WCAG 2.2 contrast of two #rrggbb colours, written anew so that it does not lean on the code under test.</summary>
    public static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var weights = new[] { 0.2126, 0.7152, 0.0722 };
        return weights.Select((weight, i) =>
        {
            var channel = int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return weight * (channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4));
        }).Sum();
    }

    private static bool Inside(XElement box, double x, double y) =>
        x >= Number(box, "x") && x <= Number(box, "x") + Number(box, "width") && y >= Number(box, "y") && y <= Number(box, "y") + Number(box, "height");

    private static bool InsideIcon(XElement group, double x, double y)
    {
        var numbers = Numeral().Matches(group.Attribute("transform")!.Value).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray();
        return x >= numbers[0] && x <= numbers[0] + (100 * numbers[2]) && y >= numbers[1] && y <= numbers[1] + (100 * numbers[2]);
    }

    private static bool InsideCircle(XElement circle, double x, double y)
    {
        var distance = Math.Sqrt(Math.Pow(x - Number(circle, "cx"), 2) + Math.Pow(y - Number(circle, "cy"), 2));
        return circle.Attribute("fill")!.Value is "none"
            ? Math.Abs(distance - Number(circle, "r")) <= Number(circle, "stroke-width") / 2
            : distance <= Number(circle, "r");
    }

    private (double X, double Y)[] OutlineOf(XElement path)
    {
        if (!_outlines.TryGetValue(path, out var outline))
            _outlines.Add(path, outline = [.. Outline(path.Attribute("d")!.Value)]);
        return outline;
    }

    private static bool InsideOutline((double X, double Y)[] corners, double x, double y)
    {
        var inside = false;
        for (int i = 0, j = corners.Length - 1; i < corners.Length; j = i++)
        {
            if (corners[i].Y > y != corners[j].Y > y && x < ((corners[j].X - corners[i].X) * (y - corners[i].Y) / (corners[j].Y - corners[i].Y)) + corners[i].X)
                inside = !inside;
        }

        return inside;
    }

    // Straight lines, cubic curves and circular arcs of less than half a turn or exactly that: all that the compositions use.
    private static List<(double X, double Y)> Outline(string path)
    {
        var corners = new List<(double X, double Y)>();
        foreach (Match command in Command().Matches(path))
        {
            var n = Numeral().Matches(command.Value).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray();
            var from = corners.Count > 0 ? corners[^1] : default;
            switch (command.Value[0])
            {
                case 'M' or 'L':
                    corners.Add((n[0], n[1]));
                    break;
                case 'C':
                    corners.AddRange(Enumerable.Range(1, 12).Select(i => i / 12.0).Select(t => (
                        Bezier(t, from.X, n[0], n[2], n[4]), Bezier(t, from.Y, n[1], n[3], n[5]))));
                    break;
                case 'A':
                    corners.AddRange(Arc(from, (n[5], n[6]), n[0], clockwise: n[4] > 0));
                    break;
            }
        }

        return corners;
    }

    private static double Bezier(double t, double a, double b, double c, double d)
    {
        var u = 1 - t;
        return (u * u * u * a) + (3 * u * u * t * b) + (3 * u * t * t * c) + (t * t * t * d);
    }

    private static IEnumerable<(double X, double Y)> Arc((double X, double Y) from, (double X, double Y) to, double radius, bool clockwise)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var chord = Math.Sqrt((dx * dx) + (dy * dy));
        var height = Math.Sqrt(Math.Max(0, (radius * radius) - (chord * chord / 4))) * (clockwise ? 1 : -1);
        var (cx, cy) = (((from.X + to.X) / 2) - (height * dy / chord), ((from.Y + to.Y) / 2) + (height * dx / chord));
        var start = Math.Atan2(from.Y - cy, from.X - cx);
        var sweep = 2 * Math.Asin(Math.Min(1, chord / 2 / radius)) * (clockwise ? 1 : -1);
        return Enumerable.Range(1, 16).Select(i => start + (sweep * i / 16)).Select(angle => (cx + (radius * Math.Cos(angle)), cy + (radius * Math.Sin(angle))));
    }

    private static IEnumerable<XElement> Named(XElement parent, string name) => parent.Descendants().Where(element => element.Name.LocalName == name);

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);

    [GeneratedRegex("[MLCAZ][^MLCAZ]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command();

    [GeneratedRegex(@"-?\d+(\.\d+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numeral();
}

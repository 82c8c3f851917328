using System.Globalization;
using System.Xml.Linq;

namespace Janus.Generation.Sample.Pictures;

/// <summary>
/// The only place where SVG elements are made. System.Xml.Linq does the escaping, and every number goes through <see cref="Number"/>,
/// so that a picture is the same bytes under every culture. No element here can refer to anything outside the file.
/// </summary>
internal static class SvgWriter
{
    private static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    /// <summary>A coordinate: a tenth of a pixel is finer than anyone sees.</summary>
    public static string Number(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The whole picture.</summary>
    public static XElement Root(double width, double height, params object[] content) => Element(
        "svg", [("viewBox", $"0 0 {Number(width)} {Number(height)}"), ("width", Number(width)), ("height", Number(height)), ("role", "img")], content);

    /// <summary>A part of the picture that cuts off whatever leaves it.</summary>
    public static XElement Window(Box box, params object[] content) => Element(
        "svg",
        [("x", Number(box.X)), ("y", Number(box.Y)), ("width", Number(box.Width)), ("height", Number(box.Height)),
            ("viewBox", $"{Number(box.X)} {Number(box.Y)} {Number(box.Width)} {Number(box.Height)}"), ("overflow", "hidden")],
        content);

    /// <summary>Shapes that move together.</summary>
    public static XElement Group(string transform, params object[] content) => Element("g", [("transform", transform)], content);

    /// <summary>A rectangle, with round corners if wanted.</summary>
    public static XElement Rectangle(Box box, Tone fill, double corner = 0) => Element(
        "rect",
        [("x", Number(box.X)), ("y", Number(box.Y)), ("width", Number(box.Width)), ("height", Number(box.Height)),
            .. corner > 0 ? [("rx", Number(corner))] : Array.Empty<(string, string)>(), ("fill", fill.ToString())]);

    /// <summary>A disc.</summary>
    public static XElement Disc(double x, double y, double radius, Tone fill) => Element(
        "circle", [("cx", Number(x)), ("cy", Number(y)), ("r", Number(radius)), ("fill", fill.ToString())]);

    /// <summary>A circle's line.</summary>
    public static XElement Ring(double x, double y, double radius, Tone stroke, double thickness) => Element(
        "circle",
        [("cx", Number(x)), ("cy", Number(y)), ("r", Number(radius)), ("fill", "none"), ("stroke", stroke.ToString()), ("stroke-width", Number(thickness))]);

    /// <summary>A filled ellipse.</summary>
    public static XElement Ellipse(double x, double y, double radiusX, double radiusY, Tone fill) => Element(
        "ellipse", [("cx", Number(x)), ("cy", Number(y)), ("rx", Number(radiusX)), ("ry", Number(radiusY)), ("fill", fill.ToString())]);

    /// <summary>A filled outline, in the path language of SVG.</summary>
    public static XElement Shape(string path, Tone fill) => Element("path", [("d", path), ("fill", fill.ToString())]);

    /// <summary>A line with round ends, in the path language of SVG.</summary>
    public static XElement Line(string path, Tone stroke, double thickness) => Element(
        "path",
        [("d", path), ("fill", "none"), ("stroke", stroke.ToString()), ("stroke-width", Number(thickness)), ("stroke-linecap", "round"), ("stroke-linejoin", "round")]);

    /// <summary>Shapes that let what lies under them shine through.</summary>
    public static XElement Faint(double opacity, params object[] content) => Element(
        "g", [("opacity", opacity.ToString("0.##", CultureInfo.InvariantCulture))], content);

    /// <summary>An element for those who do not see the picture: <c>title</c> or <c>desc</c>.</summary>
    public static XElement Spoken(string name, string text) => new(Namespace + name, text);

    /// <summary>Lines of text, one below the other, from (<paramref name="x"/>, the first base line).</summary>
    public static XElement Text(IReadOnlyList<string> lines, double x, double baseline, double leading, TextLook look) => Element(
        "text",
        [("font-family", look.Family), ("font-size", Number(look.Size)), ("font-weight", look.Weight), ("fill", look.Ink.ToString()),
            .. look.RightToLeft ? [("direction", "rtl")] : Array.Empty<(string, string)>(),
            .. look.Spacing > 0 ? [("letter-spacing", Number(look.Spacing))] : Array.Empty<(string, string)>()],
        [.. lines.Select((line, i) => Element("tspan", [("x", Number(x)), ("y", Number(baseline + (i * leading)))], line))]);

    private static XElement Element(string name, IEnumerable<(string Name, string Value)> attributes, params object[] content) =>
        new(Namespace + name, attributes.Select(pair => new XAttribute(pair.Name, pair.Value)), content);
}

/// <summary>How text looks.</summary>
internal sealed record TextLook(string Family, double Size, string Weight, Tone Ink)
{
    /// <summary>Whether it is read from right to left; it then ends at the x it is given.</summary>
    public bool RightToLeft { get; init; }

    /// <summary>Extra space between letters, in pixels.</summary>
    public double Spacing { get; init; }
}

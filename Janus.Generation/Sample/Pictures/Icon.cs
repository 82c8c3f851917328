using System.Globalization;
using System.Xml.Linq;

namespace Janus.Generation.Sample.Pictures;

/// <summary>The three colours of an icon.</summary>
/// <param name="Body">Its largest shape.</param>
/// <param name="Detail">The shapes on it.</param>
/// <param name="Light">Gleams and faces.</param>
internal sealed record IconInk(Tone Body, Tone Detail, Tone Light)
{
    /// <summary>The colour that a part of an icon asks for by its letter.</summary>
    public Tone this[char role] => role switch
    {
        'b' => Body,
        'd' => Detail,
        'l' => Light,
        's' => Body.Mix(Tone.Of("000000"), 0.18),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "An icon's part is b (body), s (its shade), d (detail) or l (light)."),
    };
}

/// <summary>One shape of an icon, in a square of 100 by 100.</summary>
/// <param name="Role">Its colour: b body, s shade of the body, d detail, l light.</param>
/// <param name="Path">Its outline, in the path language of SVG.</param>
/// <param name="Stroke">The thickness of its line, or 0 for a filled shape.</param>
internal sealed record IconPart(char Role, string Path, double Stroke = 0);

/// <summary>A thing drawn with a few shapes.</summary>
internal sealed record Icon(string Name, IReadOnlyList<IconPart> Parts)
{
    /// <summary>An icon whose parts are written like <c>b M0 0Z</c> (a filled body) or <c>l3 M0 0L9 9</c> (a light line, 3 thick).</summary>
    public static Icon Of(string name, params IEnumerable<string> parts) => new(name, [.. parts.Select(Part)]);

    private static IconPart Part(string part)
    {
        var space = part.IndexOf(' ', StringComparison.Ordinal);
        return new(part[0], part[(space + 1)..], space == 1 ? 0 : double.Parse(part.AsSpan(1, space - 1), CultureInfo.InvariantCulture));
    }

    /// <summary>Draws it around a centre.</summary>
    public XElement Draw(double x, double y, double size, IconInk ink)
    {
        var scale = (size / 100).ToString("0.###", CultureInfo.InvariantCulture);
        return SvgWriter.Group(
            $"translate({SvgWriter.Number(x - (size / 2))} {SvgWriter.Number(y - (size / 2))}) scale({scale})",
            [.. Parts.Select(part => part.Stroke > 0 ? SvgWriter.Line(part.Path, ink[part.Role], part.Stroke) : SvgWriter.Shape(part.Path, ink[part.Role]))]);
    }
}

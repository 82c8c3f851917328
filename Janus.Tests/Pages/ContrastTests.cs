using System.Globalization;
using System.Text.RegularExpressions;
using Janus.Tests.House;

namespace Janus.Tests.Pages;

/// <summary>
/// The colours of both themes, read from the one file that has them and measured as WCAG 2.2 defines contrast
/// (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio): 4.5 to 1 for text (1.4.3), 3 to 1 for what shows a control or a state (1.4.11).
/// </summary>
public sealed partial class ContrastTests
{
    private const double Text = 4.5;
    private const double Shape = 3;

    private static readonly string[] _grounds = ["bg", "surface", "surface-2"];

    private static readonly string[] _looks =
        ["planning", "creating", "scheduled", "active", "analyzing", "completed", "failed", "paused", "ok", "wait", "bad", "a", "b"];

    public static TheoryData<string> Themes => ["light", "dark"];

    [Theory]
    [MemberData(nameof(Themes))]
    public void Every_text_colour_can_be_read_on_every_ground(string theme)
    {
        var colours = Read(theme);
        foreach (var ground in _grounds)
        {
            foreach (var text in (string[])["ink", "ink-2", "ink-3", .. _looks])
                Ratio(colours[text], colours[ground]).ShouldBeGreaterThanOrEqualTo(Text, $"{text} on {ground}, {theme}");
        }
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Every_state_can_be_read_on_its_own_soft_ground(string theme)
    {
        var colours = Read(theme);
        foreach (var look in _looks)
            Ratio(colours[look], colours[$"{look}-soft"]).ShouldBeGreaterThanOrEqualTo(Text, $"{look} on its own ground, {theme}");
        foreach (var (text, ground) in new[] { ("on-ink", "ink"), ("on-a", "a"), ("on-b", "b"), ("ink-2", "creating-soft"), ("ink-2", "failed-soft"), ("ink", "failed-soft") })
            Ratio(colours[text], colours[ground]).ShouldBeGreaterThanOrEqualTo(Text, $"{text} on {ground}, {theme}");
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void The_outline_of_a_control_can_be_seen_on_every_ground(string theme)
    {
        var colours = Read(theme);
        foreach (var ground in _grounds)
            Ratio(colours["line-strong"], colours[ground]).ShouldBeGreaterThanOrEqualTo(Shape, $"line-strong on {ground}, {theme}");
    }

    [Fact]
    public void Both_themes_say_every_colour() =>
        Read("dark").Keys.Order().ShouldBe(Read("light").Keys.Order());

    [Fact]
    public void A_colour_stands_in_no_other_file()
    {
        var styles = File.ReadAllText(Path.Combine(Solution.Root, "Janus.Web/wwwroot/css/janus.css"));
        Colour().Matches(styles).Select(match => match.Value).ShouldBeEmpty();
    }

    private static Dictionary<string, (double R, double G, double B)> Read(string theme)
    {
        var text = File.ReadAllText(Path.Combine(Solution.Root, "Janus.Web/wwwroot/css/tokens.css"));
        var start = text.IndexOf(theme == "light" ? ":root {" : "[data-theme=dark] {", StringComparison.Ordinal);
        return Token().Matches(text[start..text.IndexOf('}', start)]).ToDictionary(match => match.Groups["name"].Value, match => Parse(match.Groups["hex"].Value));
    }

    private static (double R, double G, double B) Parse(string hex) => (Channel(hex, 0), Channel(hex, 2), Channel(hex, 4));

    private static double Channel(string hex, int from)
    {
        var share = int.Parse(hex.AsSpan(from, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }

    private static double Ratio((double R, double G, double B) one, (double R, double G, double B) other)
    {
        var (light, dark) = (Luminance(one), Luminance(other));
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    private static double Luminance((double R, double G, double B) colour) => (0.2126 * colour.R) + (0.7152 * colour.G) + (0.0722 * colour.B);

    [GeneratedRegex("--(?<name>[a-z0-9-]+): #(?<hex>[0-9a-f]{6});", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("#[0-9a-fA-F]{3,8}(?=[;, )])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Colour();
}

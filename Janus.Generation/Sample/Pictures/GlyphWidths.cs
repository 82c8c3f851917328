using System.Globalization;
using System.Text;

namespace Janus.Generation.Sample.Pictures;

/// <summary>
/// How wide text will be, in ems, without knowing the reader's fonts: measured on DejaVu Sans Bold, which is wider than the usual
/// system fonts and than Georgia Bold, so that text which fits here fits there.
/// </summary>
internal static class GlyphWidths
{
    // Hundredths of an em for U+0020 to U+007E.
    private static ReadOnlySpan<byte> Latin =>
    [
        35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40, 84, 84, 84, 59,
        100, 78, 77, 74, 84, 69, 69, 83, 84, 38, 38, 78, 64, 100, 84, 86, 74, 86, 78, 73, 69, 82, 78, 111, 78, 73, 73, 46, 37, 46, 84, 50,
        50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84,
    ];

    /// <summary>The width of a text at font size 1.</summary>
    public static double Of(string text)
    {
        var width = 0.0;
        foreach (var rune in text.EnumerateRunes())
            width += Of(rune);
        return width;
    }

    private static double Of(Rune rune) => rune.Value switch
    {
        >= 0x20 and <= 0x7E => Latin[rune.Value - 0x20] / 100.0,
        '…' or '—' => 1.0,
        // Emoji stand in squares a little wider than the em; a joined family of them may still be drawn side by side.
        >= 0x1F000 and <= 0x1FFFF or (>= 0x2600 and <= 0x27BF) => 1.4,
        // Chinese, Japanese, Korean, full-width forms.
        (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE4F)
            or (>= 0xFF00 and <= 0xFF60) or (>= 0x20000 and <= 0x3FFFF) => 1.05,
        // Arabic letters that join are narrower than those that stand alone.
        >= 0x0600 and <= 0x06FF when Rune.IsLetter(rune) => 0.75,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
            UnicodeCategory.UppercaseLetter => 1.0,
            UnicodeCategory.SpaceSeparator => 0.4,
            _ => rune.Value < 0x250 ? 0.75 : 0.9,
        },
    };
}

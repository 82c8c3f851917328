namespace Janus.Generation.Sample.Pictures;

/// <summary>A text broken into lines at the largest size at which it fits.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Size">The font size, in pixels.</param>
/// <param name="Leading">From base line to base line, in pixels.</param>
internal sealed record Headline(IReadOnlyList<string> Lines, double Size, double Leading)
{
    private const double Step = 4;

    /// <summary>Fits a text into a room. What does not fit at the smallest size ends with an ellipsis.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The room's width, in pixels.</param>
    /// <param name="height">The room's height, in pixels.</param>
    /// <param name="largest">The largest font size.</param>
    /// <param name="smallest">The smallest font size.</param>
    /// <param name="mostLines">The most lines that are read at a glance.</param>
    public static Headline Fit(string text, double width, double height, double largest, double smallest, int mostLines = int.MaxValue)
    {
        var leading = Leads(text);
        for (var size = largest; size >= smallest; size -= Step)
        {
            var most = Math.Min(mostLines, (int)(height / (size * leading)));
            // A word may be broken only at the smallest size: a smaller headline reads better than a broken word.
            var lines = Wrap(text, width / size, breakWords: size - Step < smallest || !text.Contains(' '));
            if (lines is not null && lines.Count <= most)
                return new(Balance(text, width / size, lines), size, size * leading);
        }

        var room = Math.Max(1, (int)(height / (smallest * leading)));
        var kept = Wrap(text, width / smallest, breakWords: true)!.Take(room).ToList();
        kept[^1] = Ellipsis(kept[^1], width / smallest);
        return new(kept, smallest, smallest * leading);
    }

    /// <summary>A text on one line, cut with an ellipsis where it is too wide.</summary>
    public static string OneLine(string text, double ems) => GlyphWidths.Of(text) <= ems ? text : Ellipsis(text, ems);

    // The narrowest wrapping with as many lines: "Rain or / shine" rather than "Rain or shine / it".
    private static List<string> Balance(string text, double ems, List<string> lines)
    {
        if (lines.Count == 1 || !text.Contains(' '))
            return lines;
        for (var narrower = ems * 0.95; narrower > ems * 0.4; narrower -= ems * 0.04)
        {
            if (Wrap(text, narrower, breakWords: false) is not { } tried || tried.Count > lines.Count)
                break;
            lines = tried;
        }

        return lines;
    }

    private static List<string>? Wrap(string text, double ems, bool breakWords)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (GlyphWidths.Of(longer) <= ems)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
                lines.Add(line);
            line = word;
            if (GlyphWidths.Of(word) <= ems)
                continue;
            if (!breakWords)
                return null;
            var pieces = Pieces(word, ems);
            lines.AddRange(pieces.Take(pieces.Count - 1));
            line = pieces[^1];
        }

        if (line.Length > 0)
            lines.Add(line);
        return lines;
    }

    private static List<string> Pieces(string word, double ems)
    {
        var hyphen = word.All(letter => letter < 0x250 && char.IsLetter(letter)) ? "-" : "";
        var pieces = new List<string> { "" };
        foreach (var letter in Wording.Letters(word))
        {
            if (pieces[^1].Length > 0 && GlyphWidths.Of(pieces[^1] + letter + hyphen) > ems)
            {
                pieces[^1] += hyphen;
                pieces.Add("");
            }

            pieces[^1] += letter;
        }

        return pieces;
    }

    private static string Ellipsis(string line, double ems)
    {
        var letters = Wording.Letters(line.TrimEnd('…')).ToList();
        while (letters.Count > 0 && GlyphWidths.Of(string.Concat(letters)) + GlyphWidths.Of("…") > ems)
            letters.RemoveAt(letters.Count - 1);
        return string.Concat(letters).TrimEnd() + "…";
    }

    // Scripts with marks above and below their letters need more air than Latin ones.
    private static double Leads(string text) =>
        text.EnumerateRunes().Max(rune => rune.Value switch { < 0x0590 => 1.1, < 0x1000 => 1.45, < 0x1100 => 1.3, _ => 1.24 });
}

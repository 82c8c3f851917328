using System.Buffers;
using System.Globalization;
using System.Text;

namespace Janus.Generation.Sample.Pictures;

/// <summary>Finds the few words that a poster has room for.</summary>
internal static class Wording
{
    // "A picture of a cup" and "Close-up of a cup" are about the cup.
    private static readonly HashSet<string> Openers = new(StringComparer.OrdinalIgnoreCase)
    {
        "picture", "photo", "photograph", "image", "illustration", "drawing", "poster", "close-up", "closeup", "view", "scene", "shot",
    };

    // Words that open a phrase: a headline may end before one, never with one.
    private static readonly HashSet<string> Danglers = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "of", "in", "on", "at", "by", "for", "with", "and", "or", "to", "from", "into", "over", "under", "that", "which", "who",
        "is", "are", "its", "their", "his", "her", "your", "our", "my", "as", "while", "where", "when", "every", "than", "because", "without", "about", "after", "before", "beside", "near", "between", "&", "-", "–", "—",
        "ein", "eine", "einem", "einen", "einer", "der", "die", "das", "den", "dem", "des", "und", "für", "mit", "auf", "am", "im", "an", "bei", "von", "vom", "zu", "zum", "zur", "neben", "über",
        "le", "la", "les", "un", "une", "du", "de", "et", "pour", "avec", "sur", "sous", "dans", "au", "aux", "à", "en", "près", "devant", "vers",
        "el", "los", "las", "unos", "del", "y", "para", "con", "sobre", "junto", "hacia", "entre", "por", "una",
    };

    // Of those, the ones that may themselves follow a word that opens the phrase: "at exactly the right hour".
    private static readonly HashSet<string> Determiners = new(StringComparer.OrdinalIgnoreCase) { "a", "an", "the", "its", "their", "his", "her", "your", "our", "my", "every", "ein", "eine", "einem", "einen", "einer", "der", "die", "das", "den", "dem", "le", "la", "les", "un", "une", "el", "los", "las", "una" };

    // Chinese and Japanese mark phrases without spaces.
    private static readonly SearchValues<char> WideStops = SearchValues.Create("、。，：；！？");

    private const string Stops = ",;:.!?、。，；：！？،؛؟";

    /// <summary>
    /// The text on one line, without what XML cannot hold (control characters, half surrogates) and without invisible marks
    /// that turn the direction of what follows.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
                clean.Append(' ');
            else if (!IsUnfit(rune))
                clean.Append(rune.ToString());
        }

        return string.Join(' ', clean.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The words in lower case, without punctuation.</summary>
    public static IReadOnlyList<string> Words(string text) =>
    [
        .. text.Split(' ').Select(word => word.Trim().ToLowerInvariant())
            .Select(word => string.Concat(word.EnumerateRunes().Where(rune => Rune.IsLetterOrDigit(rune) || rune.Value == '-')).Trim('-'))
            .Where(word => word.Length > 0),
    ];

    /// <summary>The headline: the first clause of the caption, without "a picture of" and within the room; else the product's.</summary>
    /// <param name="brief">What is shown.</param>
    /// <param name="room">The most that fits, in letters of the Latin script.</param>
    public static string Headline(PictureBrief brief, int room)
    {
        var words = Shorten(brief.Caption, room);
        return words.Length > 0 ? words : Shorten(brief.Product, room);
    }

    /// <summary>The product's name: the capitalised words that it begins with, else its first few words.</summary>
    public static string Name(PictureBrief brief)
    {
        var words = FirstPhrase(brief.Product).Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => Danglers.Contains(word)).ToArray();
        var count = 0;
        while (count < Math.Min(words.Length, 4) && (IsName(words[count]) || (words[count] == "&" && count > 0)))
        {
            if (EndsPhrase(words[count++]))
                return Join(count);
        }

        // One capital before an ordinary word is more likely how every sentence begins than a name, unless the sentence goes on with "is".
        return count > 1 || (count == 1 && words.Length > 1 && words[1] is "is" or "helps" or "makes" or "lets" or "gives")
            ? Join(count)
            : Shorten(FirstPhrase(brief.Product), 26);

        string Join(int taken) => string.Join(' ', words.Take(taken)).TrimEnd('&', ' ').TrimEnd([.. Stops]);
    }

    /// <summary>What the eye takes for letters: a letter with its marks, or a whole emoji.</summary>
    public static IReadOnlyList<string> Letters(string text)
    {
        var letters = new List<string>();
        var each = StringInfo.GetTextElementEnumerator(text);
        while (each.MoveNext())
            letters.Add(each.GetTextElement());
        return letters;
    }

    /// <summary>Whether the text is read from right to left, by its first letter that says so.</summary>
    public static bool IsRightToLeft(string text)
    {
        foreach (var rune in text.EnumerateRunes().Where(Rune.IsLetter))
            return rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF);
        return false;
    }

    private static string Shorten(string text, int room)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var opener = words.Take(4).ToList().FindLastIndex(Openers.Contains);
        if (opener >= 0 && words.Count > opener + 2 && words[opener + 1].Equals("of", StringComparison.OrdinalIgnoreCase))
            words.RemoveRange(0, opener + 2);
        // "Gros plan : une porte ouverte" is about the door, too.
        var colon = words.Take(4).ToList().FindIndex(word => word.EndsWith(':'));
        if (colon >= 0 && words.Count > colon + 1)
            words.RemoveRange(0, colon + 1);
        if (words.Count > 1 && words[0].ToUpperInvariant() is "A" or "AN" or "EIN" or "EINE" or "UN" or "UNE" or "UNA")
            words.RemoveAt(0);

        var kept = words.Take(Math.Max(1, CountWithin(words, room))).ToList();
        if (kept.Count < words.Count)
            kept = [.. kept.Take(PhraseEnd(kept, words[kept.Count]))];
        var headline = string.Join(' ', kept);
        // "We raced the bus. Twice." keeps its full stop; a single sentence needs none.
        var keeps = headline.EndsWith('?') || headline.EndsWith('!') || headline.Contains(". ", StringComparison.Ordinal);
        return Capitalised(Cut(keeps ? headline : headline.TrimEnd([.. Stops, '-', '–', '—', ' ']), room * 1.2));
    }

    private static int CountWithin(List<string> words, int room)
    {
        var (count, used) = (0, 0.0);
        while (count < words.Count && (used += (GlyphWidths.Of(words[count]) / GlyphWidths.Of("n")) + 1) <= room + 1)
            count++;
        return count;
    }

    // Where too long a text may stop without leaving half a phrase: after a stop, else before a word that opens a phrase.
    private static int PhraseEnd(List<string> words, string next)
    {
        var stop = words.FindLastIndex(EndsPhrase) + 1;
        if (stop >= 3)
            return stop;
        if (Danglers.Contains(next) && !Determiners.Contains(next) && !Danglers.Contains(words[^1]))
            return words.Count;
        var end = words.FindLastIndex(Danglers.Contains);
        while (end > 0 && Danglers.Contains(words[end - 1]))
            end--;
        return end >= 3 ? end : words.Count;
    }

    private static string FirstPhrase(string text)
    {
        var stop = text.AsSpan().IndexOfAny(WideStops);
        return stop > 0 ? text[..stop] : text;
    }

    private static bool IsName(string word) => char.IsUpper(word[0]) || char.IsDigit(word[0]);

    private static bool EndsPhrase(string word) => Stops.Contains(word[^1], StringComparison.Ordinal);

    // A single word longer than the room (a sentence without spaces, a web address) ends with an ellipsis.
    private static string Cut(string text, double room)
    {
        var letters = Letters(text);
        var used = 0.0;
        for (var i = 0; i < letters.Count; i++)
        {
            used += GlyphWidths.Of(letters[i]) / GlyphWidths.Of("n");
            if (used > room)
            {
                var stop = text.AsSpan(0, string.Concat(letters.Take(i)).Length).LastIndexOfAny(WideStops);
                return stop >= 3 ? text[..stop] : string.Concat(letters.Take(i)) + "…";
            }
        }

        return text;
    }

    private static string Capitalised(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static bool IsUnfit(Rune rune) =>
        rune.Value is 0xFFFD or 0xFFFE or 0xFFFF or 0xFEFF or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F)
        || (rune.Value & 0xFFFE) == 0xFFFE
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}

using System.Text.RegularExpressions;

namespace Janus.Generation.Sample.Briefs;

/// <summary>Takes a clean text apart into phrases that can be quoted inside a sentence: none holds an end of sentence.</summary>
internal static partial class Phrases
{
    public const int Longest = 110;

    private const int Most = 40;

    /// <summary>The phrases of a text, in its order, the first forty.</summary>
    public static IReadOnlyList<string> Of(string text, Language language)
    {
        var sentences = Sentences().Split(text).Select(Trim).Where(sentence => sentence.Length > 0).Take(4 * Most).ToList();
        var phrases = sentences.SelectMany(sentence => FitsWhole(sentence) ? [sentence] : Clauses(sentence, language)).Where(Says).ToList();
        if (phrases.Count < 6)
            phrases.AddRange(sentences.Where(FitsWhole).SelectMany(sentence => Comma().Split(sentence).Skip(1)).Select(Trim).Where(StandsAlone));
        if (phrases.Count == 0)
            phrases.AddRange(sentences.Select(sentence => Cut(Ends().Replace(sentence, " "), Longest, language)).Take(1));
        return [.. phrases.Distinct(StringComparer.OrdinalIgnoreCase).Take(Most)];
    }

    /// <summary>The phrases of a text that hold a dot inside and nothing else that ends a sentence; at most twelve.</summary>
    public static IReadOnlyList<string> Dotted(string text) => [.. Sentences().Split(text).Take(4 * Most).Select(Trim)
        .Where(sentence => sentence.Length <= Longest && Ends().Count(sentence) == 1 && sentence.Contains('.', StringComparison.Ordinal) && Says(sentence))
        .Distinct(StringComparer.OrdinalIgnoreCase).Take(12)];

    /// <summary>Shortens a phrase to at most <paramref name="most"/> characters, at a comma or else between words.</summary>
    public static string Cut(string phrase, int most, Language language)
    {
        if (phrase.Length <= most)
            return phrase;
        var comma = Comma().Matches(phrase).LastOrDefault(match => match.Index <= most && match.Index > most / 3);
        if (comma is not null)
            return Trim(phrase[..comma.Index]);
        var space = phrase.LastIndexOf(' ', most - 1);
        if (space <= most / 4)
            return phrase[..(char.IsHighSurrogate(phrase[most - 2]) ? most - 2 : most - 1)] + "…";
        var words = phrase[..space].Split(' ').ToList();
        while (words.Count > 1 && StopWords.Of(language).Contains(words[^1]))
            words.RemoveAt(words.Count - 1);
        return string.Join(' ', words).TrimEnd(',', ';', ':', '-', '–', '—') + "…";
    }

    /// <summary>Puts the first letter of a phrase in lower case when its first word is a plain word, as after a colon.</summary>
    public static string Lower(string phrase, Language language)
    {
        var end = phrase.IndexOfAny([' ', ',', ':']);
        var first = (end < 0 ? phrase : phrase[..end]).TrimStart('¿', '¡');
        var at = phrase.Length > 0 && phrase[0] is '¿' or '¡' ? 1 : 0;
        return StopWords.Of(language).Contains(first.Split('’', '\'')[0]) && phrase.Length > at
            ? phrase[..at] + char.ToLowerInvariant(phrase[at]) + phrase[(at + 1)..]
            : phrase;
    }

    private static bool FitsWhole(string sentence) => sentence.Length <= Longest && !Ends().IsMatch(sentence);

    private static bool Says(string phrase) =>
        Wording.Words(phrase).Count() >= 2 && phrase.Count(character => char.IsLetter(character) || character == ' ') * 10 >= phrase.Length * 7;

    // A clause that leans on the one before it (“that ...”, “weil ...”) says nothing alone.
    private static bool StandsAlone(string phrase) =>
        Says(phrase) && !Leaning().IsMatch(phrase) && Wording.Words(phrase).Count(StopWords.IsContent) >= 2;

    private static IEnumerable<string> Clauses(string sentence, Language language)
    {
        var gathered = "";
        foreach (var clause in Comma().Split(sentence).Select(Trim))
        {
            var joined = gathered.Length == 0 ? clause : $"{gathered}, {clause}";
            if (FitsWhole(joined))
            {
                gathered = joined;
                continue;
            }

            if (gathered.Length > 0)
                yield return gathered;
            gathered = Ends().IsMatch(clause) ? "" : Cut(clause, Longest, language);
        }

        if (gathered.Length > 0)
            yield return gathered;
    }

    private static string Trim(string phrase)
    {
        var trimmed = Bullet().Replace(phrase, "").Trim(' ', ',', ';', ':', '.', '!', '?', '。', '！', '？', '-', '–', '—', '•', '·', '…', '\n');
        trimmed = Joint().Replace(trimmed, "");
        return trimmed.Count(character => character == '(') == trimmed.Count(character => character == ')')
            ? trimmed
            : trimmed.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal).Trim();
    }

    [GeneratedRegex(@"(?<=[.!?…])\s+|[。！？؟।\n;]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentences();

    [GeneratedRegex(@"[,;:、，،]\s+|[、，،]|\s+[–—-]\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comma();

    [GeneratedRegex("[.!?。！？]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ends();

    [GeneratedRegex(@"^\s*(?:[-•·]|\d{1,2}[.)])\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bullet();

    [GeneratedRegex("^(?:that|which|who|whose|because|so|when|while|if|where|than|but|die|der|das|dem|den|dass|weil|wenn|ob|was|wo|um|damit|deren|dessen|aber|sondern|qui|que|dont|où|parce|mais|quand|quien|quienes|donde|porque|cuando|pero|sino)\\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Leaning();

    [GeneratedRegex("^(?:and|und|et|y|or|oder|ou|o)\\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Joint();
}

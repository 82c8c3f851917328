using System.Text.RegularExpressions;

namespace Janus.Generation.Sample.Briefs;

/// <summary>Finds what a brief calls its product: “PulseBand is a ...” gives PulseBand, “A ceramic mug that ...” gives “our ceramic mug”.</summary>
internal static partial class ProductName
{
    private const int MostWords = 6;
    private const int MostCharacters = 48;

    private static readonly HashSet<string> Articles = Set("a an the our my ein eine der die das unser unsere un une le la les l notre nos una el los las nuestro nuestra unos unas");
    // “a mug” is said once; a campaign goes on speaking of “our mug”.
    private static readonly Dictionary<(Language, string), string> Ours = new()
    {
        [(Language.English, "a")] = "our",
        [(Language.English, "an")] = "our",
        [(Language.German, "ein")] = "unser",
        [(Language.German, "eine")] = "unsere",
        [(Language.French, "un")] = "notre",
        [(Language.French, "une")] = "notre",
        [(Language.Spanish, "un")] = "nuestro",
        [(Language.Spanish, "una")] = "nuestra",
    };

    private static readonly HashSet<string> Connectors = Set("of de du des del von & d");
    private static readonly HashSet<string> Verbs = Set("""
        is are was helps lets makes keeps turns brings gives saves connects offers shows finds delivers automates replaces combines uses works tells tracks sends cuts
        gets allows enables provides creates builds has can will takes reminds teaches plans writes runs stores measures protects cleans warns learns
        ist sind hilft macht bringt verbindet bietet zeigt findet liefert ersetzt nutzt hat kann spart erinnert misst hält lernt plant
        est sont aide permet offre propose transforme relie montre apporte remplace a peut simplifie rend
        es son ayuda permite ofrece conecta muestra convierte trae reemplaza tiene puede hace une
        """);

    /// <summary>The name as it can stand inside a sentence, or null when the brief does not lead with one.</summary>
    public static string? Of(string cleanText, Language language)
    {
        if (language == Language.Other)
            return null;
        var first = cleanText.Split('\n', 2)[0];
        if (Offer().Match(first) is { Success: true } offer && Lead(offer.Groups["what"].Value, language) is { } offered)
            return offered;
        return Lead(Introduction().Replace(first, ""), language) ?? Repeated(cleanText, language);
    }

    private static string? Lead(string text, Language language)
    {
        var taken = new List<string>();
        var named = false;
        var ended = false;
        foreach (var token in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var word = token.TrimEnd(',', ';', ':', '.', '!', '?');
            var isArticle = taken.Count == 0 && Articles.Contains(word);
            var isVerb = taken.Count > 0 && Verbs.Contains(word);
            if (isVerb || token is "-" or "–" or "—" or "(" || (!isArticle && !Connectors.Contains(word) && StopWords.Of(language).Contains(word)))
            {
                named = isVerb || token is "-" or "–" or "—";
                ended = true;
                break;
            }

            if (taken.Count == MostWords)
                return null;
            taken.Add(word.Trim('(', ')', '“', '”', '„', '«', '»', '\''));
            if (word.Length < token.Length)
            {
                named = token[^1] is ',' or ':';
                ended = true;
                break;
            }
        }

        while (taken.Count > 0 && Connectors.Contains(taken[^1]))
            taken.RemoveAt(taken.Count - 1);
        var name = string.Join(' ', taken);
        var isWhole = ended || taken.Count <= 4;
        return isWhole && name.Length <= MostCharacters && taken.Any(word => word.Count(char.IsLetter) >= 2 && !Articles.Contains(word))
            ? Cased(taken, named, language)
            : null;
    }

    // A capital at the start of a sentence is only the sentence's, unless what follows says that it is a name.
    private static string Cased(List<string> words, bool named, Language language)
    {
        var first = words[0];
        var isCoined = first.Skip(1).Any(character => char.IsUpper(character) || char.IsDigit(character) || character == '.');
        var isTitle = words.Count > 1 && words.Skip(1).Where(word => word.Length > 3).All(word => char.IsUpper(word[0])) && words.Skip(1).Any(word => word.Length > 3);
        var keeps = isCoined || (words.Count == 1 && (named || language == Language.German)) || (isTitle && language != Language.German);
        if (language == Language.German && words.Count > 1 && !Articles.Contains(first) && !first.EndsWith('e') && !first.EndsWith("er", StringComparison.Ordinal))
            keeps = true;
        if (Articles.Contains(first) || !keeps)
            words[0] = char.ToLowerInvariant(first[0]) + first[1..];
        if (Ours.TryGetValue((language, words[0]), out var our))
            words[0] = our;
        else if (language == Language.English && !keeps && !Articles.Contains(first))
            words.Insert(0, "our");
        return string.Join(' ', words);
    }

    // A word with a capital inside a sentence, more than once, or with a capital inside itself: “we built it. QuietHive ... QuietHive”.
    private static string? Repeated(string text, Language language) => Inner().Matches(text)
        .Select(match => match.Value)
        .Where(word => !StopWords.Of(language).Contains(word) && word.Length is > 2 and <= 30)
        .GroupBy(word => word, StringComparer.Ordinal)
        .Where(group => group.Key.Skip(1).Any(char.IsUpper) ? group.Key.Any(char.IsLower) : group.Count() > 1 && language != Language.German)
        .OrderByDescending(group => group.Count())
        .FirstOrDefault()?.Key;

    private static HashSet<string> Set(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?:we (?:sell|make|offer|design|craft|roast|bake|produce|provide|launched|are launching|build|are building)|wir (?:verkaufen|machen|bieten|bauen|backen|rösten|fertigen)|nous (?:vendons|proposons|fabriquons|offrons|créons)|(?:vendemos|ofrecemos|hacemos|fabricamos|creamos|elaboramos))\s+(?<what>.+)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Offer();

    [GeneratedRegex(@"^(?:introducing|meet|presenting|this is|it is|it's|das ist|voici|découvrez|c’est|c'est|presentamos|te presentamos|conoce|esto es)\s+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"(?<=[\p{L},] )\p{Lu}[\p{L}\p{N}]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Inner();
}

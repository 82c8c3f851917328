using System.Globalization;

namespace Janus.Generation;

/// <summary>How good one thing about a text is.</summary>
/// <param name="Name">What was looked at: one of the names in <see cref="TextScores"/>.</param>
/// <param name="Value">The score; what it means depends on the name.</param>
/// <param name="IsPassed">Whether that is good enough.</param>
/// <param name="Explanation">Why, in numbers: nothing of the brief or of the text, so that telemetry may carry it.</param>
/// <param name="Words">The words of the brief that are missing, or that should not be there: for the people whose brief it is.</param>
public sealed record TextScore(string Name, double Value, bool IsPassed, string Explanation, IReadOnlyList<string> Words);

/// <summary>What texts are measured by.</summary>
/// <param name="Platform">A platform that <see cref="PlatformLimits"/> knows.</param>
/// <param name="UseWords">Words to use.</param>
/// <param name="AvoidWords">Words to avoid.</param>
public sealed record TextMeasures(string Platform, IReadOnlyList<string> UseWords, IReadOnlyList<string> AvoidWords);

/// <summary>Scores texts by the rules of their brief and platform, by counting: no model judges another.</summary>
public static class TextScores
{
    /// <summary>The share of the platform's limit that the longest text uses up.</summary>
    public const string Length = "length_limit";

    /// <summary>How different two texts are: 0 for the same words, 1 for none in common.</summary>
    public const string Diversity = "variant_diversity";

    /// <summary>The share of the words to use that the texts hold.</summary>
    public const string UsedWords = "use_words";

    /// <summary>The share of the words to avoid that the texts and captions do avoid.</summary>
    public const string AvoidedWords = "avoid_words";

    /// <summary>Scores texts that stand beside each other.</summary>
    /// <param name="measures">What they are measured by.</param>
    /// <param name="texts">The texts; one that is missing counts as empty.</param>
    /// <param name="beside">Another text that they must differ from, or null.</param>
    /// <param name="captions">The captions of their pictures, which avoid the same words; null where they are not looked at.</param>
    /// <returns>The length; the difference when there are two texts; the words to use and to avoid when the brief names any.</returns>
    public static IReadOnlyList<TextScore> Of(
        TextMeasures measures, IReadOnlyList<string?> texts, string? beside = null, IReadOnlyList<string?>? captions = null)
    {
        ArgumentNullException.ThrowIfNull(measures);
        ArgumentNullException.ThrowIfNull(texts);
        List<string> written = [.. texts.Select(text => text?.Trim() ?? "")];
        List<TextScore> scores = [LengthOf(measures.Platform, written)];
        List<string> compared = string.IsNullOrWhiteSpace(beside) ? written : [.. written, beside];
        if (compared.Count == 2)
        {
            var common = Wording.Similarity(compared[0], compared[1]);
            scores.Add(new(Diversity, 1 - common, common < TextRules.TooAlike, Say($"{common:0.00} of the words are common; less than {TextRules.TooAlike:0.00} may be."), []));
        }

        List<string> said = [.. written, .. captions?.OfType<string>() ?? []];
        Add(UsedWords, measures.UseWords, word => written.Exists(text => Wording.Holds(text, word)), "words to use are there");
        Add(AvoidedWords, measures.AvoidWords, word => !said.Exists(text => Wording.Holds(text, word)), "words to avoid are avoided");
        return scores;

        void Add(string name, IReadOnlyList<string> words, Func<string, bool> isKept, string what)
        {
            if (words.Count == 0)
                return;
            List<string> broken = [.. words.Where(word => !isKept(word))];
            var kept = words.Count - broken.Count;
            scores.Add(new(name, (double)kept / words.Count, broken.Count == 0, Say($"{kept} of {words.Count} {what}."), broken));
        }
    }

    private static TextScore LengthOf(string platform, List<string> texts)
    {
        var limit = PlatformLimits.Limit(platform);
        var longest = texts.Max(text => PlatformLimits.Count(platform, text));
        return new(Length, (double)longest / limit, longest <= limit, Say($"The longest text takes {longest} of {limit} {PlatformLimits.CountedIn(platform)}."), []);
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

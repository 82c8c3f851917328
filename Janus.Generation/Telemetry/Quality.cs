using System.Diagnostics;
using System.Globalization;

namespace Janus.Generation.Telemetry;

/// <summary>How good one thing about an answer is.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Value">The score.</param>
/// <param name="IsPassed">Whether that is good enough.</param>
/// <param name="Explanation">Why, in numbers: nothing of the brief or of the answer.</param>
internal sealed record QualityScore(string Name, double Value, bool IsPassed, string Explanation);

/// <summary>
/// Scores of texts, as <c>gen_ai.evaluation.result</c> events on the span that asked for them. Nothing is computed when nobody records that span.
/// </summary>
internal static class Quality
{
    /// <summary>The share of the platform's limit that the longest text uses up.</summary>
    public const string Length = "length_limit";

    /// <summary>How different the two texts are: 0 for the same words, 1 for none in common.</summary>
    public const string Diversity = "variant_diversity";

    /// <summary>The share of the words to use that the texts hold.</summary>
    public const string UsedWords = "use_words";

    /// <summary>The share of the words to avoid that the texts do avoid.</summary>
    public const string AvoidedWords = "avoid_words";

    private static bool IsWanted => Activity.Current is { IsAllDataRequested: true, Recorded: true };

    /// <summary>The scores of texts that stand beside each other.</summary>
    /// <param name="brief">The campaign's brief.</param>
    /// <param name="texts">The texts of an answer.</param>
    /// <param name="beside">Another text that they must differ from, or null.</param>
    public static IReadOnlyList<QualityScore> Of(CampaignBrief brief, IReadOnlyList<string?> texts, string? beside = null)
    {
        if (!IsWanted)
            return [];
        List<string> written = [.. texts.Select(text => text?.Trim() ?? "")];
        List<QualityScore> scores = [LengthOf(brief, written)];
        List<string> compared = string.IsNullOrWhiteSpace(beside) ? written : [.. written, beside];
        if (compared.Count == 2)
        {
            var common = Wording.Similarity(compared[0], compared[1]);
            scores.Add(new(Diversity, 1 - common, common < TextRules.TooAlike, Say($"{common:0.00} of the words are common; less than {TextRules.TooAlike:0.00} may be.")));
        }

        if (Share(brief.UseWords, word => written.Exists(text => Wording.Holds(text, word))) is var (used, ofUse))
            scores.Add(new(UsedWords, (double)used / ofUse, used == ofUse, Say($"{used} of {ofUse} words to use are there.")));
        if (Share(brief.AvoidWords, word => !written.Exists(text => Wording.Holds(text, word))) is var (avoided, ofAvoid))
            scores.Add(new(AvoidedWords, (double)avoided / ofAvoid, avoided == ofAvoid, Say($"{avoided} of {ofAvoid} words to avoid are avoided.")));
        return scores;
    }

    /// <summary>Tells of scores, with the id of the answer that they belong to.</summary>
    public static void Tell(IReadOnlyList<QualityScore>? scores, string? responseId)
    {
        foreach (var score in scores ?? [])
        {
            Activity.Current?.AddEvent(new ActivityEvent("gen_ai.evaluation.result", tags: new()
            {
                ["gen_ai.evaluation.name"] = score.Name,
                ["gen_ai.evaluation.score.value"] = score.Value,
                ["gen_ai.evaluation.score.label"] = score.IsPassed ? "pass" : "fail",
                ["gen_ai.evaluation.explanation"] = score.Explanation,
                ["gen_ai.response.id"] = responseId,
            }));
        }
    }

    private static QualityScore LengthOf(CampaignBrief brief, List<string> texts)
    {
        var limit = PlatformLimits.Limit(brief.Platform);
        var longest = texts.Max(text => PlatformLimits.Count(brief.Platform, text));
        return new(Length, (double)longest / limit, longest <= limit, Say($"The longest text takes {longest} of {limit} {PlatformLimits.CountedIn(brief.Platform)}."));
    }

    private static (int Kept, int All)? Share(IReadOnlyList<string> words, Func<string, bool> isKept) =>
        words.Count == 0 ? null : (words.Count(isKept), words.Count);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

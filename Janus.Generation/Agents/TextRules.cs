using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Janus.Generation;

/// <summary>The rules that every text for a post keeps, whoever asked for it.</summary>
internal static class TextRules
{
    private const int LongestAngle = 200;

    /// <summary>From this share of common words on, two texts count as the same idea.</summary>
    public const double TooAlike = 0.8;

    /// <summary>Why a text cannot be used, in a sentence, or null.</summary>
    public static string? Refuse(string letter, [NotNull] string? text, CampaignBrief brief)
    {
        text ??= "";
        if (string.IsNullOrWhiteSpace(text))
            return $"Text {letter} is empty.";
        var length = PlatformLimits.Count(brief.Platform, text.Trim());
        var limit = PlatformLimits.Limit(brief.Platform);
        return length > limit
            ? string.Create(CultureInfo.InvariantCulture, $"Text {letter} has {length} characters, but {brief.Platform} allows {limit}.")
            : null;
    }

    /// <summary>The first word to avoid that any of the texts holds, or null.</summary>
    public static string? Avoided(CampaignBrief brief, params IReadOnlyList<string> texts) =>
        brief.AvoidWords.FirstOrDefault(word => texts.Any(text => Wording.Holds(text, word)))?.Trim();

    /// <summary>Whether two texts say nearly the same; a text that is not there is like no other.</summary>
    public static bool AreAlike(string one, string other) =>
        !string.IsNullOrWhiteSpace(one) && !string.IsNullOrWhiteSpace(other) && Wording.Similarity(one, other) >= TooAlike;

    /// <summary>An angle as it is kept: trimmed, and cut where a model went on too long.</summary>
    public static string Angle(string? angle)
    {
        var trimmed = (angle ?? "").Trim();
        return trimmed.Length <= LongestAngle ? trimmed : trimmed[..LongestAngle];
    }
}

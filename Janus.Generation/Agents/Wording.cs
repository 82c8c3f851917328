using System.Text;
using System.Text.RegularExpressions;

namespace Janus.Generation;

/// <summary>Comparing texts by their words, in any script.</summary>
internal static partial class Wording
{
    /// <summary>The words of a text in lower case. A script that puts no spaces between words gives pairs of characters instead.</summary>
    public static IEnumerable<string> Words(string text)
    {
        foreach (Match match in Word().Matches(text.Normalize(NormalizationForm.FormKC)))
        {
            var word = match.Value.ToLowerInvariant();
            if (word.Length > 2 && IsUnspaced(word[0]))
            {
                for (var i = 0; i + 1 < word.Length; i++)
                    yield return word.Substring(i, 2);
            }
            else
            {
                yield return word;
            }
        }
    }

    /// <summary>The share of words that two texts have in common, of all the words of both: 0 to 1; 1 for two texts without any word.</summary>
    public static double Similarity(string one, string other)
    {
        var left = Words(one).ToHashSet(StringComparer.Ordinal);
        var right = Words(other).ToHashSet(StringComparer.Ordinal);
        var common = left.Count(right.Contains);
        var all = left.Count + right.Count - common;
        return all == 0 ? 1 : (double)common / all;
    }

    /// <summary>
    /// Whether a text holds a word or phrase as a whole: “art” is not in “party”. Case, width, kinds of space and of apostrophe do not
    /// matter. Where a script puts no spaces between words, any occurrence counts.
    /// </summary>
    public static bool Holds(string text, string phrase)
    {
        var sought = Simplify(phrase);
        if (sought.Length == 0)
            return false;
        var searched = Simplify(text);
        for (var at = searched.IndexOf(sought, StringComparison.OrdinalIgnoreCase); at >= 0;
             at = searched.IndexOf(sought, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + sought.Length;
            if (!(at > 0 && Joined(searched[at - 1], sought[0])) && !(end < searched.Length && Joined(sought[^1], searched[end])))
                return true;
        }

        return false;
    }

    /// <summary>Whether a character belongs to a script that is written without spaces between words.</summary>
    public static bool IsUnspaced(char character) => character is
        >= '\u0E00' and <= '\u0EFF' or >= '\u1780' and <= '\u17FF' or >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF';

    private static bool Joined(char left, char right) =>
        char.IsLetterOrDigit(left) && char.IsLetterOrDigit(right) && !IsUnspaced(left) && !IsUnspaced(right);

    private static string Simplify(string text) =>
        Space().Replace(text.Normalize(NormalizationForm.FormKC).Replace('’', '\''), " ").Trim();

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();
}

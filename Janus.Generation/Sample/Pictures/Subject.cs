using System.Text;

namespace Janus.Generation.Sample.Pictures;

/// <summary>Words by which a text shows what it is about. A word counts by its beginning: <c>garden</c> finds "gardening".</summary>
/// <param name="words">The words, separated by spaces, in lower case. Those of up to three letters, and those with a ! at the end, count only as a whole or with an s.</param>
internal sealed class Subject(string words)
{
    private readonly string[] _stems = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How much a text is about it: every word of it counts, the earlier the more, because a text first names the thing.</summary>
    public double WeightIn(IReadOnlyList<string> text)
    {
        var weight = 0.0;
        for (var i = 0; i < text.Count; i++)
        {
            if (_stems.Any(stem => Matches(text[i], stem)))
                weight += Math.Max(0.3, 1 - (0.03 * i));
        }

        return weight;
    }

    private static bool Matches(string word, string stem)
    {
        // Chinese and Japanese put no spaces between words, so a stem may stand anywhere.
        if (!Ascii.IsValid(stem))
            return word.Contains(stem, StringComparison.Ordinal);
        var start = stem.TrimEnd('!');
        var isWhole = start.Length < stem.Length || stem.Length <= 3;
        return word.StartsWith(start, StringComparison.Ordinal)
            && (!isWhole || word.Length == start.Length || (word.Length == start.Length + 1 && word[^1] == 's'));
    }
}

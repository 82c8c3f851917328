namespace Janus.DevTools.FakeGemini.Answers;

/// <summary>
/// Words dealt without repeating any until all are used, so that two texts of one answer have hardly a word in common. None of the words to
/// avoid is dealt.
/// </summary>
internal sealed class WordDeck(Dice dice, IReadOnlyCollection<string> avoided)
{
    private readonly Pile _adjectives = new(dice, Without(avoided,
        """
        calm bright quiet patient honest gentle sturdy clever warm fresh simple bold early golden steady careful lively modest open ready
        curious crisp daring graceful humble keen light mellow nimble polished radiant smooth tidy vivid wise young brisk cosy eager fearless
        """));

    private readonly Pile _nouns = new(dice, Without(avoided,
        """
        morning window garden kitchen road river harbour market table letter pocket workshop corner bridge candle lantern melody orchard
        pencil recipe season shelf signal station stream summer thread timber valley village voice weekend winter meadow notebook ladder
        island horizon forest evening doorway compass canvas basket anchor balcony blanket bottle bicycle breakfast chapter circle cottage
        curtain driveway engine feather fountain galaxy glacier
        """));

    private readonly Pile _verbs = new(dice, Without(avoided,
        """
        begins carries follows gathers invites joins keeps leaves meets opens promises reaches remembers shapes shares shows starts sustains
        teaches travels turns wakes welcomes widens answers borrows brings builds changes crosses draws finds grows helps holds hums
        """));

    /// <summary>A text for a property of this name, at most 200 characters.</summary>
    public string For(string property) => property.ToUpperInvariant() switch
    {
        var name when name.Contains("CAPTION", StringComparison.Ordinal) => Caption(),
        var name when name.Contains("TITLE", StringComparison.Ordinal) || name.Contains("NAME", StringComparison.Ordinal) => Title(),
        var name when name.Contains("ANGLE", StringComparison.Ordinal) => $"{_adjectives.Next()} {_nouns.Next()}",
        "TEXT" or "CONTENT" or "BODY" => Post(),
        _ => Sentence(),
    };

    /// <summary>A sentence of five words.</summary>
    public string Sentence() => Capital($"{_adjectives.Next()} {_nouns.Next()} {_verbs.Next()} {_adjectives.Next()} {_nouns.Next()}.");

    /// <summary>Three sentences.</summary>
    public string Post() => $"{Sentence()} {Sentence()} {Sentence()}";

    /// <summary>Two or three words.</summary>
    public string Title() => Capital($"{_adjectives.Next()} {_nouns.Next()} {_verbs.Next()}");

    private string Caption() => Capital($"{_adjectives.Next()} {_nouns.Next()} beside {_adjectives.Next()} {_nouns.Next()}, {_adjectives.Next()} light.");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    // A pile of nothing cannot be dealt from: a brief that avoids every word gets the words all the same.
    private static string[] Without(IReadOnlyCollection<string> avoided, string words)
    {
        var all = words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        string[] left = [.. all.Where(word => !avoided.Any(phrase => phrase.Contains(word, StringComparison.OrdinalIgnoreCase)))];
        return left.Length > 0 ? left : all;
    }

    private sealed class Pile(Dice dice, string[] words)
    {
        private readonly Queue<string> _left = new();

        public string Next()
        {
            if (_left.Count == 0)
            {
                foreach (var word in dice.Shuffle(words))
                    _left.Enqueue(word);
            }

            return _left.Dequeue();
        }
    }
}

using Janus.Generation.Sample.Briefs;

namespace Janus.Generation.Sample.Writing;

/// <summary>Which sentences a text has, how long its phrase of the brief may be, and what stands between the parts.</summary>
internal readonly record struct TextShape(bool Hook, bool More, bool Close, int Fact, string Break);

/// <summary>Finds the richest shape in which a text keeps its platform's limit.</summary>
internal sealed class TextFit(SampleBrief brief, int phase)
{
    private const int Roomy = 500;
    private const int Wide = 2_000;

    public string Fit(Func<TextShape, string> compose)
    {
        var limit = PlatformLimits.Limit(brief.Platform);
        var texts = Shapes(limit).Select(compose).Where(text => text.Length > 0 && PlatformLimits.Count(brief.Platform, text) <= limit);
        return texts.FirstOrDefault(brief.Allows) ?? Shortest(limit);
    }

    private IEnumerable<TextShape> Shapes(int limit)
    {
        var pause = limit >= Wide ? "\n\n" : " ";
        if (limit >= Roomy)
            yield return new TextShape(Hook: true, More: true, Close: true, Phrases.Longest, pause);
        yield return new TextShape(Hook: true, More: false, Close: true, Phrases.Longest, pause);
        // What a text of the last phase asks for matters more there than how it opens.
        yield return new TextShape(Hook: phase != 3, More: false, Close: phase == 3, Phrases.Longest, pause);
        yield return new TextShape(Hook: true, More: false, Close: true, 70, pause);
        yield return new TextShape(Hook: phase != 3, More: false, Close: phase == 3, 70, pause);
        foreach (var length in (int[])[Phrases.Longest, 70, 45, 25])
            yield return new TextShape(Hook: false, More: false, Close: false, length, pause);
    }

    // Only a brief of monstrous words or of avoided ones comes here.
    private string Shortest(int limit)
    {
        var words = string.Join(", ", brief.Keywords.Take(3));
        var text = words.Length > 0 ? words : brief.Facts[0];
        return text.Length * 2 <= limit ? text : text[..(limit / 2)];
    }
}

namespace Janus.Generation.Sample.Writing;

/// <summary>Small edits of a finished sentence.</summary>
internal static class Sentence
{
    /// <summary>With a capital at the start.</summary>
    public static string Capital(string text) => text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    /// <summary>With a small letter at the start, after the signs that open a Spanish question.</summary>
    public static string Small(string text)
    {
        var at = text.Length > 0 && text[0] is '¿' or '¡' ? 1 : 0;
        return text.Length > at ? text[..at] + char.ToLowerInvariant(text[at]) + text[(at + 1)..] : text;
    }

    /// <summary>With an addition before the mark at its end.</summary>
    public static string Extend(string sentence, string addition)
    {
        if (addition.Length == 0)
            return sentence;
        var end = sentence.Length;
        while (end > 0 && sentence[end - 1] is '.' or '!' or '?' or '…' or ' ')
            end--;
        return sentence[..end] + addition + sentence[end..];
    }
}

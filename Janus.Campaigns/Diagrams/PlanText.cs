using System.Globalization;
using System.Net;
using System.Text;

namespace Janus.Campaigns.Diagrams;

/// <summary>The text of titles and descriptions: from the diagram to what people read, and back.</summary>
internal static class PlanText
{
    private const int ExcerptLength = 80;

    /// <summary>Decodes entities and line breaks, then normalises.</summary>
    public static string Decode(string raw) => Normalise(WebUtility.HtmlDecode(WithoutLineBreaks(raw)));

    /// <summary>
    /// Trims, and makes every run of whitespace and control characters one space. Half a surrogate pair becomes U+FFFD:
    /// neither UTF-8 nor PostgreSQL could store it, nor U+0000.
    /// </summary>
    public static string Normalise(string text)
    {
        var result = new StringBuilder(text.Length);
        var gap = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) || char.IsControl(text[i]))
            {
                gap = true;
                continue;
            }

            if (gap && result.Length > 0)
                result.Append(' ');
            gap = false;
            if (char.IsSurrogatePair(text, i))
                result.Append(text[i++]).Append(text[i]);
            else
                result.Append(char.IsSurrogate(text[i]) ? '\uFFFD' : text[i]);
        }

        return result.ToString();
    }

    /// <summary>Whether nothing would be seen: a lone zero-width space is as blank as no title at all.</summary>
    public static bool IsBlank(string text) =>
        text.All(c => char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);

    /// <summary>Writes every character that Mermaid or this parser could take for its own as an entity.</summary>
    public static string Encode(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in Normalise(text))
        {
            _ = c switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                '[' or ']' or '(' or ')' or '{' or '}' or '|' or '`' => result.Append(CultureInfo.InvariantCulture, $"&#{(int)c};"),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }

    /// <summary>The beginning of a text, short enough for a list of refusals and never empty.</summary>
    public static string Excerpt(string text)
    {
        var start = Normalise(text.Length > 2 * ExcerptLength ? text[..(2 * ExcerptLength)] : text);
        if (start.Length <= ExcerptLength)
            return start.Length > 0 ? start : "(nothing readable)";
        var end = char.IsHighSurrogate(start[ExcerptLength - 1]) ? ExcerptLength - 1 : ExcerptLength;
        return start[..end] + "…";
    }

    private static string WithoutLineBreaks(string raw)
    {
        if (!raw.Contains("<br", StringComparison.OrdinalIgnoreCase))
            return raw;
        return raw.Replace("<br>", " ", StringComparison.OrdinalIgnoreCase)
            .Replace("<br/>", " ", StringComparison.OrdinalIgnoreCase)
            .Replace("<br />", " ", StringComparison.OrdinalIgnoreCase);
    }
}

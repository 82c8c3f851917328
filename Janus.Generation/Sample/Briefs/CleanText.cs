using System.Net;
using System.Text.RegularExpressions;

namespace Janus.Generation.Sample.Briefs;

/// <summary>A person's text without what is not prose: markup, code, diagram syntax, links.</summary>
internal static partial class CleanText
{
    private const RegexOptions Safe = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    /// <summary>Cleans a text and keeps its lines. When nothing would be left, only the signs that structure a diagram or a page are taken out.</summary>
    public static string Of(string text)
    {
        var decoded = WebUtility.HtmlDecode(text).ReplaceLineEndings("\n");
        var prose = Diagram().Replace(Script().Replace(decoded, " "), "\n");
        prose = Link().Replace(Tag().Replace(prose, " "), " ");
        prose = Tidy(prose);
        return prose.Any(char.IsLetter) ? prose : Tidy(decoded);
    }

    /// <summary>Cleans a text into one line.</summary>
    public static string Line(string text) => Spaces().Replace(Of(text).Replace('\n', ' '), " ").Trim();

    private static string Tidy(string text) => Spaces().Replace(Signs().Replace(Arrow().Replace(text, " "), " "), " ").Trim();

    [GeneratedRegex(@"<(script|style)[^>]*>[\s\S]*?</(script|style)[^>]*>", Safe)]
    private static partial Regex Script();

    [GeneratedRegex("</?[a-z!][^<>]*>", Safe)]
    private static partial Regex Tag();

    [GeneratedRegex(@"https?://\S+|www\.\S+|\S+@\S+\.\S+", Safe)]
    private static partial Regex Link();

    [GeneratedRegex(@"\b(graph|flowchart)[ \t]+(TB|TD|LR|RL|BT)\b|\b\w+\[[ \t]*<title>.*$|^[ \t]*subgraph\b.*$|^[ \t]*end[ \t]*$|%%.*$", Safe | RegexOptions.Multiline)]
    private static partial Regex Diagram();

    [GeneratedRegex("[-=.]+>|<[-=.]+", Safe)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"[\[\]{}<>|`#*_~^\\""\p{Cc}-[\n]]", Safe)]
    private static partial Regex Signs();

    [GeneratedRegex(@"[^\S\n]+", Safe)]
    private static partial Regex Spaces();
}

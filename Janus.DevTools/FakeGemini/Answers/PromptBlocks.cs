using System.Net;
using System.Text.RegularExpressions;

namespace Janus.DevTools.FakeGemini.Answers;

/// <summary>The data blocks that Janus writes into its prompts: <c>&lt;data name="tone"&gt;</c>, a line break, escaped text, a line break, <c>&lt;/data&gt;</c>.</summary>
internal static partial class PromptBlocks
{
    /// <summary>The text of the first block of this name; empty when there is none.</summary>
    public static string Read(string prompt, string name) =>
        Block().Matches(prompt).Where(block => block.Groups["name"].Value == name).Select(block => WebUtility.HtmlDecode(block.Groups["text"].Value))
            .FirstOrDefault("");

    /// <summary>The words that an answer to this prompt must not have.</summary>
    public static IReadOnlyCollection<string> Avoided(string prompt) =>
        Read(prompt, "avoid_words").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex("<data name=\"(?<name>[a-z_]+)\">\n(?<text>.*?)\n</data>",
        RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}

using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Janus.Generation.Prompts;

/// <summary>
/// A prompt kept as a file of its own. Its <c>{{name}}</c> places are filled with data blocks, in which a person's text is
/// escaped, so that nothing a brief says can end its block and be read as an instruction.
/// </summary>
internal sealed partial class PromptTemplate
{
    private readonly string _text;

    private PromptTemplate(string text) => _text = text;

    /// <summary>Reads <c>Prompts/{name}.md</c> from the assembly.</summary>
    public static PromptTemplate Load(string name)
    {
        var resource = $"Janus.Generation.Prompts.{name}.md";
        using var stream = typeof(PromptTemplate).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The prompt {resource} is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new PromptTemplate(reader.ReadToEnd());
    }

    /// <summary>Fills the places. A place without a value is a fault of the program and throws <see cref="KeyNotFoundException"/>.</summary>
    public string Render(IReadOnlyDictionary<string, string> data) =>
        Place().Replace(_text, match => DataBlock.Write(match.Groups["name"].Value, data[match.Groups["name"].Value]));

    [GeneratedRegex(@"\{\{(?<name>[a-z_]+)\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}

/// <summary>A named piece of somebody's text inside a prompt: <c>&lt;data name="brief"&gt;escaped text&lt;/data&gt;</c>.</summary>
internal static partial class DataBlock
{
    public static string Write(string name, string text) => $"<data name=\"{name}\">\n{WebUtility.HtmlEncode(text)}\n</data>";

    /// <summary>Reads every data block of a prompt back, unescaped, by name; the last of a name wins.</summary>
    public static IReadOnlyDictionary<string, string> ReadAll(string prompt)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Block().Matches(prompt))
            found[match.Groups["name"].Value] = WebUtility.HtmlDecode(match.Groups["text"].Value);
        return found;
    }

    [GeneratedRegex("<data name=\"(?<name>[a-z_]+)\">\n(?<text>.*?)\n</data>",
        RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}

using System.Globalization;
using System.Text;

namespace Janus.DevTools.FakeGemini.Answers;

/// <summary>A campaign of three phases as a Mermaid diagram, for a prompt that asks for one.</summary>
internal static class PlanAnswer
{
    private const int Phases = 3;
    private const int UsualPosts = 2;

    /// <summary>Whether a prompt asks for such a diagram: it shows the form of one.</summary>
    public static bool IsAskedFor(string prompt) =>
        prompt.Contains("Mermaid", StringComparison.OrdinalIgnoreCase)
        && prompt.Contains("graph TB", StringComparison.Ordinal)
        && prompt.Contains("subgraph", StringComparison.Ordinal);

    /// <summary>
    /// The diagram: as many posts in each phase as the prompt says (2 to 4, else 2), each leading to its successor in the next phase. A prompt that names
    /// the first phase to plan anew gets that one and those after it.
    /// </summary>
    public static string Write(string prompt, WordDeck words)
    {
        var asked = PromptBlocks.Read(prompt, "posts_per_phase").Trim();
        var posts = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 2 and <= 4 ? number : UsualPosts;
        var first = int.TryParse(PromptBlocks.Read(prompt, "first_phase").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var named) ? named - 1 : 0;
        var diagram = new StringBuilder("graph TB\n");
        for (var phase = first; phase < Phases; phase++)
        {
            diagram.Append(CultureInfo.InvariantCulture, $"subgraph \"Phase {phase + 1}\"\n");
            for (var post = 1; post <= posts; post++)
            {
                diagram.Append(CultureInfo.InvariantCulture,
                    $"P{(phase * posts) + post}[<title>{words.Title()}</title><description>{words.Sentence()}</description>]\n");
            }

            diagram.Append("end\n");
        }

        for (var post = (first * posts) + 1; post <= posts * (Phases - 1); post++)
            diagram.Append(CultureInfo.InvariantCulture, $"P{post} --> P{post + posts}\n");
        return diagram.ToString();
    }
}

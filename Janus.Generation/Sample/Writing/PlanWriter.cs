using System.Globalization;
using System.Text;
using Janus.Generation.Sample.Briefs;

namespace Janus.Generation.Sample.Writing;

/// <summary>Plans a campaign from a brief: which angles in which phase, under which titles.</summary>
internal static class PlanWriter
{
    /// <summary>The phases of a campaign.</summary>
    public const int Phases = 3;

    /// <summary>The angles that the studio has for a phase.</summary>
    public const int AnglesPerPhase = 4;

    /// <summary>The Mermaid diagram of a plan.</summary>
    public static string Write(SampleBrief brief, int seed)
    {
        var luck = StableHash.Of(seed, "plan", brief.Key);
        var count = PostsPerPhase(brief);
        var diagram = new StringBuilder("graph TB\n");
        for (var phase = 0; phase < Phases; phase++)
        {
            diagram.Append(CultureInfo.InvariantCulture, $"subgraph \"Phase {phase + 1}\"\n");
            var first = (int)((luck >> (8 * phase)) % AnglesPerPhase);
            var angles = Enumerable.Range(0, count).Select(step => (first + step) % AnglesPerPhase).Order().ToList();
            for (var post = 0; post < count; post++)
            {
                var angle = (phase * AnglesPerPhase) + angles[post];
                diagram.Append(CultureInfo.InvariantCulture,
                    $"{Id(phase, post, count)}[<title>{Escape(Title(brief, angle, seed))}</title><description>{Escape(Description(brief, angle))}</description>]\n");
            }

            diagram.Append("end\n");
        }

        for (var phase = 0; phase + 1 < Phases; phase++)
        {
            for (var post = 0; post < count; post++)
                diagram.Append(CultureInfo.InvariantCulture, $"{Id(phase, post, count)} --> {Id(phase + 1, post, count)}\n");
            diagram.Append(CultureInfo.InvariantCulture, $"{Id(phase, 0, count)} --> {Id(phase + 1, 1, count)}\n");
        }

        return diagram.ToString();
    }

    /// <summary>How many posts a phase has.</summary>
    public static int PostsPerPhase(SampleBrief brief) => Math.Clamp(brief.PostsPerPhase ?? Usual(brief), 2, AnglesPerPhase);

    /// <summary>The angle that a post of this plan has, or null when the studio did not plan the post. It holds for every seed.</summary>
    public static int? AngleOf(SampleBrief brief, string title) => Enumerable.Range(0, brief.Book.Angles.Count)
        .Where(angle => Titles(brief, angle).Contains(title.Trim(), StringComparer.Ordinal))
        .Select(angle => (int?)angle)
        .FirstOrDefault();

    private static string Title(SampleBrief brief, int angle, int seed)
    {
        var titles = Titles(brief, angle).ToList();
        var choice = (int)(StableHash.Of(seed, "title", brief.Key, titles[0]) % (ulong)Math.Max(1, titles.Count - 2));
        return titles.Skip(choice).Concat(titles).FirstOrDefault(brief.Allows) ?? $"{angle + 1}";
    }

    /// <summary>The titles of an angle. The theme stands last, to fall back on where a word of the others is to be avoided.</summary>
    public static IEnumerable<string> Titles(SampleBrief brief, int angle)
    {
        var (titles, _, theme, _, _, _) = brief.Book.Angles[angle];
        return titles.Append(theme).Append($"{angle + 1}").Select(title => Sentence.Capital(title
            .Replace("{name}", brief.Name, StringComparison.Ordinal)
            .Replace("{fact}", Phrases.Cut(Fact(brief, angle), 40, brief.Language), StringComparison.Ordinal)));
    }

    /// <summary>What a post of an angle is about.</summary>
    public static string Description(SampleBrief brief, int angle)
    {
        var fact = Phrases.Lower(Fact(brief, angle), brief.Language);
        return string.Join(' ', new[] { brief.Book.Angles[angle].Purpose, brief.Book.KeyPoint }
            .Select(part => part.Replace("{fact}", fact, StringComparison.Ordinal)).Where(part => part.Length > 0 && brief.Allows(part)))
            is { Length: > 0 } description ? description : fact;
    }

    private static string Fact(SampleBrief brief, int angle) => brief.Facts[angle % brief.Facts.Count];

    private static int Usual(SampleBrief brief) => brief.Facts.Count switch { <= 1 => 2, < 8 => 3, _ => 4 };

    private static string Id(int phase, int post, int count) => $"P{(phase * count) + post + 1}";

    /// <summary>A text as it can stand in the diagram.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace('[', '(').Replace(']', ')').Replace('\n', ' ');
}

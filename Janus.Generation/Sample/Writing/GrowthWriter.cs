using System.Globalization;
using System.Text;
using System.Text.Json;
using Janus.Generation.Prompts;
using Janus.Generation.Sample.Briefs;

namespace Janus.Generation.Sample.Writing;

/// <summary>Plans what comes later: some phases anew, or a post that follows others. What a person asked for is taken in by quoting it.</summary>
internal static class GrowthWriter
{
    private const int LongestTitle = 60;
    private const int LongestQuote = 80;

    /// <summary>The Mermaid diagram of the phases that are planned anew.</summary>
    public static string WriteAnew(SampleBrief brief, IReadOnlyDictionary<string, string> blocks, int seed)
    {
        var direction = blocks[BriefBlocks.Direction];
        var kept = BriefBlocks.ReadPosts(blocks.GetValueOrDefault(BriefBlocks.KeptPosts, ""));
        var replaced = BriefBlocks.ReadPosts(blocks.GetValueOrDefault(BriefBlocks.ReplacedPosts, ""));
        var titles = kept.Concat(replaced).Select(post => post.Title).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _ = int.TryParse(blocks.GetValueOrDefault(BriefBlocks.FirstPhase), NumberStyles.None, CultureInfo.InvariantCulture, out var first);

        var luck = StableHash.Of(seed, "anew", brief.Key, direction);
        var posts = new List<(string Id, int Phase)>();
        var diagram = new StringBuilder("graph TB\n");
        for (var phase = Math.Clamp(first, 1, PlanWriter.Phases); phase <= PlanWriter.Phases; phase++)
        {
            diagram.Append(CultureInfo.InvariantCulture, $"subgraph \"Phase {phase}\"\n");
            var count = Math.Max(1, PlanWriter.PostsPerPhase(brief) - kept.Count(post => post.Phase == phase));
            foreach (var angle in Angles(brief, phase, luck, [.. kept.Select(post => post.Title)], [.. replaced.Select(post => post.Title)]).Take(count))
            {
                posts.Add(($"N{posts.Count + 1}", phase));
                var title = Title(brief, angle, luck, titles);
                diagram.Append(CultureInfo.InvariantCulture,
                    $"{posts[^1].Id}[<title>{PlanWriter.Escape(title)}</title><description>{PlanWriter.Escape(With(brief, PlanWriter.Description(brief, angle), direction))}</description>]\n");
            }

            diagram.Append("end\n");
        }

        Connect(diagram, posts);
        return diagram.ToString();
    }

    /// <summary>The JSON of a post that follows others.</summary>
    public static string WriteFollowUp(SampleBrief brief, IReadOnlyDictionary<string, string> blocks, int seed)
    {
        var instruction = blocks.GetValueOrDefault(BriefBlocks.Instruction, "");
        var taken = blocks.GetValueOrDefault(BriefBlocks.Titles, "").Split('\n').ToHashSet(StringComparer.OrdinalIgnoreCase);
        var selected = BriefBlocks.ReadPosts(blocks[BriefBlocks.SelectedPosts]);
        int[] phases = [.. blocks.GetValueOrDefault(BriefBlocks.AllowedPhases, "").Split('\n').Select(line => int.TryParse(line, out var phase) ? phase : PlanWriter.Phases)];
        var phase = phases[^1];

        var luck = StableHash.Of(seed, "follow", brief.Key, instruction);
        var angle = Angles(brief, phase, luck, [], [.. taken]).First();
        var asked = Sentence.Capital(Quote(instruction, LongestTitle, brief));
        var title = asked.Any(char.IsLetterOrDigit) && brief.Allows(asked) && !taken.Contains(asked) ? asked : Title(brief, angle, luck, taken);
        var after = string.Join(", ", selected.Select(post => $"“{post.Title}”").Where(brief.Allows));
        var description = PlanWriter.Description(brief, angle);
        return JsonSerializer.Serialize(new { title, description = With(brief, after.Length > 0 && after.Length < 300 ? $"{after} → {description}" : description, instruction), phase });
    }

    // An angle of a post that stays is no new idea; one that is replaced is only the last resort.
    private static IEnumerable<int> Angles(SampleBrief brief, int phase, ulong luck, IReadOnlyList<string> kept, IReadOnlyList<string> replaced)
    {
        var used = kept.Select(title => PlanWriter.AngleOf(brief, title)).OfType<int>().ToHashSet();
        var known = replaced.Select(title => PlanWriter.AngleOf(brief, title)).OfType<int>().ToHashSet();
        var first = (int)((luck >> (8 * phase)) % PlanWriter.AnglesPerPhase);
        List<int> angles = [.. Enumerable.Range(0, PlanWriter.AnglesPerPhase)
            .Select(step => ((phase - 1) * PlanWriter.AnglesPerPhase) + ((first + step) % PlanWriter.AnglesPerPhase))];
        return angles.Where(angle => !used.Contains(angle)).DefaultIfEmpty(angles[0]).OrderBy(known.Contains);
    }

    private static string Title(SampleBrief brief, int angle, ulong luck, HashSet<string> taken)
    {
        List<string> titles = [.. PlanWriter.Titles(brief, angle)];
        var free = titles.Where(title => brief.Allows(title) && !taken.Contains(title)).ToList();
        // Every title of the angle may be in use; a number makes one that is not.
        var title = free.Count > 1 ? free[(int)(luck % (ulong)(free.Count - 1))]
            : free.Count == 1 ? free[0]
            : Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{titles.FirstOrDefault(brief.Allows)} {number}".Trim()).First(numbered => !taken.Contains(numbered));
        taken.Add(title);
        return title;
    }

    private static string With(SampleBrief brief, string description, string asked) =>
        Quote(asked, LongestQuote, brief) is { Length: > 0 } quote && brief.Allows(quote) ? $"{description} “{quote}”" : description;

    private static string Quote(string asked, int most, SampleBrief brief) => Phrases.Cut(CleanText.Line(asked), most, brief.Language);

    private static void Connect(StringBuilder diagram, IReadOnlyList<(string Id, int Phase)> posts)
    {
        foreach (var (id, phase) in posts)
        {
            var place = posts.Where(post => post.Phase == phase).Select(post => post.Id).ToList().IndexOf(id);
            List<string> next = [.. posts.Where(post => post.Phase == phase + 1).Select(post => post.Id)];
            if (next.Count > 0)
                diagram.Append(CultureInfo.InvariantCulture, $"{id} --> {next[place % next.Count]}\n");
        }
    }
}

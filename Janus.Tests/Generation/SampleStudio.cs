using System.Text.RegularExpressions;
using Janus.Campaigns.Diagrams;
using Janus.Generation;
using Janus.Generation.Sample;

namespace Janus.Tests.Generation;

/// <summary>Runs a whole campaign through both agents and the sample studio, without any latency.</summary>
internal static partial class SampleStudio
{
    public sealed record Written(PostBrief Post, PostContent Content);

    public static SampleOptions Options(int seed = 0) => new() { Seed = seed, PlanLatency = TimeSpan.Zero, TextLatency = TimeSpan.Zero };

    public static async Task<string> PlanAsync(CampaignBrief brief, int seed = 0)
    {
        using var chat = new SampleChatClient(Microsoft.Extensions.Options.Options.Create(Options(seed)), TimeProvider.System);
        return (await new StrategyPlanner(chat, Prices.OfToday).PlanAsync(brief, Refuse, default)).Value;
    }

    public static async Task<IReadOnlyList<Written>> RunAsync(CampaignBrief brief, int seed = 0)
    {
        using var chat = new SampleChatClient(Microsoft.Extensions.Options.Options.Create(Options(seed)), TimeProvider.System);
        var plan = (await new StrategyPlanner(chat, Prices.OfToday).PlanAsync(brief, Refuse, default)).Value;
        var creator = new ContentCreator(chat, Prices.OfToday);
        List<Written> written = [];
        foreach (var post in Posts(plan))
        {
            var answer = await creator.CreateAsync(post, brief, default);
            answer.Usage.Calls.ShouldBe(1, post.Title);
            written.Add(new Written(post, answer.Value));
        }

        return written;
    }

    /// <summary>The posts as the product's own reader finds them, which must have nothing to refuse.</summary>
    public static IReadOnlyList<PostBrief> Posts(string plan)
    {
        var diagram = PlanDiagram.Parse(plan);
        diagram.Refusals.ShouldBeEmpty();
        diagram.Connections.ShouldNotBeEmpty();
        return [.. diagram.Nodes.Select(node => new PostBrief(node.Title, node.Description, node.Phase))];
    }

    /// <summary>Refuses whatever is not line for line in the form that the planner's prompt asks for.</summary>
    private static string? Refuse(string plan)
    {
        var lines = plan.Split('\n');
        if (lines[0] != "graph TB")
            return "There is no header.";
        if (lines.Skip(1).FirstOrDefault(line => !Line().IsMatch(line)) is { } strange)
            return $"A line is strange: {strange}";
        var posts = Posts(plan);
        if (posts.Select(post => post.Title).Distinct().Count() != posts.Count)
            return "Two posts have the same title.";
        return posts.GroupBy(post => post.Phase).Select(phase => phase.Count()).ToArray() is [>= 2 and <= 4, >= 2 and <= 4, >= 2 and <= 4]
            ? null
            : "There are not two to four posts in three phases.";
    }

    [GeneratedRegex(@"^(P\d+\[<title>[^<>""\[\]]+</title><description>[^<>""\[\]]+</description>\]|subgraph ""Phase [123]""|end|P\d+ --> P\d+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}

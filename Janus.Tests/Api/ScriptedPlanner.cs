using Janus.Generation;
using Janus.Tests.Planning;

namespace Janus.Tests.Api;

/// <summary>A planner that does what the test says; by default it answers with one good plan.</summary>
public sealed class ScriptedPlanner
{
    private int _calls;

    public int Calls => _calls;

    public Func<CampaignBrief, Func<string, string?>, CancellationToken, Task<string>> Script { get; set; } = (_, _, _) => Task.FromResult(Briefs.Diagram);

    /// <summary>What it says when a campaign is planned anew; by default one new post in each phase.</summary>
    public Func<ReplanWish, Func<string, string?>, CancellationToken, Task<string>> Replan { get; set; } =
        (wish, _, _) => Task.FromResult(Growing.PlanFrom(wish.FirstPhase));

    /// <summary>What it says when a post is to follow others; by default one with a title that no other has, in the latest phase.</summary>
    public Func<FollowUpWish, CancellationToken, Task<PostBrief>> FollowUp { get; set; } =
        (wish, _) => Task.FromResult(new PostBrief($"Answer {wish.Titles.Count}", "Answer what people asked", wish.Phases[^1]));

    /// <summary>The brief that came with the latest question about a campaign that is under way.</summary>
    public CampaignBrief? LastBrief { get; private set; }

    public CallUsage Usage { get; set; } = CallUsage.None;

    public async Task<AgentAnswer<string>> PlanAsync(CampaignBrief brief, Func<string, string?> refuse, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return new(await Script(brief, refuse, cancellationToken), Usage);
    }

    public async Task<AgentAnswer<string>> ReplanAsync(
        CampaignBrief brief, ReplanWish wish, Func<string, string?> refuse, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        LastBrief = brief;
        return new(await Replan(wish, refuse, cancellationToken), Usage);
    }

    public async Task<AgentAnswer<PostBrief>> FollowUpAsync(
        CampaignBrief brief, FollowUpWish wish, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        LastBrief = brief;
        return new(await FollowUp(wish, cancellationToken), Usage);
    }
}

/// <summary>Briefs and plans of tests.</summary>
internal static class Briefs
{
    public const string Diagram = """
        ```mermaid
        graph TB
            subgraph "Phase 1"
                a[<title>Tease</title><description>Say that something comes</description>]
                b[<title>Ask</title><description>Ask what people miss</description>]
            end
            subgraph "Phase 2: Launch"
                c[<title>Launch &amp; tell</title><description>Say what it is</description>]
            end
            subgraph "Phase 3"
                d[<title>Thank</title><description>Thank everyone</description>]
            end
            a --> b --> c --> d
        ```
        """;

    public static Dictionary<string, object?> Named(string name) => new(StringComparer.Ordinal)
    {
        ["product_description"] = "A kettle that sings",
        ["gtm_goals"] = "Be heard in every kitchen",
        ["campaign_name"] = name,
    };

    public static Dictionary<string, object?> With(string field, object? value)
    {
        var brief = Named("Autumn");
        brief[field] = value;
        return brief;
    }
}

namespace Janus.Tests.Api;

/// <summary>A planner that does what the test says; by default it answers with one good plan.</summary>
public sealed class ScriptedPlanner
{
    private int _calls;

    public int Calls => _calls;

    public Func<Janus.Generation.CampaignBrief, Func<string, string?>, CancellationToken, Task<string>> Script { get; set; } = (_, _, _) => Task.FromResult(Briefs.Diagram);

    public Janus.Generation.CallUsage Usage { get; set; } = Janus.Generation.CallUsage.None;

    public async Task<Janus.Generation.AgentAnswer<string>> PlanAsync(Janus.Generation.CampaignBrief brief, Func<string, string?> refuse, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return new(await Script(brief, refuse, cancellationToken), Usage);
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

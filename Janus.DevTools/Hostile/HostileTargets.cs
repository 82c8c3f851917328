namespace Janus.DevTools.Hostile;

/// <summary>What is attacked: the operations of the API and the addresses of the pages, with ids that are there.</summary>
/// <param name="Api">The API's address.</param>
/// <param name="Operations">Its operations.</param>
/// <param name="Web">The pages' address, or null.</param>
/// <param name="Campaign">A campaign that is there.</param>
/// <param name="Post">A post of it.</param>
internal sealed record HostileTargets(Uri Api, IReadOnlyList<Operation> Operations, Uri? Web, string Campaign, int Post)
{
    /// <summary>The addresses of the pages, and of what they fetch.</summary>
    public static IReadOnlyList<string> WebPaths { get; } =
    [
        "/", "/campaigns/new", "/campaigns/{campaignId}", "/campaigns/{campaignId}/posts", "/campaigns/{campaignId}/activity", "/campaigns/{campaignId}/schedule", "/status", "/error",
        "/missing", "/media/{name}", "/campaigns/{campaignId}/schedule.ics", "/campaigns/{campaignId}/schedule.csv", "/campaigns/{campaignId}/activity.csv", "/health", "/alive",
        "/sign-in", "/welcome", "/sign-out", "/refused", "/account", "/accounts", "/audit", "/_blazor", "/_blazor/negotiate", "/_blazor/initializers", "/_framework/blazor.web.js", "/janus.svg", "/css/tokens.css",
    ];

    /// <summary>The operations, but what deletes a campaign is aimed at another than the one that the legitimate user reads.</summary>
    public IReadOnlyList<Operation> Operations { get; } =
        [.. Operations.Select(operation => operation is { Method: "DELETE", Path: "/api/campaigns/{campaign_id}" } ? operation with { Path = "/api/campaigns/{another}" } : operation)];

    /// <summary>The pages as operations that take no body.</summary>
    public IReadOnlyList<Operation> Pages { get; } =
        [.. WebPaths.Select(path => new Operation(path is "/_blazor/negotiate" or "/sign-out" ? "POST" : "GET", path, ["q", "phase", "post", "example", "view", "negotiateVersion"], []))];

    /// <summary>Something that stands for a name in a path, mostly something that is there.</summary>
    public string Fill(string name, Random random) => random.Next(4) == 0 ? Uri.EscapeDataString(Nonsense.Value(random).Trim('"')) : name switch
    {
        "campaign_id" or "campaignId" => Campaign,
        "pk" => $"{Post}",
        "letter" => "A",
        _ => "0123456789abcdef0123456789abcdef.png",
    };
}

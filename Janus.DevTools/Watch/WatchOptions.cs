namespace Janus.DevTools.Watch;

/// <summary>What <c>watch</c> was asked for.</summary>
/// <param name="Api">The API's address, or null to look for a running system.</param>
/// <param name="Token">A personal API token, for a system that people sign in to; null when it wants none.</param>
/// <param name="Product">The product to plan for.</param>
/// <param name="Goals">The goals to plan for.</param>
/// <param name="Name">The campaign's name.</param>
/// <param name="Campaign">An existing campaign to follow instead of planning one.</param>
/// <param name="Count">How many campaigns to plan at once.</param>
/// <param name="Timeout">When to give up.</param>
/// <param name="Json">Whether the last line is JSON with the counts.</param>
internal sealed record WatchOptions(
    Uri? Api, string? Token, string Product, string Goals, string Name, string? Campaign, int Count, TimeSpan Timeout, bool Json)
{
    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">They make no sense.</exception>
    public static WatchOptions Parse(string[] args)
    {
        var arguments = new Arguments(
            args, ["--api", "--token", "--product", "--goals", "--name", "--campaign", "--count", "--timeout"], ["--json"]);
        if (arguments.Has("--campaign") && (arguments.Has("--count") || arguments.Has("--product") || arguments.Has("--goals") || arguments.Has("--name")))
            throw new UsageException("--campaign follows an existing campaign: --product, --goals, --name and --count belong to new ones.");
        return new WatchOptions(
            arguments.Text("--api") is { } api ? ApiAddress.Parse(api, "--api") : null,
            arguments.Text("--token"),
            arguments.Text("--product") ?? "A reusable bottle that keeps tea hot for a day",
            arguments.Text("--goals") ?? "Sell the first thousand to people who work outdoors",
            arguments.Text("--name") ?? "Watched campaign",
            arguments.Text("--campaign"),
            arguments.Number("--count", 1, 1, 1000),
            arguments.Seconds("--timeout", 300),
            arguments.Has("--json"));
    }
}

using Janus.Campaigns;
using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Benchmarks;

/// <summary>Campaigns of any size, planned straight into a running Janus's database; its worker makes their content.</summary>
internal sealed class PlannedCampaigns(IReadOnlyDictionary<string, string?> store) : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddCampaignStorage(
        new ConfigurationBuilder().AddInMemoryCollection(store).Build())
        .BuildServiceProvider();

    /// <summary>Plans, and waits until everything is made.</summary>
    /// <returns>The public id and the keys of the posts.</returns>
    public async Task<(string Id, IReadOnlyList<int> Posts)> PlanAsync(int posts)
    {
        var id = await StoreAsync(posts);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            var graph = await _services.GetRequiredService<CampaignReader>().GraphAsync(id, limit.Token);
            if (graph!.Campaign.Phase == Phase.Scheduled)
                return (id, [.. graph.Posts.Select(post => post.Post.Id)]);
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Plans, and waits for nothing.</summary>
    /// <returns>The public id.</returns>
    public async Task<string> StoreAsync(int posts)
    {
        var nodes = Enumerable.Range(0, posts)
            .Select(n => new PlanNode($"P{n}", $"Post {n + 1}: a quiet morning", "What a small kitchen sounds like when nobody is woken by it.", 1 + (n * 3 / posts))).ToList();
        // Every post leads to two of the next phase, as plans do.
        var links = nodes.SelectMany((node, at) => nodes.Where(next => next.Phase == node.Phase + 1).Skip(at * 2 % Math.Max(1, posts / 3)).Take(2)
            .Select(next => new PlanConnection(node.Id, next.Id))).ToList();
        var brief = new Brief
        {
            ProductDescription = "Piano is a small, quiet espresso machine for rented kitchens",
            GtmGoals = "Take 500 preorders before March",
            CampaignName = $"{posts} posts",
            Platform = "X",
            TimeZone = "UTC",
        };
        var stored = await _services.GetRequiredService<CampaignPlanning>()
            .StoreAsync(new NewCampaign(brief, new PlanDiagram(nodes, links, []), "graph TB", null), CancellationToken.None);
        return stored.Value.PublicId;
    }

    /// <summary>From the commit that planned a campaign to the one that scheduled it, as its event log has it; waits for it.</summary>
    public async Task<TimeSpan> DurationAsync(string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var graph = await _services.GetRequiredService<CampaignReader>().GraphAsync(id, limit.Token);
            if (graph!.Campaign.Phase == Phase.Scheduled)
                return graph.Campaign.UpdatedAt - graph.Campaign.CreatedAt;
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>The number of a campaign's last event.</summary>
    public async Task<long> VersionAsync(string id) => (await _services.GetRequiredService<CampaignReader>().GraphAsync(id, CancellationToken.None))!.Campaign.Version;

    /// <summary>Chooses a letter: one small commit.</summary>
    /// <returns>When it was committed, UTC: taken just after the commit.</returns>
    public async Task<DateTimeOffset> ChooseAsync(int pk, string letter)
    {
        await _services.GetRequiredService<Janus.Campaigns.Posts.PostDecisions>().SelectAsync(pk, letter, CancellationToken.None);
        return TimeProvider.System.GetUtcNow();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

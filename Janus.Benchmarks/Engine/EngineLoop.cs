using System.Diagnostics;
using Janus.Campaigns;
using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Benchmarks.Engine;

/// <summary>Claims and records every step of one campaign through the engine, four of each kind at a time.</summary>
internal static class EngineLoop
{
    private const int Room = 4;
    private static readonly AttemptUsage NoUsage = new(null, 0, 0, 0);

    public static async Task<double> StepsPerSecondAsync(int posts)
    {
        using var folder = new BenchmarkFolder();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Janus:DataDirectory"] = folder.Path }).Build();
        await using var services = new ServiceCollection().AddLogging().AddCampaignStorage(configuration).BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        var queue = services.GetRequiredService<StepQueue>();
        await queue.RehearseAsync(CancellationToken.None);
        await PlanAsync(services, posts);
        await RunAsync(queue);

        await PlanAsync(services, posts);
        var started = Stopwatch.GetTimestamp();
        var steps = await RunAsync(queue);
        return steps / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task PlanAsync(IServiceProvider services, int posts)
    {
        var nodes = Enumerable.Range(1, posts).Select(n => new PlanNode($"P{n}", $"Title {n}", $"About {n}", ((n - 1) % 3) + 1)).ToList();
        var brief = new Brief { ProductDescription = "A product", GtmGoals = "Sales", CampaignName = "Benchmark", Platform = "X", TimeZone = "UTC" };
        await services.GetRequiredService<CampaignPlanning>().StoreAsync(new NewCampaign(brief, new PlanDiagram(nodes, [], []), "graph TB", null), CancellationToken.None);
    }

    private static async Task<int> RunAsync(StepQueue queue)
    {
        var done = 0;
        while (await queue.ClaimAsync("benchmark", Room, Room, CancellationToken.None) is { Count: > 0 } claimed)
        {
            foreach (var step in claimed)
                await CompleteAsync(queue, step);
            done += claimed.Count;
        }

        return done;
    }

    private static Task<Decision<long>> CompleteAsync(StepQueue queue, ClaimedStep step) => step.Kind == StepKind.Text
        ? queue.CompleteTextAsync(step.Claim, [new("A", "a", "a", "a"), new("B", "b", "b", "b")], Author.Sample, NoUsage, CancellationToken.None)
        : queue.CompletePictureAsync(step.Claim, $"{step.Claim.StepId:x32}.svg", NoUsage, CancellationToken.None);
}

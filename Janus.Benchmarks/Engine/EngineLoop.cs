using System.Diagnostics;
using Janus.Campaigns;
using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Janus.Benchmarks.Engine;

/// <summary>Claims and records every step of a database through the engine, as workers whose provider takes no time, each with services of its own as processes have.</summary>
internal static class EngineLoop
{
    private const int Room = 4;
    private static readonly TimeSpan UntilNextLook = TimeSpan.FromMilliseconds(5);
    private static readonly AttemptUsage NoUsage = new(null, 0, 0, 0);

    /// <summary>A migrated database with planned campaigns, which nobody has open.</summary>
    public static async Task PrepareAsync(IReadOnlyDictionary<string, string?> store, int campaigns, int posts)
    {
        await using (var services = Services(store))
        {
            await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
            for (var campaign = 0; campaign < campaigns; campaign++)
                await PlanAsync(services, posts);
        }

        SqliteConnection.ClearAllPools();
    }

    /// <summary>Runs every step.</summary>
    /// <param name="store">The settings that lead to the database.</param>
    /// <param name="workers">How many workers.</param>
    /// <param name="recording">Records what is sent; nothing when null.</param>
    /// <param name="atOnce">Whether a worker records the steps that it claimed at once, as a real one does whose calls end at the same time, or one after the other.</param>
    /// <returns>How many there were, and how long they took together.</returns>
    public static async Task<(int Steps, TimeSpan Took)> RunAsync(
        IReadOnlyDictionary<string, string?> store, int workers, SqlRecording? recording = null, bool atOnce = false)
    {
        var all = Enumerable.Range(0, workers).Select(_ => Services(store, recording)).ToList();
        try
        {
            foreach (var services in all)
                await services.GetRequiredService<StepQueue>().LoadAsync(CancellationToken.None);
            recording?.Clear();
            var started = Stopwatch.GetTimestamp();
            var done = await Task.WhenAll(all.Select((services, number) => Task.Run(() => WorkAsync(services.GetRequiredService<StepQueue>(), $"benchmark-{number}", atOnce))));
            return (done.Sum(), Stopwatch.GetElapsedTime(started));
        }
        finally
        {
            foreach (var services in all)
                await services.DisposeAsync();
            SqliteConnection.ClearAllPools();
        }
    }

    public static ServiceProvider Services(IReadOnlyDictionary<string, string?> store, SqlRecording? recording = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(store).Build();
        // EF keeps its model and its compiled queries with the logger factory: with one for all, what was warmed up stays warm, as in a process that runs for days.
        var services = new ServiceCollection().AddLogging().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddCampaignStorage(configuration);
        if (recording is not null)
            services.ConfigureDbContext<SqliteCampaignsContext>(options => options.AddInterceptors(recording));
        return services.BuildServiceProvider();
    }

    private static async Task PlanAsync(IServiceProvider services, int posts)
    {
        var nodes = Enumerable.Range(1, posts).Select(n => new PlanNode($"P{n}", $"Title {n}", $"About {n}", ((n - 1) % 3) + 1)).ToList();
        var brief = new Brief { ProductDescription = "A product", GtmGoals = "Sales", CampaignName = "Benchmark", Platform = "X", TimeZone = "UTC" };
        await services.GetRequiredService<CampaignPlanning>().StoreAsync(new NewCampaign(brief, new PlanDiagram(nodes, [], []), "graph TB", null), CancellationToken.None);
    }

    // A worker that finds nothing may have been too quick: what others hold makes more ready when it is recorded.
    private static async Task<int> WorkAsync(StepQueue queue, string worker, bool atOnce)
    {
        var done = 0;
        while (true)
        {
            var claimed = await queue.ClaimAsync(worker, Room, Room, CancellationToken.None);
            if (claimed.Count == 0)
            {
                if (await queue.LoadAsync(CancellationToken.None) is { Ready: 0, Running: 0 })
                    return done;
                // A worker waits for somebody's commit; asking again at once would take the processor from those who work.
                await Task.Delay(UntilNextLook);
            }

            if (atOnce)
            {
                // Each from a thread, as calls end: SQLite would be done with one before the next had begun.
                await Task.WhenAll(claimed.Select(step => Task.Run(() => CompleteAsync(queue, step))));
            }
            else
            {
                foreach (var step in claimed)
                    await CompleteAsync(queue, step);
            }

            done += claimed.Count;
        }
    }

    public static Task<Decision<long>> CompleteAsync(StepQueue queue, ClaimedStep step) => step.Kind == StepKind.Text
        ? queue.CompleteTextAsync(step.Claim, [new("A", "a", "a", "a"), new("B", "b", "b", "b")], Author.Sample, NoUsage, CancellationToken.None)
        : queue.CompletePictureAsync(step.Claim, $"{step.Claim.StepId:x32}.svg", NoUsage, CancellationToken.None);
}

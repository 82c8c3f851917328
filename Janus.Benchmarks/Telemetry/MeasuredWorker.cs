using System.Diagnostics;
using Janus.Campaigns;
using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Events;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Benchmarks.Telemetry;

/// <summary>What one campaign took.</summary>
/// <param name="Wall">From the first claim to the last picture, seconds.</param>
/// <param name="Processor">The worker's processor time, seconds.</param>
/// <param name="Bytes">What the worker holds in memory at the end.</param>
internal sealed record CampaignTook(double Wall, double Processor, long Bytes);

/// <summary>A real worker in a process of its own, with a sample studio that takes no time, and the campaigns that it makes.</summary>
internal sealed class MeasuredWorker : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly BenchmarkFolder _folder = new();
    private readonly ServiceProvider _services;
    private Process? _worker;

    private MeasuredWorker() => _services = new ServiceCollection().AddLogging().AddCampaignStorage(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Janus:DataDirectory"] = _folder.Path }).Build())
        .BuildServiceProvider();

    /// <summary>Starts a worker whose telemetry goes to an address; null for nowhere.</summary>
    public static async Task<MeasuredWorker> StartAsync(string? receiver)
    {
        var measured = new MeasuredWorker();
        await measured._services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
        var start = new ProcessStartInfo("dotnet", [BuiltProgram.PathOf("Janus.ContentWorker")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["Janus__DataDirectory"] = measured._folder.Path,
                ["Sample__TextLatency"] = "00:00:00",
                ["Sample__PictureLatency"] = "00:00:00",
                ["OTEL_SERVICE_NAME"] = "contentworker",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver ?? "",
            },
        };
        measured._worker = Process.Start(start)!;
        // Nobody reads what it says, but it must be able to say it.
        measured._worker.OutputDataReceived += (_, _) => { };
        measured._worker.BeginOutputReadLine();
        return measured;
    }

    /// <summary>Plans a campaign within a trace that is recorded, and waits until it is made.</summary>
    public async Task<CampaignTook> MakeAsync(int posts)
    {
        var nodes = Enumerable.Range(1, posts).Select(n => new PlanNode($"P{n}", $"Title {n}", $"About {n}", ((n - 1) % 3) + 1)).ToList();
        var brief = new Brief { ProductDescription = "A quiet espresso machine", GtmGoals = "Preorders", CampaignName = "Benchmark", Platform = "X", TimeZone = "UTC" };
        _worker!.Refresh();
        var before = _worker.TotalProcessorTime;
        StoredCampaign stored;
        using (new Activity("benchmark") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.SetIdFormat(ActivityIdFormat.W3C).Start())
            stored = (await _services.GetRequiredService<CampaignPlanning>().StoreAsync(new NewCampaign(brief, new PlanDiagram(nodes, [], []), "graph TB", null), CancellationToken.None)).Value;

        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await _services.GetRequiredService<CampaignReader>().GraphAsync(stored.PublicId, limit.Token))!.Campaign.Phase != Phase.Scheduled)
            await timer.WaitForNextTickAsync(limit.Token);
        _worker.Refresh();
        var took = _worker.TotalProcessorTime - before;
        return new CampaignTook(await WallAsync(stored.Id, limit.Token), took.TotalSeconds, _worker.WorkingSet64);
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is { } worker)
        {
            worker.Kill();
            await worker.WaitForExitAsync();
            worker.Dispose();
        }

        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<double> WallAsync(int campaignId, CancellationToken cancellationToken)
    {
        var (first, last, after) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue, 0L);
        while (await _services.GetRequiredService<EventReader>().AfterAsync(campaignId, after, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var moved in page.Where(entry => entry.Kind == EventKind.PhaseChanged))
                (first, last) = (moved.At < first ? moved.At : first, moved.At);
            after = page[^1].Version;
        }

        return (last - first).TotalSeconds;
    }
}

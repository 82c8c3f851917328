using Janus.Campaigns;
using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Events;
using Janus.Campaigns.Media;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Posts;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Storage;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Engine;

/// <summary>The real clock, moved forward by a test.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    /// <summary>How long whoever uses this clock has stood still: time that passed without them.</summary>
    public TimeSpan StoodStill { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift + StoodStill;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(StoodStill.TotalSeconds * TimestampFrequency);
}

/// <summary>The engine over a real database of its own. Several of them can share one, as processes do.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    public static readonly AttemptUsage NoUsage = new("test", 1, 2, 3);
    private readonly ServiceProvider _services;
    private readonly TestStore _store;
    private readonly bool _ownsStore;
    private readonly IReadOnlyList<(string Key, string Value)> _settings;

    private TestEngine(
        TestStore store, bool ownsStore, IReadOnlyList<(string Key, string Value)> settings, IInterceptor? interceptor = null,
        IReadOnlyDictionary<string, string?>? way = null)
    {
        _store = store;
        _ownsStore = ownsStore;
        _settings = settings;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(way ?? store.Settings)
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time).AddCampaignStorage(configuration);
        if (interceptor is not null)
        {
            services.ConfigureDbContext<SqliteCampaignsContext>(options => options.AddInterceptors(interceptor));
            services.ConfigureDbContext<PostgresCampaignsContext>(options => options.AddInterceptors(interceptor));
        }

        _services = services.BuildServiceProvider();
    }

    /// <summary>The database, as others reach it.</summary>
    public TestStore Store => _store;

    public string Folder => _store.Folder;

    public ShiftedTime Time { get; } = new();

    public StepQueue Queue => Get<StepQueue>();

    public GenerationCommands Commands => Get<GenerationCommands>();

    public PostDecisions Posts => Get<PostDecisions>();

    public Regeneration Regeneration => Get<Regeneration>();

    public VariantEditing Editing => Get<VariantEditing>();

    public IMediaStore Media => Get<IMediaStore>();

    /// <summary>The media folder, where pictures are files.</summary>
    public string MediaDirectory => Get<StorageOptions>().MediaDirectory;

    public static async Task<TestEngine> StartAsync(params IReadOnlyList<(string Key, string Value)> settings)
    {
        return new TestEngine(await TestStore.CreateAsync(Directory.CreateTempSubdirectory("janus-engine-").FullName), ownsStore: true, settings);
    }

    /// <summary>An engine on a database that somebody else deletes.</summary>
    /// <param name="store">The database.</param>
    /// <param name="way">Other settings that lead to it; its own when null.</param>
    /// <param name="settings">Further settings.</param>
    public static TestEngine On(TestStore store, IReadOnlyDictionary<string, string?>? way = null, params IReadOnlyList<(string Key, string Value)> settings) =>
        new(store, ownsStore: false, settings, way: way);

    /// <summary>A second engine on the same database.</summary>
    public TestEngine Another(IInterceptor? interceptor = null) => new(_store, ownsStore: false, _settings, interceptor);

    /// <summary>A kept picture's bytes; null when it is not there.</summary>
    public async Task<byte[]?> PictureAsync(string name) => await Media.FindAsync(name, CancellationToken.None) is { } found
        ? found.File is { } file ? await File.ReadAllBytesAsync(file) : found.Bytes.ToArray()
        : null;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<StoredCampaign> PlanAsync(int posts = 2, (string, string)? key = null, string name = "Test", AttemptUsage? usage = null, CampaignPlanning? planning = null)
    {
        var nodes = Enumerable.Range(1, posts).Select(n => new PlanNode($"P{n}", $"Title {n}", $"About {n}", ((n - 1) % 3) + 1)).ToList();
        var connections = nodes.Zip(nodes.Skip(1), (from, to) => new PlanConnection(from.Id, to.Id)).ToList();
        var brief = new Brief { ProductDescription = "A product", GtmGoals = "Sales", CampaignName = name, Platform = "X", TimeZone = "UTC" };
        var decision = await (planning ?? Get<CampaignPlanning>()).StoreAsync(new NewCampaign(brief, new PlanDiagram(nodes, connections, []), "graph TB", key, usage), CancellationToken.None);
        return decision.Value;
    }

    public Task<IReadOnlyList<ClaimedStep>> ClaimAsync(int texts = 100, int pictures = 100, string worker = "worker-1", ExpectedCosts? expected = null) =>
        Queue.ClaimAsync(worker, texts, pictures, CancellationToken.None, expected);

    public Task<Decision<long>> CompleteAsync(ClaimedStep step, AttemptUsage? usage = null) => step.Kind == StepKind.Text
        ? Queue.CompleteTextAsync(
            step.Claim, [new MadeText("A", step.Remake is null ? $"A of {step.Title}" : $"A {step.Generation} of {step.Title}", "benefit", "caption A"), new MadeText("B", $"B of {step.Title}", "curiosity", "caption B")],
            Author.Sample, usage ?? NoUsage, CancellationToken.None)
        : Queue.CompletePictureAsync(step.Claim, $"{step.PostId:x16}{step.Claim.StepId:x16}.svg", usage ?? NoUsage, CancellationToken.None);

    /// <summary>Takes back whatever has expired by this engine's clock.</summary>
    public Task<int> ReclaimExpiredAsync() => Queue.ReclaimExpiredAsync(Time.GetUtcNow(), CancellationToken.None);

    public Task<Decision<long>> FailAsync(ClaimedStep step, bool transient = false, bool stopsCampaign = false, string reason = "It did not work.") =>
        Queue.FailAsync(step.Claim, new AttemptFailure("test", reason, transient, stopsCampaign, null), NoUsage, CancellationToken.None);

    /// <summary>Claims and completes until nothing is left.</summary>
    public async Task CompleteAllAsync()
    {
        while (await ClaimAsync() is { Count: > 0 } steps)
        {
            foreach (var step in steps)
                (await CompleteAsync(step)).IsAccepted.ShouldBeTrue();
        }
    }

    public async Task<CampaignGraph> GraphAsync(StoredCampaign campaign) =>
        (await Get<CampaignReader>().GraphAsync(campaign.PublicId, CancellationToken.None))!;

    /// <summary>The campaign's first post, with all that was written of it.</summary>
    public async Task<PostVariants> FirstPostAsync(StoredCampaign campaign) =>
        (await Get<CampaignReader>().PostAsync((await GraphAsync(campaign)).Posts[0].Post.Id, CancellationToken.None))!;

    public Task<IReadOnlyList<CampaignEvent>> EventsAsync(StoredCampaign campaign) =>
        Get<EventReader>().AfterAsync(campaign.Id, 0, CancellationToken.None);

    public async Task<IReadOnlyList<string>> PhasesAsync(StoredCampaign campaign) =>
        [.. (await EventsAsync(campaign)).Where(e => e.Kind == EventKind.PhaseChanged)
            .Select(e => System.Text.Json.JsonDocument.Parse(e.Data).RootElement.GetProperty("to").GetString()!)];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_ownsStore)
            await _store.DisposeAsync();
    }
}

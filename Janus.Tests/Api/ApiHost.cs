using System.Text;
using System.Text.Json;
using Janus.ApiService.Planning;
using Janus.Campaigns;
using Janus.Campaigns.Media;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Janus.Tests.Api;

/// <summary>The real API on a real port over a real database, with a scripted planner.</summary>
public class ApiHost : WebApplicationFactory<PlanAgent>, IAsyncLifetime
{
    private readonly bool _isOwner = true;
    private TestStore? _store;

    public ApiHost()
    {
    }

    /// <summary>A second API over the database of another, as another process would be.</summary>
    private ApiHost(ApiHost other) => (_store, _isOwner) = (other._store, false);

    /// <summary>An API over a database that somebody else deletes.</summary>
    private protected ApiHost(TestStore store) => (_store, _isOwner) = (store, false);

    /// <summary>The database, as others reach it.</summary>
    internal TestStore Store => _store!;

    /// <summary>The data directory.</summary>
    public string Folder => Store.Folder;

    public ScriptedPlanner Planner { get; } = new();

    public RecordedLogs Logs { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The clock of the service.</summary>
    protected virtual TimeProvider Time => TimeProvider.System;

    /// <summary>Where nobody signs in: only there does everything else work without.</summary>
    protected virtual string Environment => "Development";

    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task<ApiHost> StartAnotherAsync()
    {
        var another = new ApiHost(this);
        await another.InitializeAsync();
        return another;
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        _store ??= await TestStore.CreateAsync(Directory.CreateTempSubdirectory("janus-api-").FullName);
        UseKestrel(0);
        StartServer();
        Http = CreateClient();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        foreach (var (name, value) in Store.Settings)
            builder.UseSetting(name, value);
        foreach (var (name, value) in Settings)
            builder.UseSetting(name, value);
        builder.ConfigureTestServices(services => services.AddSingleton<PlanAgent>(Planner.PlanAsync)
            .AddSingleton<ReplanAgent>(Planner.ReplanAsync).AddSingleton<FollowUpAgent>(Planner.FollowUpAsync).AddSingleton(Time));
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Information));
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        if (_isOwner && _store is not null)
            await _store.DisposeAsync();
    }

    /// <summary>Sends JSON text as it stands.</summary>
    public async Task<Answer> PostAsync(string path, string json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await SendAsync(request);
    }

    public Task<Answer> PostAsync(string path, object body, params (string Name, string Value)[] headers) =>
        PostAsync(path, JsonSerializer.Serialize(body), headers);

    public async Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Plans a campaign over HTTP and gives its public id.</summary>
    public async Task<string> PlanAsync(string name = "Autumn")
    {
        var answer = await PostAsync("/api/strategy/plan/", Briefs.Named(name));
        answer.Status.ShouldBe(201, answer.Text);
        return answer.Json.GetProperty("campaign_id").GetString()!;
    }

    /// <summary>The keys of a campaign's posts, in plan order.</summary>
    public async Task<IReadOnlyList<int>> PostsOfAsync(string campaign) =>
        [.. (await GetAsync($"/api/nodesJson/?campaign_id={campaign}")).Json.GetProperty("diagram").EnumerateArray().Select(node => node.GetProperty("pk").GetInt32())];

    /// <summary>Claims and completes everything that waits, as a worker would; pictures only when asked for.</summary>
    public async Task MakeContentAsync(bool pictures = true)
    {
        var queue = Get<StepQueue>();
        var usage = new AttemptUsage("test-model", 1, 1, 0);
        while (await queue.ClaimAsync("tester", 50, pictures ? 50 : 0, CancellationToken.None) is { Count: > 0 } steps)
        {
            foreach (var step in steps)
            {
                var again = step.Remake is null ? "" : $", turn {step.Generation}";
                var done = step.Kind == StepKind.Text
                    ? await queue.CompleteTextAsync(
                        step.Claim, [new MadeText("A", $"A of {step.Title}{again}", "bold", "A red kite"), new MadeText("B", $"B of {step.Title}{again}", "calm", "A blue kite")],
                        Author.Ai, usage, CancellationToken.None)
                    : await queue.CompletePictureAsync(
                        step.Claim, await Get<IMediaStore>().KeepAsync("<svg/>"u8.ToArray(), "image/svg+xml", CancellationToken.None), usage, CancellationToken.None);
                done.IsAccepted.ShouldBeTrue();
            }
        }
    }

    /// <summary>Changes rows that no endpoint changes yet, in one change of the campaign.</summary>
    public async Task ChangeAsync(int pk, Func<CampaignChange, Post, Task> change)
    {
        var campaign = await Get<CampaignDatabase>().ReadAsync("test", async (context, token) => (await context.Posts.FindAsync([pk], token))!.CampaignId, CancellationToken.None);
        var decision = await Get<CampaignWriter>().ChangeAsync("test", campaign, async (writing, token) =>
        {
            await change(writing, (await writing.Context.Posts.FindAsync([pk], token))!);
            return Decision<bool>.Accept(true);
        }, CancellationToken.None);
        decision.IsAccepted.ShouldBeTrue();
    }
}

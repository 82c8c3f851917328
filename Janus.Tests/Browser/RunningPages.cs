using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Janus.Tests.Hosting;
using Janus.Tests.Systems;

namespace Janus.Tests.Browser;

/// <summary>
/// One whole Janus in processes of its own, whose pages the tests of a collection share. Started only where there is a browser to
/// look at it with.
/// </summary>
public abstract class RunningPages(ChromiumBrowser browser) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private RunningJanus? _janus;
    private Marketer? _marketer;
    private HttpClient? _api;

    /// <summary>The browser to look with.</summary>
    internal ChromiumBrowser Browser => browser;

    /// <summary>The processes behind the pages.</summary>
    internal RunningJanus Janus => Started(_janus);

    /// <summary>Plans campaigns over the API and waits for what becomes of them.</summary>
    internal Marketer Marketer => Started(_marketer);

    /// <summary>The API, for what a marketer does not do.</summary>
    internal HttpClient Api => Started(_api);

    /// <summary>Where the pages are.</summary>
    internal Uri BaseUri => Janus.Web;

    /// <summary>How this Janus is set up.</summary>
    protected abstract Dictionary<string, string?> Environment { get; }

    public async ValueTask InitializeAsync()
    {
        if (!ChromiumBrowser.IsInstalled)
            return;

        _janus = await RunningJanus.StartReadyAsync(environment: Environment);
        _api = new HttpClient { BaseAddress = _janus.Api };
        _marketer = new Marketer(() => _janus);
        await PrepareAsync();
    }

    /// <summary>Makes what the tests find when they begin.</summary>
    protected abstract Task PrepareAsync();

    /// <summary>Plans a campaign and returns its id while its content is still being made.</summary>
    /// <param name="name">A name that no other campaign of this Janus has: it is also the key under which a resent request is known.</param>
    /// <param name="postsPerPhase">Posts in each of the three phases.</param>
    internal async Task<string> PlanAsync(string name, int postsPerPhase = 2)
    {
        var (status, campaignId) = await Marketer.PlanAsync(name, postsPerPhase);
        status.ShouldBe(HttpStatusCode.Created);
        return campaignId.ShouldNotBeNull();
    }

    /// <summary>Plans a campaign and returns when all of it is made: its id and the keys of its posts, in plan order.</summary>
    internal async Task<(string CampaignId, IReadOnlyList<int> Posts)> MakeAsync(string name)
    {
        var campaignId = await PlanAsync(name);
        await Marketer.UntilScheduledAsync([campaignId]);
        return (campaignId, await PostsOfAsync(campaignId));
    }

    /// <summary>The keys of a campaign's posts, in plan order.</summary>
    internal async Task<IReadOnlyList<int>> PostsOfAsync(string campaignId) =>
        [.. (await Marketer.GraphAsync(campaignId)).GetProperty("diagram").EnumerateArray().Select(post => post.GetProperty("pk").GetInt32())];

    /// <summary>A post with both of its faces.</summary>
    internal async Task<JsonElement> PostAsync(int pk) => await ReadAsync($"/api/posts/{pk}");

    /// <summary>How many campaigns match.</summary>
    internal async Task<int> CountAsync(string search = "") =>
        (await ReadAsync($"/api/agents/campaigns/?q={Uri.EscapeDataString(search)}")).GetProperty("total").GetInt32();

    /// <summary>Sends something that the API must take, and returns its answer.</summary>
    internal async Task<JsonElement> SendAsync(string path, object body)
    {
        using var response = await Api.PostAsJsonAsync(path, body);
        var answer = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(answer);
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.Clone();
    }

    /// <summary>Chooses a letter as somebody else does who has no page open.</summary>
    internal Task ChooseAsync(int pk, string letter) => SendAsync("/selectVariant/", new { pk, variant_id = letter });

    /// <summary>Reads JSON from the API.</summary>
    internal async Task<JsonElement> ReadAsync(string path)
    {
        using var json = JsonDocument.Parse(await Api.GetStringAsync(path));
        return json.RootElement.Clone();
    }

    /// <summary>Kills a service without warning, one of <see cref="Topology"/>'s names, and returns when the next one is ready for work.</summary>
    internal async Task RestartAsync(string service)
    {
        await Janus.KillAndAwaitRestartAsync(service, Limit);
        await UntilAsync(() => IsReadyAsync(service));
    }

    /// <summary>Looks until it is so.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(BetweenLooks);
        while (!await isSo())
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _marketer?.Dispose();
        _api?.Dispose();
        if (_janus is not null)
            await _janus.DisposeAsync();
    }

    /// <summary>A part of what was started.</summary>
    /// <exception cref="InvalidOperationException">There is no browser, so nothing was.</exception>
    private protected static T Started<T>(T? part)
        where T : class => part ?? throw new InvalidOperationException("Nothing was started: there is no browser on this machine.");

    private async Task<bool> IsReadyAsync(string service)
    {
        try
        {
            using var health = await Api.GetAsync(new Uri(Janus.AddressOf(service), Topology.HealthPath));
            return health.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // It does not listen yet.
        }
    }
}

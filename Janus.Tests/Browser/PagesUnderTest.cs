using System.Net;
using Janus.Tests.Hosting;
using Janus.Tests.Systems;

namespace Janus.Tests.Browser;

/// <summary>
/// One whole Janus in processes of its own, whose pages the tests of a collection share, with one finished campaign in it. Started
/// only where there is a browser to look at it with.
/// </summary>
public sealed class PagesUnderTest(ChromiumBrowser browser) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private RunningJanus? _janus;
    private Marketer? _marketer;
    private HttpClient? _api;
    private string? _campaignId;

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

    /// <summary>A campaign of six posts that is scheduled, with all of its texts and pictures. Tests that change one plan their own.</summary>
    internal string CampaignId => Started(_campaignId);

    public async ValueTask InitializeAsync()
    {
        if (!ChromiumBrowser.IsInstalled)
            return;

        _janus = await RunningJanus.StartReadyAsync(environment: Settings.With());
        _api = new HttpClient { BaseAddress = _janus.Api };
        _marketer = new Marketer(() => _janus);
        _campaignId = await PlanAsync("Grinder");
        await _marketer.UntilScheduledAsync([_campaignId]);
    }

    /// <summary>Plans a campaign and returns its id while its content is still being made.</summary>
    /// <param name="name">A name that no other campaign of this Janus has: it is also the key under which a resent request is known.</param>
    /// <param name="postsPerPhase">Posts in each of the three phases.</param>
    internal async Task<string> PlanAsync(string name, int postsPerPhase = 2)
    {
        var (status, campaignId) = await Marketer.PlanAsync(name, postsPerPhase);
        status.ShouldBe(HttpStatusCode.Created);
        return campaignId.ShouldNotBeNull();
    }

    /// <summary>Kills a service without warning, one of <see cref="Topology"/>'s names, and returns when the next one is ready for work.</summary>
    internal async Task RestartAsync(string service)
    {
        await Janus.KillAndAwaitRestartAsync(service, Limit);
        using var deadline = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(BetweenLooks);
        while (!await IsReadyAsync(service, deadline.Token))
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _marketer?.Dispose();
        _api?.Dispose();
        if (_janus is not null)
            await _janus.DisposeAsync();
    }

    private async Task<bool> IsReadyAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            using var health = await Api.GetAsync(new Uri(Janus.AddressOf(service), Topology.HealthPath), cancellationToken);
            return health.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // It does not listen yet.
        }
    }

    private static T Started<T>(T? part)
        where T : class => part ?? throw new InvalidOperationException("Nothing was started: there is no browser on this machine.");
}

using System.Globalization;
using Janus.Campaigns.Accounts;
using Janus.Tests.Access;
using Janus.Tests.Api;

namespace Janus.Tests.Pages.Access;

/// <summary>Tests of pages that people sign in to, over one API with accounts.</summary>
[CollectionDefinition(Name)]
public sealed class SignInCollection : ICollectionFixture<SignInPages>
{
    public const string Name = "sign in";
}

/// <summary>The pages over an API, both with accounts, an admin, an editor and a viewer, and a campaign that is made.</summary>
public sealed class SignInPages : IAsyncLifetime
{
    /// <summary>The password of every account that these tests do not change.</summary>
    public const string Password = AccountsHost.Password;

    private readonly AccountsHost _api = new();
    private readonly string _data = Directory.CreateTempSubdirectory("janus-pages-").FullName;
    private WebHost? _web;
    private int _visitors;
    private int _accounts;

    /// <summary>What the pages know of letting people in, as the API does.</summary>
    internal static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Janus:Access:SignIn"] = "accounts",
        ["Janus:Access:ServiceKey"] = AccountsHost.Key,
    };

    internal AccountsHost Api => _api;

    internal WebHost Web => _web!;

    internal string CampaignId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await _api.InitializeAsync();
        foreach (var (name, role) in ((string, Role)[])[("ada", Role.Admin), ("eve", Role.Editor), ("vic", Role.Viewer)])
            await MakeAccountAsync(name, role);
        CampaignId = await PlanAsync("Grinder");
        _web = Start();
    }

    /// <summary>
    /// Pages in front of the same API, on the same data directory, as when the same program starts again. In Development the cookie goes to an address
    /// without HTTPS, too.
    /// </summary>
    internal WebHost Start(string environment = "Development", Uri? api = null) => new(
        api ?? _api.Http.BaseAddress!, new Dictionary<string, string>(Settings, StringComparer.Ordinal) { ["Janus:DataDirectory"] = _data }, environment);

    /// <summary>Somebody with an address of their own, who has not signed in.</summary>
    internal Visitor Visit(WebHost? web = null) => new((web ?? Web).Address, string.Create(CultureInfo.InvariantCulture, $"203.0.113.{Interlocked.Increment(ref _visitors)}"));

    /// <summary>Somebody who has signed in with an account that nobody else has: tries are counted by name.</summary>
    internal async Task<Visitor> VisitAsAsync(Role role) => await VisitAsAsync(await NewNameAsync(role));

    /// <summary>The name of an account that nobody else has.</summary>
    internal async Task<string> NewNameAsync(Role role)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{role.ToString().ToLowerInvariant()}-{Interlocked.Increment(ref _accounts)}");
        await MakeAccountAsync(name, role);
        return name;
    }

    /// <summary>Somebody who has signed in.</summary>
    internal async Task<Visitor> VisitAsAsync(string name, string password = Password)
    {
        var visitor = Visit();
        using var answer = await visitor.SignInAsync(name, password);
        ((int)answer.StatusCode).ShouldBe(302, await answer.Content.ReadAsStringAsync());
        return visitor;
    }

    /// <summary>Makes an account of a test's own.</summary>
    internal Task<Account> MakeAccountAsync(string name, Role role) => _api.MakeAsync(name, role);

    /// <summary>Changes an account as an admin does.</summary>
    internal async Task ChangeAccountAsync(int id, AccountChange change) =>
        (await _api.Get<AccountCommands>().ChangeAsync(id, change, CancellationToken.None)).IsAccepted.ShouldBeTrue();

    /// <summary>Plans a campaign as an editor does, with all of its texts and pictures.</summary>
    internal async Task<string> PlanAsync(string name)
    {
        var answer = await _api.PostAsync("/api/strategy/plan/", Briefs.Named(name), AccountsHost.SessionOf(await _api.AccountAsync(Role.Editor)));
        answer.Status.ShouldBe(201, answer.Text);
        await _api.MakeContentAsync();
        return answer.Json.GetProperty("campaign_id").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
            await _web.DisposeAsync();
        await _api.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Janus.Campaigns.Accounts;
using Janus.Contracts;
using Janus.Tests.Api;

namespace Janus.Tests.Access;

/// <summary>An API in which people sign in, as it runs in earnest.</summary>
public partial class AccountsHost : ApiHost
{
    public const string Key = "the key that pages and API share in tests";
    public const string Password = "lantern harbour quilt seven";

    private readonly Dictionary<Role, Account> _accounts = [];

    protected override string Environment => "Production";

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Janus:Access:SignIn"] = "accounts",
        ["Janus:Access:ServiceKey"] = Key,
        ["Janus:Api:Heartbeat"] = "00:00:00.200",
        ["Janus:Limits:StrangersPerMinute"] = "1000000",
        ["Janus:Limits:SignInsPerMinute"] = "1000000",
        ["Janus:Limits:GenerationsPerMinute"] = "1000000",
        ["Janus:Limits:RequestsPerMinute"] = "1000000",
    };

    /// <summary>The token that the API wrote to its log.</summary>
    public string FirstAdminToken => Offer().Match(string.Join('\n', Logs.Lines)).Value;

    /// <summary>The account of a role, made the first time that it is asked for.</summary>
    public async Task<Account> AccountAsync(Role role)
    {
        if (!_accounts.TryGetValue(role, out var account))
            _accounts[role] = account = await MakeAsync($"some-{role.ToString().ToLowerInvariant()}", role);
        return account;
    }

    /// <summary>Makes an account.</summary>
    public async Task<Account> MakeAsync(string name, Role role) =>
        (await Get<AccountCommands>().CreateAsync(name, role, Password, CancellationToken.None)).Value;

    /// <summary>What the pages send for a session.</summary>
    public static (string Name, string Value)[] SessionOf(Account account) =>
    [
        ("Authorization", $"{ServiceCredential.Scheme} {Key}"),
        (ServiceCredential.AccountHeader, account.Id.ToString(CultureInfo.InvariantCulture)),
        (ServiceCredential.StampHeader, account.SecurityStamp!),
    ];

    /// <summary>What the pages send for nobody.</summary>
    public static (string Name, string Value)[] ThePages => [("Authorization", $"{ServiceCredential.Scheme} {Key}")];

    /// <summary>What a program with a token sends.</summary>
    public static (string Name, string Value)[] Bearing(string secret) => [("Authorization", $"Bearer {secret}")];

    /// <summary>Asks as somebody.</summary>
    public async Task<Answer> AskAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await SendAsync(request);
    }

    /// <summary>Makes a personal API token of an account.</summary>
    public async Task<string> TokenAsync(Account account, Role scope)
    {
        var answer = await AskAsync(
            HttpMethod.Post, "/api/accounts/me/tokens", new { name = "nightly report", scope = scope.ToString().ToLowerInvariant() }, SessionOf(account));
        answer.Status.ShouldBe(201, answer.Text);
        return answer.Json.GetProperty("secret").GetString()!;
    }

    [GeneratedRegex("first_[A-Za-z0-9_-]{40,}", RegexOptions.None, 1000)]
    private static partial Regex Offer();
}

using System.Text;
using Janus.Campaigns;
using Janus.Campaigns.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Janus.Tests.Access;

/// <summary>Every endpoint of the API, asked by nobody, by every role and by the pages: who is let in is what docs/access.md says, without a hole.</summary>
public sealed class EveryEndpointTests(AccountsHost host) : IClassFixture<AccountsHost>
{
    // What needs no sign-in, and why. Nothing is added here without a reason.
    private static readonly Dictionary<string, string> Open = new(StringComparer.Ordinal)
    {
        ["GET /health"] = "says one word",
        ["GET /alive"] = "says one word",
        ["GET /api/access"] = "says whether people sign in",
    };

    private static readonly string[] Callers = ["nobody", "the pages", "viewer", "editor", "admin"];

    [Fact]
    public async Task Every_endpoint_lets_in_whom_the_page_says_and_refuses_the_others()
    {
        var table = new StringBuilder("| endpoint | needs |").Append('\n').Append("|---|---|").Append('\n');
        foreach (var (method, pattern, needs) in Endpoints())
        {
            foreach (var caller in Callers)
                await ShouldAnswerAsync(method, pattern, needs, caller);
            table.Append("| ").Append(method).Append(" `").Append(pattern).Append("` | ").Append(Say(method, pattern, needs)).Append(" |\n");
        }

        await AccessPage.ShouldHoldAsync("api", table.ToString());
    }

    [Fact]
    public void Nothing_is_open_that_is_not_written_down() =>
        Endpoints().Where(endpoint => endpoint.Needs is null).Select(endpoint => $"{endpoint.Method} {endpoint.Pattern}").Order().ShouldBe(Open.Keys.Order());

    private async Task ShouldAnswerAsync(string method, string pattern, string? needs, string caller)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), PathOf(pattern));
        foreach (var (name, value) in await HeadersAsync(caller))
            request.Headers.TryAddWithoutValidation(name, value);
        // Streams have no end.
        using var response = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var status = (int)response.StatusCode;
        var what = $"{caller} at {method} {pattern}, which needs {needs ?? "nothing"}";
        status.ShouldBeLessThan(500, what);
        if (IsLetIn(needs, caller))
            status.ShouldNotBeOneOf(401, 403);
        else
            status.ShouldBe(caller == "nobody" ? 401 : 403, what);
    }

    private static bool IsLetIn(string? needs, string caller) => needs switch
    {
        null => true,
        "pages" => caller == "the pages",
        "account" or "session" => caller is "viewer" or "editor" or "admin",
        "viewer" => caller != "nobody",
        "editor" => caller is "editor" or "admin",
        "admin" => caller == "admin",
        _ => throw new InvalidOperationException($"Nobody knows the rule {needs}."),
    };

    private async Task<(string Name, string Value)[]> HeadersAsync(string caller) => caller switch
    {
        "nobody" => [],
        "the pages" => AccountsHost.ThePages,
        _ => AccountsHost.SessionOf(await host.AccountAsync(Words.FromWord<Role>(caller))),
    };

    private IReadOnlyList<(string Method, string Pattern, string? Needs)> Endpoints() =>
    [
        .. host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(method => (method, $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}", NeedsOf(endpoint))))
            .Distinct().OrderBy(endpoint => endpoint.Item2, StringComparer.Ordinal).ThenBy(endpoint => endpoint.method, StringComparer.Ordinal),
    ];

    private static string? NeedsOf(RouteEndpoint endpoint) => endpoint.Metadata.OfType<IAllowAnonymous>().Any()
        ? null
        : endpoint.Metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy;

    private static string PathOf(string pattern) => string.Join('/', pattern.Split('/').Select(part => part switch
    {
        "{pk}" or "{id:int}" => "999999",
        "{letter}" => "A",
        "{documentName}.json" => "v1.json",
        ['{', ..] => "nothing-of-that-name",
        _ => part,
    }));

    private static string Say(string method, string pattern, string? needs) => needs switch
    {
        null => $"nothing: it {Open[$"{method} {pattern}"]}",
        "pages" => "the pages' key, acting for nobody",
        "account" => "an account, with a session or a token",
        "session" => "a session; no token",
        "viewer" => "viewer, or the pages' key",
        _ => needs,
    };
}

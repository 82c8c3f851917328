using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Janus.Campaigns.Accounts;
using Janus.Contracts;
using Janus.Tests.Access;
using Janus.Tests.Browser;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Pages.Access;

/// <summary>Who may open what: every page and every endpoint that the pages have, tried by everybody, against the table in docs/access.md.</summary>
[Collection(SignInCollection.Name)]
public sealed partial class PageAccessTests(SignInPages pages)
{
    private const string Files = "every static file";

    // Under a build's output only: files that have come since, which no published Janus has.
    private const string UnlistedFiles = "{**path:file}";

    // Everything else is closed to whoever has not signed in.
    private static readonly string[] Open = ["/alive", "/error", "/health", "/missing", "/refused", "/sign-in", "/welcome", Files];

    private static readonly string[] Visitors = ["anonymous", .. AccountRoles.All];

    [Fact]
    public async Task The_page_says_of_every_address_who_may_open_it()
    {
        var rows = await TryAllAsync();

        rows.Where(row => row.Outcomes[0] == "yes").Select(row => row.Address).ShouldBe(Open, ignoreOrder: true);
        PageRoutes.All.Except(rows.Select(row => row.Address)).ShouldBeEmpty("a page was not tried");
        await AccessPage.ShouldHoldAsync("web", TableOf(rows));
    }

    private async Task<IReadOnlyList<Row>> TryAllAsync()
    {
        var endpoints = pages.Web.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText != UnlistedFiles).ToList();
        var files = endpoints.Where(IsFile).ToList();
        files.ShouldNotBeEmpty();
        using var anonymous = pages.Visit();
        foreach (var file in files)
            (await TryAsync(anonymous, "GET", PathOf(file))).ShouldBe("yes", $"{file.RoutePattern.RawText} is kept from whoever has not signed in");

        var rows = new List<Row> { new(Files, "GET", ["yes", "yes", "yes", "yes"]) };
        var tries = endpoints.Except(files).SelectMany(endpoint => MethodsOf(endpoint).Select(method => (Endpoint: endpoint, Method: method)))
            .DistinctBy(tried => (Name(tried.Endpoint), tried.Method)).ToList();
        var outcomes = tries.ToDictionary(tried => tried, _ => new List<string>());
        foreach (var who in Visitors)
        {
            using var visitor = who == "anonymous" ? pages.Visit() : await pages.VisitAsAsync(RoleOf(who));
            foreach (var (endpoint, method) in tries)
                outcomes[(endpoint, method)].Add(await TryAsync(visitor, method, PathOf(endpoint)));
        }

        rows.AddRange(tries.GroupBy(tried => (Name(tried.Endpoint), string.Join(", ", outcomes[tried])))
            .Select(same => new Row(same.Key.Item1, string.Join(", ", same.Select(tried => tried.Method).Order(StringComparer.Ordinal)), outcomes[same.First()])));
        return [.. rows.OrderBy(row => row.Address, StringComparer.Ordinal).ThenBy(row => row.Methods, StringComparer.Ordinal)];
    }

    // Refused is one of three things; whatever else comes, the one who asked was let in.
    private static async Task<string> TryAsync(Visitor visitor, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        using var answer = await visitor.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)answer.StatusCode switch
        {
            302 when answer.Headers.Location!.OriginalString.StartsWith("/sign-in", StringComparison.Ordinal) && path is not ("/welcome" or "/sign-out") => "signs in",
            302 when path is "/sign-out" => "no",
            401 or 403 => string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode}"),
            _ => "yes",
        };
    }

    private static bool IsFile(RouteEndpoint endpoint) => endpoint.Metadata.Any(data => data.GetType().Name == "StaticAssetDescriptor");

    // A page takes GET and POST and says nothing of the second where it has no form: what is closed to one is closed to the other.
    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"];

    private static string Name(RouteEndpoint endpoint) => $"/{endpoint.RoutePattern.RawText!.Trim('/')}";

    private string PathOf(RouteEndpoint endpoint) => Parameter().Replace(Name(endpoint), parameter =>
        parameter.Groups["name"].Value.Equals("campaignId", StringComparison.OrdinalIgnoreCase) ? pages.CampaignId : "0.svg");

    private static Role RoleOf(string word) => Enum.Parse<Role>(word, ignoreCase: true);

    private static string TableOf(IReadOnlyList<Row> rows)
    {
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"| address | method | {string.Join(" | ", Visitors)} |\n|---|---|{string.Concat(Visitors.Select(_ => "---|"))}");
        foreach (var row in rows)
            table.Append(CultureInfo.InvariantCulture, $"\n| {(row.Address == Files ? Files : $"`{row.Address}`")} | {row.Methods} | {string.Join(" | ", row.Outcomes)} |");
        return table.Append('\n').ToString();
    }

    private sealed record Row(string Address, string Methods, IReadOnlyList<string> Outcomes);

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}

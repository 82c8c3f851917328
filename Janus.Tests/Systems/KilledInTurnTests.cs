using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Janus.Contracts;
using Janus.Tests.Access;
using Janus.Tests.Api;
using Janus.Tests.Hosting;
using Janus.Tests.Pages.Access;

namespace Janus.Tests.Systems;

/// <summary>A Janus as it runs in earnest, while somebody uses it: each of its services is killed in turn.</summary>
[Collection(SystemsCollection.Name)]
public sealed partial class KilledInTurnTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Whoever_is_signed_in_stays_so_and_nothing_is_lost()
    {
        await using var janus = await RunningJanus.StartReadyAsync(environment: Settings.With(
            ("DOTNET_ENVIRONMENT", "Production"), ("ASPNETCORE_ENVIRONMENT", "Production"), ("Janus__Access__SignIn", "accounts"), ("Janus__Access__ServiceKey", AccountsHost.Key),
            ("Sample__PictureLatency", "00:00:00.500")));
        using var person = new Visitor(janus.Web, "127.0.0.1");
        using (var welcome = await person.SubmitAsync(
            "/welcome", "welcome", ("Form.Token", Offer().Match(string.Join('\n', janus.Lines.All)).Value), ("Form.UserName", "mira"),
            ("Form.Password", AccountsHost.Password), ("Form.Again", AccountsHost.Password)))
        {
            welcome.StatusCode.ShouldBe(HttpStatusCode.Found, await welcome.Content.ReadAsStringAsync());
        }

        using var api = new HttpClient { BaseAddress = janus.Api };
        api.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"{ServiceCredential.Scheme} {AccountsHost.Key}");
        await ActForAsync(api, "mira");
        var campaign = await PlanAsync(api);

        foreach (var service in (string[])[Topology.Worker, Topology.Api, Topology.Web])
        {
            await janus.KillAndAwaitRestartAsync(service, Limit);
            (await UntilAnsweredAsync(person)).ShouldContain("mira", customMessage: $"after {service} was killed");
        }

        var graph = await UntilScheduledAsync(api, campaign);
        var parts = graph.GetProperty("campaign").GetProperty("parts");
        parts.GetProperty("done").GetInt32().ShouldBe(parts.GetProperty("total").GetInt32());
        graph.GetProperty("diagram").EnumerateArray().ShouldAllBe(post => post.GetProperty("assets_ready").GetBoolean());
        (await UntilAnsweredAsync(person)).ShouldContain("mira");
    }

    private static async Task ActForAsync(HttpClient api, string name)
    {
        using var answer = await api.PostAsJsonAsync("api/accounts/sign-in", new { user_name = name, password = AccountsHost.Password });
        var signedIn = await answer.Content.ReadFromJsonAsync<JsonElement>();
        api.DefaultRequestHeaders.Add(ServiceCredential.AccountHeader, signedIn.GetProperty("account").GetProperty("id").GetInt32().ToString(CultureInfo.InvariantCulture));
        api.DefaultRequestHeaders.Add(ServiceCredential.StampHeader, signedIn.GetProperty("stamp").GetString());
    }

    private static async Task<string> PlanAsync(HttpClient api)
    {
        using var answer = await api.PostAsJsonAsync("api/strategy/plan/", Briefs.Named("Killed in turn"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("campaign_id").GetString()!;
    }

    // A service that is being started again refuses the connection, or the pages say that it cannot be reached; neither may send anybody to sign in.
    private static async Task<string> UntilAnsweredAsync(Visitor person)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(BetweenLooks);
        while (true)
        {
            await timer.WaitForNextTickAsync(limit.Token);
            try
            {
                using var answer = await person.Http.GetAsync("/account", limit.Token);
                ((int)answer.StatusCode).ShouldNotBe(302, "the session is over");
                if (answer.IsSuccessStatusCode)
                    return await answer.Content.ReadAsStringAsync(limit.Token);
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }
        }
    }

    private static async Task<JsonElement> UntilScheduledAsync(HttpClient api, string campaign)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(BetweenLooks);
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            try
            {
                var graph = await api.GetFromJsonAsync<JsonElement>($"api/nodesJson/?campaign_id={campaign}", limit.Token);
                if (graph.GetProperty("campaign").GetProperty("phase").GetString() == "scheduled")
                    return graph;
            }
            catch (HttpRequestException)
            {
                // The API is being started again: the pages answered without it.
            }
        }

        throw new InvalidOperationException("The timer ended.");
    }

    [GeneratedRegex("first_[A-Za-z0-9_-]{40,}", RegexOptions.None, 1000)]
    private static partial Regex Offer();
}

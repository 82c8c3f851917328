using Janus.Campaigns.Accounts;
using Janus.Tests.Api;

namespace Janus.Tests.Access;

/// <summary>Callers who ask for too much have to wait, and nobody else has to.</summary>
public sealed class LimitTests(LimitTests.StrictHost host) : IClassFixture<LimitTests.StrictHost>
{
    [Fact]
    public async Task An_account_has_its_own_limit()
    {
        var (hasty, calm) = (await host.MakeAsync("hasty", Role.Viewer), await host.MakeAsync("calm", Role.Viewer));
        for (var request = 0; request < StrictHost.Requests; request++)
            (await host.GetAsync("/api/agents/campaigns/", AccountsHost.SessionOf(hasty))).Status.ShouldBe(200);

        ShouldWait(await host.GetAsync("/api/agents/campaigns/", AccountsHost.SessionOf(hasty)));
        (await host.GetAsync("/api/agents/campaigns/", AccountsHost.SessionOf(calm))).Status.ShouldBe(200);
        (await host.GetAsync("/api/agents/campaigns/", AccountsHost.ThePages)).Status.ShouldBe(200);
        (await host.GetAsync("/health")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task What_is_generated_has_a_limit_of_its_own()
    {
        var eager = await host.MakeAsync("eager", Role.Editor);
        for (var plan = 0; plan < StrictHost.Generations; plan++)
            (await host.PostAsync("/api/strategy/plan/", "{}", AccountsHost.SessionOf(eager))).Status.ShouldBe(400);

        ShouldWait(await host.PostAsync("/api/strategy/plan/", "{}", AccountsHost.SessionOf(eager)));
        (await host.GetAsync("/api/agents/campaigns/", AccountsHost.SessionOf(eager))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Whoever_guesses_tokens_has_to_wait()
    {
        var answers = new List<Answer>();
        for (var guess = 0; guess <= StrictHost.Strangers; guess++)
            answers.Add(await host.GetAsync("/api/agents/campaigns/", AccountsHost.Bearing($"jns_guess{guess}")));
        answers.SkipLast(1).ShouldAllBe(answer => answer.Status == 401);
        ShouldWait(answers[^1]);
    }

    [Fact]
    public async Task Whoever_guesses_passwords_from_an_address_has_to_wait_and_other_addresses_do_not()
    {
        for (var guess = 0; guess < StrictHost.SignIns; guess++)
            (await SignInAsync($"name-{guess}", "192.0.2.1")).Status.ShouldBe(401);
        ShouldWait(await SignInAsync("another-name", "192.0.2.1"));
        (await SignInAsync("another-name", "192.0.2.2")).Status.ShouldBe(401);
    }

    private static void ShouldWait(Answer answer)
    {
        answer.ShouldBeProblem(429);
        int.Parse(answer["Retry-After"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
    }

    private Task<Answer> SignInAsync(string name, string client) => host.AskAsync(
        HttpMethod.Post, "/api/accounts/sign-in", new { user_name = name, password = "no password of anybody" }, [.. AccountsHost.ThePages, ("X-Janus-Client", client)]);

    /// <summary>An API that allows little.</summary>
    public sealed class StrictHost : AccountsHost
    {
        public const int Requests = 12;
        public const int Generations = 3;
        public const int Strangers = 4;
        public const int SignIns = 3;

        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(base.Settings, StringComparer.Ordinal)
        {
            ["Janus:Limits:RequestsPerMinute"] = $"{Requests}",
            ["Janus:Limits:GenerationsPerMinute"] = $"{Generations}",
            ["Janus:Limits:StrangersPerMinute"] = $"{Strangers}",
            ["Janus:Limits:SignInsPerMinute"] = $"{SignIns}",
        };
    }
}

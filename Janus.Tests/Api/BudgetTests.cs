using System.Text;
using System.Text.Json;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Generation;
using Janus.Tests.Engine;

namespace Janus.Tests.Api;

/// <summary>An API that is paid for, on a day that does not end while a test runs.</summary>
public sealed class PaidDayHost : ApiHost
{
    private readonly ShiftedTime _time = new() { Shift = new DateTimeOffset(2026, 10, 3, 12, 0, 0, TimeSpan.Zero) - TimeProvider.System.GetUtcNow() };

    protected override TimeProvider Time => _time;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Gemini:ApiKey"] = "not-a-key",
        ["Gemini:ImageModel"] = "gemini-9-image",
        ["Janus:Budget:CampaignUsd"] = "2",
        ["Janus:Budget:DayUsd"] = "20",
    };
}

public sealed class BudgetTests(PaidDayHost host) : IClassFixture<PaidDayHost>
{
    private static readonly CallUsage _planUsage = new("gemini-3.5-flash", 1_500, 3_000, 29_250, 1);

    [Fact]
    public async Task What_a_plan_cost_is_shown_with_its_campaign_and_in_its_log()
    {
        host.Planner.Usage = _planUsage;
        var id = await host.PlanAsync();

        var campaign = await CampaignAsync(id);
        campaign.GetProperty("spent_micro_usd").GetInt64().ShouldBe(29_250);
        campaign.GetProperty("cap_micro_usd").GetInt64().ShouldBe(2_000_000);
        var listed = (await host.GetAsync($"/api/agents/campaigns/{id}/")).Json.GetProperty("campaign");
        (listed.GetProperty("spent_micro_usd").GetInt64(), listed.GetProperty("cap_micro_usd").GetInt64()).ShouldBe((29_250, 2_000_000));
        var planned = (await host.GetAsync($"/api/campaigns/{id}/log")).Json.GetProperty("events")[0].GetProperty("data").GetProperty("detail");
        planned.GetProperty("output_tokens").GetInt64().ShouldBe(3_000);
        planned.GetProperty("cost_micro_usd").GetInt64().ShouldBe(29_250);
    }

    [Fact]
    public async Task The_day_pays_for_plans_that_become_no_campaign()
    {
        host.Planner.Usage = _planUsage;
        var before = await SpentTodayAsync();
        var brief = Briefs.With("save_to_db", false);
        (await host.PostAsync("/api/strategy/plan/", brief)).Status.ShouldBe(201);
        (await SpentTodayAsync()).ShouldBe(before + 29_250);

        host.Planner.Script = (_, _, _) => throw new GenerationFailedException(new GenerationFailure("out_of_contract", "No plan.") { Usage = _planUsage });
        (await host.PostAsync("/api/strategy/plan/", Briefs.Named("Failed"))).ShouldBeProblem(502);
        host.Planner.Script = (_, _, _) => Task.FromResult(Briefs.Diagram);

        (await SpentTodayAsync()).ShouldBe(before + 58_500);
    }

    [Fact]
    public async Task A_day_that_is_used_up_plans_nothing_more_until_its_limit_is_raised()
    {
        host.Planner.Usage = _planUsage;
        var id = await host.PlanAsync("Before");
        (await PutAsync("/api/budget/day", """{"cap_usd": 0}""")).Status.ShouldBe(200);
        var asked = host.Planner.Calls;

        var refused = (await host.PostAsync("/api/strategy/plan/", Briefs.Named("After"))).ShouldBeProblem(409);

        refused.GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("of today's $0.00. Raise today's limit");
        (await host.PostAsync("/api/strategy/plan/", Briefs.With("save_to_db", false))).ShouldBeProblem(409);
        host.Planner.Calls.ShouldBe(asked);
        (await PutAsync("/api/budget/day/", """{"cap_usd": 20}""")).Json.GetProperty("cap_micro_usd").GetInt64().ShouldBe(20_000_000);
        (await host.PlanAsync("After")).ShouldNotBe(id);
    }

    [Theory]
    [InlineData("/api/budget/day")]
    [InlineData("/api/campaigns/c_0000000000000000000000/budget")]
    public async Task A_limit_that_makes_no_sense_is_named(string path)
    {
        foreach (var body in (string[])["""{"cap_usd": -0.01}""", """{"cap_usd": "NaN"}""", """{"cap_usd": "5"}""", """{"cap_usd": 1e9}""", """{"cap_usd": 1e999}""", """{"cap_usd": true}""", """{"cap_usd": null}""", "{}"])
            (await PutAsync(path, body)).ShouldName("cap_usd");
        (await PutAsync(path, """{"cap_usd": NaN}""")).ShouldName("body");
        (await PutAsync(path, "[5]")).ShouldName("body");
    }

    [Theory]
    [InlineData("PUT", "budget", """{"cap_usd": 5}""")]
    [InlineData("POST", "pause", "{}")]
    [InlineData("POST", "resume", "{}")]
    public async Task A_command_for_an_unknown_campaign_is_a_404(string method, string command, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/campaigns/c_0000000000000000000000/{command}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        (await host.SendAsync(request)).ShouldBeProblem(404);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Pause_and_resume_are_said_once_and_answered_alike_the_second_time(string slash)
    {
        var id = await host.PlanAsync();
        var paused = (await host.PostAsync($"/api/campaigns/{id}/pause{slash}", new { reason = "Wait for legal" })).Json;
        paused.GetProperty("message").GetString().ShouldBe("Paused. What is being made now is still finished.");
        var campaign = await CampaignAsync(id);
        campaign.GetProperty("paused").GetBoolean().ShouldBeTrue();
        campaign.GetProperty("pause_cause").GetString().ShouldBe("person");
        campaign.GetProperty("pause_reason").GetString().ShouldBe("A person paused it: Wait for legal");

        var again = await host.PostAsync($"/api/campaigns/{id}/pause{slash}", "{}");
        again.Status.ShouldBe(200, again.Text);
        again.Json.GetProperty("version").GetInt64().ShouldBe(paused.GetProperty("version").GetInt64());
        using var bare = new HttpRequestMessage(HttpMethod.Post, $"/api/campaigns/{id}/resume{slash}");
        (await host.SendAsync(bare)).Json.GetProperty("message").GetString().ShouldBe("It goes on.");
        (await host.PostAsync($"/api/campaigns/{id}/resume{slash}", "")).Json.GetProperty("message").GetString().ShouldBe("It is not paused.");
        (await CampaignAsync(id)).GetProperty("pause_cause").ValueKind.ShouldBe(JsonValueKind.Null);
        (await host.PostAsync($"/api/campaigns/{id}/pause", new { reason = 5 })).ShouldName("reason");
        (await host.PostAsync($"/api/campaigns/{id}/pause", new { reason = new string('x', 501) })).ShouldName("reason");
    }

    [Fact]
    public async Task A_campaign_at_its_limit_says_so_refuses_to_resume_and_goes_on_when_it_is_raised()
    {
        await host.MakeContentAsync();
        var id = await host.PlanAsync();
        var lowered = await PutAsync($"/api/campaigns/{id}/budget", """{"cap_usd": 0}""");
        lowered.Json.GetProperty("message").GetString().ShouldBe("The limit is $0.00.");
        (await PutAsync($"/api/campaigns/{id}/budget", """{"cap_usd": 0.0}""")).Json.GetProperty("message").GetString().ShouldBe("The limit is $0.00 already.");
        (await host.Get<StepQueue>().ClaimAsync("tester", 1, 1, CancellationToken.None, new ExpectedCosts(20_000, 80_000))).ShouldBeEmpty();

        (await CampaignAsync(id)).GetProperty("pause_cause").GetString().ShouldBe("campaign_budget");
        (await host.PostAsync($"/api/campaigns/{id}/resume", "")).ShouldBeProblem(409).GetProperty("message").GetString().ShouldNotBeNull().ShouldEndWith("of its $0.00. Raise the limit to go on.");
        (await PutAsync($"/api/campaigns/{id}/budget/", """{"cap_usd": 7.5}""")).Json.GetProperty("message").GetString().ShouldBe("The limit is $7.50, and it goes on.");

        var campaign = await CampaignAsync(id);
        (campaign.GetProperty("paused").GetBoolean(), campaign.GetProperty("cap_micro_usd").GetInt64()).ShouldBe((false, 7_500_000));
        await host.MakeContentAsync();
        (await host.PostAsync($"/api/campaigns/{id}/pause", "{}")).ShouldBeProblem(409);
    }

    [Fact]
    public async Task A_model_without_a_price_is_told_in_the_status_the_estimate_the_budget_and_the_log()
    {
        (await host.GetAsync("/api/status")).Json.GetProperty("prices_known").GetBoolean().ShouldBeFalse();
        (await host.GetAsync("/api/strategy/estimate")).Json.GetProperty("prices_known").GetBoolean().ShouldBeFalse();
        var budget = (await host.GetAsync("/api/budget/")).Json;
        budget.GetProperty("prices_known").GetBoolean().ShouldBeFalse();
        budget.GetProperty("day").GetString().ShouldBe("2026-10-03");
        budget.GetProperty("default_day_cap_micro_usd").GetInt64().ShouldBe(20_000_000);
        budget.GetProperty("default_campaign_cap_micro_usd").GetInt64().ShouldBe(2_000_000);
        host.Logs.Lines.ShouldContain(line => line.Contains("No price is known for the model gemini-9-image", StringComparison.Ordinal));
    }

    private async Task<long> SpentTodayAsync()
    {
        var spent = (await host.GetAsync("/api/budget")).Json.GetProperty("spent_micro_usd").GetInt64();
        (await host.GetAsync("/api/status")).Json.GetProperty("spent_today_micro_usd").GetInt64().ShouldBe(spent);
        return spent;
    }

    private async Task<JsonElement> CampaignAsync(string id) => (await host.GetAsync($"/api/nodesJson/?campaign_id={id}")).Json.GetProperty("campaign");

    private async Task<Answer> PutAsync(string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        return await host.SendAsync(request);
    }
}

using Janus.Campaigns.Reading;

namespace Janus.Tests.Api;

public sealed class PlanTests : IClassFixture<ApiHost>
{
    private readonly ApiHost _host;

    public PlanTests(ApiHost host)
    {
        _host = host;
        _host.Planner.Script = (_, _, _) => Task.FromResult(Briefs.Diagram);
    }

    [Theory]
    [InlineData("/api/strategy/plan/")]
    [InlineData("/api/strategy/plan")]
    [InlineData("/api/agents/strategy/")]
    [InlineData("/api/agents/strategy")]
    public async Task A_plan_is_made_at_every_path(string path)
    {
        var answer = await _host.PostAsync(path, Briefs.Named("Autumn"));

        answer.Status.ShouldBe(201);
        answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        var id = answer.Json.GetProperty("campaign_id").GetString()!;
        id.ShouldMatch("^c_[0-9A-Za-z]{22}$");
        answer["Location"].ShouldBe($"/api/agents/campaigns/{id}/");
        answer["Idempotency-Replayed"].ShouldBeNull();
        (await _host.GetAsync(answer["Location"]!)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_plan_shows_its_diagram_nodes_connections_and_total()
    {
        var plan = (await _host.PostAsync("/api/strategy/plan/", Briefs.Named("Autumn"))).Json;

        plan.GetProperty("mermaid_diagram").GetString().ShouldStartWith("graph TB");
        plan.GetProperty("total_posts").GetInt32().ShouldBe(4);
        plan.GetProperty("message").GetString().ShouldBe("Planned 4 posts; their content is being made.");
        var nodes = plan.GetProperty("nodes").EnumerateArray().ToList();
        nodes.Select(node => node.GetProperty("id").GetString()).ShouldBe(["a", "b", "c", "d"]);
        nodes.Select(node => node.GetProperty("phase").GetString()).ShouldBe(["Phase 1", "Phase 1", "Phase 2", "Phase 3"]);
        nodes[2].GetProperty("title").GetString().ShouldBe("Launch & tell");
        nodes[2].GetProperty("description").GetString().ShouldBe("Say what it is");
        plan.GetProperty("connections").EnumerateArray().Select(edge => $"{edge.GetProperty("from").GetString()}{edge.GetProperty("to").GetString()}")
            .ShouldBe(["ab", "bc", "cd"]);
    }

    [Fact]
    public async Task The_answer_waits_for_no_content()
    {
        var campaign = await _host.PlanAsync();

        var graph = (await _host.GetAsync($"/api/nodesJson/?campaign_id={campaign}")).Json;
        graph.GetProperty("campaign").GetProperty("phase").GetString().ShouldBe("planning");
        graph.GetProperty("campaign").GetProperty("parts").GetProperty("done").GetInt32().ShouldBe(0);
        graph.GetProperty("campaign").GetProperty("parts").GetProperty("total").GetInt32().ShouldBe(12);
    }

    [Fact]
    public async Task The_campaign_name_is_used_and_has_a_default()
    {
        (await NameOfAsync(Briefs.Named("Winter of kettles"))).ShouldBe("Winter of kettles");
        (await NameOfAsync(Briefs.With("campaign_name", null))).ShouldBe("GTM Campaign");
        (await NameOfAsync(Briefs.With("campaign_name", "  "))).ShouldBe("GTM Campaign");

        async Task<string?> NameOfAsync(object brief)
        {
            var id = (await _host.PostAsync("/api/strategy/plan/", brief)).Json.GetProperty("campaign_id").GetString();
            return (await _host.GetAsync($"/api/agents/campaigns/{id}")).Json.GetProperty("campaign").GetProperty("name").GetString();
        }
    }

    [Fact]
    public async Task A_plan_that_is_not_stored_has_no_campaign_and_leaves_nothing_behind()
    {
        var before = await CountAsync();

        var answer = await _host.PostAsync("/api/strategy/plan/", Briefs.With("save_to_db", false));

        answer.Status.ShouldBe(201);
        answer.Json.GetProperty("campaign_id").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        answer.Json.GetProperty("total_posts").GetInt32().ShouldBe(4);
        answer["Location"].ShouldBeNull();
        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task The_whole_brief_reaches_the_planner_and_is_kept()
    {
        Janus.Generation.CampaignBrief? seen = null;
        _host.Planner.Script = (brief, _, _) =>
        {
            seen = brief;
            return Task.FromResult(Briefs.Diagram);
        };
        var request = Briefs.Named("Autumn");
        foreach (var (field, value) in new (string, object)[]
        {
            ("platform", "linkedin"), ("audience", "cooks"), ("tone", "warm"), ("use_words", new[] { "steam", "Steam", " " }), ("avoid_words", new[] { "cheap" }),
            ("posts_per_phase", 3), ("start_date", DateTime.UnixEpoch.AddYears(TimeProvider.System.GetUtcNow().Year - 1970).ToString("yyyy-MM-dd", null)), ("time_zone", "Europe/Berlin"),
            ("unknown_field", new { ignored = true }),
        })
        {
            request[field] = value;
        }

        var id = (await _host.PostAsync("/api/strategy/plan/", request)).Json.GetProperty("campaign_id").GetString();

        seen.ShouldNotBeNull();
        (seen.Platform, seen.Audience, seen.Tone, seen.PostsPerPhase).ShouldBe(("LinkedIn", "cooks", "warm", 3));
        seen.UseWords.ShouldBe(["steam"]);
        var brief = (await _host.GetAsync($"/api/agents/campaigns/{id}/")).Json.GetProperty("campaign").GetProperty("metadata").GetProperty("brief");
        brief.GetProperty("platform").GetString().ShouldBe("LinkedIn");
        brief.GetProperty("time_zone").GetString().ShouldBe("Europe/Berlin");
        brief.GetProperty("start_date").GetString().ShouldBe(request["start_date"]);
        brief.GetProperty("avoid_words")[0].GetString().ShouldBe("cheap");
    }

    [Fact]
    public async Task The_log_names_the_campaign_and_holds_no_word_of_the_brief()
    {
        var campaign = await _host.PlanAsync("Confidential launch");
        await _host.PostAsync("/api/strategy/plan/", Briefs.With("product_description", 5));

        _host.Logs.Lines.ShouldContain($"Information Campaign {campaign} is planned with 4 posts ");
        foreach (var word in new[] { "Confidential", "kettle", "kitchen", "Tease" })
            _host.Logs.Lines.ShouldNotContain(line => line.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_client_that_goes_away_is_no_error()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Planner.Script = async (_, _, token) =>
        {
            asked.SetResult();
            await using var registration = token.Register(ended.SetResult);
            await Task.Delay(Timeout.Infinite, token);
            return "";
        };
        using var gone = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/strategy/plan/")
        {
            Content = System.Net.Http.Json.JsonContent.Create(Briefs.Named("Autumn")),
        };
        var sending = _host.Http.SendAsync(request, gone.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(sending);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        _host.Planner.Script = (_, _, _) => Task.FromResult(Briefs.Diagram);
        await _host.PlanAsync();
        _host.Logs.Lines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private async Task<int> CountAsync() => (await _host.Get<CampaignReader>().ListAsync(new CampaignSearch(), 0, 1, CancellationToken.None)).Total;
}

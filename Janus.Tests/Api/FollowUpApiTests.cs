using System.Text.Json;
using Janus.Generation;

namespace Janus.Tests.Api;

public sealed class FollowUpApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Path = "/api/agents/generate-new-post";

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task A_follow_up_is_planned_and_stored_when_it_is_accepted(string slash)
    {
        var campaign = await host.PlanAsync();
        await host.MakeContentAsync();
        var posts = await host.PostsOfAsync(campaign);
        FollowUpWish? asked = null;
        host.Planner.FollowUp = (wish, _) =>
        {
            asked = wish;
            return Task.FromResult(new PostBrief("Answers", "Answer what people asked", 3));
        };

        var answer = await host.PostAsync(Path + slash, new { nodes = new object[] { posts[2], posts[0].ToString(System.Globalization.CultureInfo.InvariantCulture) }, prompt = "Answer <them>" });

        answer.Status.ShouldBe(202, answer.Text);
        answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        answer.Json.GetProperty("message").GetString().ShouldBe("“Answers” is planned in Phase 3; its content is being made.");
        answer.Json.GetProperty("selected_posts").EnumerateArray().Select(pk => pk.GetInt32()).ShouldBe([posts[2], posts[0]]);
        answer.Json.GetProperty("campaign_id").GetString().ShouldBe(campaign);
        var pk = answer.Json.GetProperty("pk").GetInt32();
        answer["Location"].ShouldBe($"/api/posts/{pk}");
        asked.ShouldNotBeNull().Instruction.ShouldBe("Answer <them>");
        asked.Selected.Select(post => post.Title).ShouldBe(["Launch & tell", "Tease"]);
        asked.Phases.ShouldBe([2, 3]);
        host.Planner.LastBrief.ShouldNotBeNull().Owner.ShouldBe(campaign);

        var graph = (await host.GetAsync($"/api/nodesJson/?campaign_id={campaign}")).Json;
        graph.GetProperty("campaign").GetProperty("phase").GetString().ShouldBe("content_creation");
        graph.GetProperty("diagram").EnumerateArray().Where(node => node.GetProperty("next_posts").EnumerateArray().Any(next => next.GetInt32() == pk))
            .Select(node => node.GetProperty("pk").GetInt32()).ShouldBe([posts[0], posts[2]]);
        await host.MakeContentAsync();
        (await host.GetAsync($"/api/posts/{pk}")).Json.GetProperty("faces")[0].GetProperty("current").ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Theory]
    [InlineData("""{"prompt":"p"}""", "nodes")]
    [InlineData("""{"nodes":[],"prompt":"p"}""", "nodes")]
    [InlineData("""{"nodes":7,"prompt":"p"}""", "nodes")]
    [InlineData("""{"nodes":[0],"prompt":"p"}""", "nodes")]
    [InlineData("""{"nodes":[1.5],"prompt":"p"}""", "nodes")]
    [InlineData("""{"nodes":[true],"prompt":"p"}""", "nodes")]
    [InlineData("""{"nodes":["x"],"prompt":"p"}""", "nodes")]
    [InlineData("""{"nodes":[null],"prompt":"p"}""", "nodes")]
    [InlineData("""{"nodes":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21],"prompt":"p"}""", "nodes")]
    [InlineData("""{"nodes":[1]}""", "prompt")]
    [InlineData("""{"nodes":[1],"prompt":"  "}""", "prompt")]
    [InlineData("""{"nodes":[1],"prompt":5}""", "prompt")]
    [InlineData("""[]""", "body")]
    public async Task A_bad_request_names_the_field(string body, string field) => (await host.PostAsync(Path, body)).ShouldName(field);

    [Fact]
    public async Task A_prompt_that_is_too_long_is_named_with_everything_else_that_is_wrong() =>
        (await host.PostAsync(Path, new { nodes = Array.Empty<int>(), prompt = new string('x', 1_001) })).ShouldName("nodes", "prompt");

    [Fact]
    public async Task Posts_of_two_campaigns_are_a_400_and_an_unknown_one_a_404_and_the_planner_is_not_asked()
    {
        var (one, other) = (await host.PostsOfAsync(await host.PlanAsync("One")), await host.PostsOfAsync(await host.PlanAsync("Other")));
        var calls = host.Planner.Calls;

        (await host.PostAsync(Path, new { nodes = new[] { one[0], other[0] }, prompt = "p" })).ShouldName("nodes")["nodes"].ShouldBe("nodes must all be posts of one campaign.");
        (await host.PostAsync(Path, new { nodes = new[] { one[0], 999_999 }, prompt = "p" })).ShouldBeProblem(404);
        host.Planner.Calls.ShouldBe(calls);
    }

    [Theory]
    [InlineData(true, 503)]
    [InlineData(false, 502)]
    public async Task A_planner_that_fails_leaves_everything_as_it_was(bool isTransient, int status)
    {
        var posts = await host.PostsOfAsync(await host.PlanAsync());
        await host.MakeContentAsync();
        host.Planner.FollowUp = (_, _) => throw new GenerationFailedException(new GenerationFailure("x", "No post today.") { IsTransient = isTransient });
        var before = await TablesAsTheyAre.ReadAsync(host.Store);

        (await host.PostAsync(Path, new { nodes = posts, prompt = "p" })).ShouldBeProblem(status).GetProperty("message").GetString().ShouldBe("No post today.");

        (await TablesAsTheyAre.ReadAsync(host.Store)).ShouldBe(before);
    }

    [Fact]
    public async Task A_second_one_for_the_same_campaign_is_a_409_and_a_client_that_goes_away_ends_the_call()
    {
        var campaign = await host.PlanAsync();
        var posts = await host.PostsOfAsync(campaign);
        var (asked, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Planner.FollowUp = async (_, token) =>
        {
            asked.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                ended.TrySetResult();
            }

            throw new InvalidOperationException("It never ends by itself.");
        };
        using var away = new CancellationTokenSource();
        using var content = new StringContent(JsonSerializer.Serialize(new { nodes = posts, prompt = "p" }), System.Text.Encoding.UTF8, "application/json");
        var first = host.Http.PostAsync(new Uri(Path, UriKind.Relative), content, away.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        (await host.PostAsync(Path, new { nodes = posts, prompt = "p" })).ShouldBeProblem(409);
        (await host.PostAsync($"/api/campaigns/{campaign}/replan", new { phase_num = 2, new_direction = "d" })).ShouldBeProblem(409);
        await away.CancelAsync();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Should.ThrowAsync<OperationCanceledException>(first);
        (await host.PostsOfAsync(campaign)).ShouldBe(posts);
    }
}

public sealed class GrowthBudgetTests(PaidDayHost host) : IClassFixture<PaidDayHost>
{
    [Fact]
    public async Task What_planning_more_costs_is_charged_to_the_campaign_and_the_day_and_refused_when_nothing_is_left()
    {
        var usage = new CallUsage("gemini-3.5-flash", 1_500, 3_000, 29_250, 1);
        host.Planner.Usage = usage;
        var campaign = await host.PlanAsync();
        var posts = await host.PostsOfAsync(campaign);
        var day = await DayAsync();

        (await host.PostAsync("/api/agents/generate-new-post", new { nodes = posts, prompt = "p" })).Json.GetProperty("cost_micro_usd").GetInt64().ShouldBe(29_250);
        var preview = (await host.PostAsync($"/api/campaigns/{campaign}/replan", new { phase_num = 3, new_direction = "d" })).Json;
        preview.GetProperty("cost_micro_usd").GetInt64().ShouldBe(29_250);
        preview.GetProperty("making_cost_micro_usd").GetInt64().ShouldBeGreaterThan(0);
        (await SpentAsync(campaign)).ShouldBe(3 * 29_250);
        (await DayAsync()).ShouldBe(day + 58_500);

        host.Planner.Replan = (_, _, _) => throw new GenerationFailedException(new GenerationFailure("out_of_contract", "No plan.") { Usage = usage });
        (await host.PostAsync("/api/agents/regenerate-strategy/", new { campaign_id = campaign, phase_num = 3, new_direction = "d" })).ShouldBeProblem(502);
        (await SpentAsync(campaign)).ShouldBe(3 * 29_250);
        (await DayAsync()).ShouldBe(day + 87_750);

        using var cap = new HttpRequestMessage(HttpMethod.Put, $"/api/campaigns/{campaign}/budget") { Content = new StringContent("""{"cap_usd":0.05}""", System.Text.Encoding.UTF8, "application/json") };
        (await host.SendAsync(cap)).Status.ShouldBe(200);
        var calls = host.Planner.Calls;
        (await host.PostAsync("/api/agents/generate-new-post", new { nodes = posts, prompt = "p" })).ShouldBeProblem(409).GetProperty("message").GetString()!.ShouldContain("Raise the limit");
        (await host.PostAsync($"/api/campaigns/{campaign}/replan", new { phase_num = 3, new_direction = "d" })).ShouldBeProblem(409);
        host.Planner.Calls.ShouldBe(calls);
    }

    private async Task<long> SpentAsync(string campaign) =>
        (await host.GetAsync($"/api/nodesJson/?campaign_id={campaign}")).Json.GetProperty("campaign").GetProperty("spent_micro_usd").GetInt64();

    private async Task<long> DayAsync() => (await host.GetAsync("/api/budget")).Json.GetProperty("spent_micro_usd").GetInt64();
}

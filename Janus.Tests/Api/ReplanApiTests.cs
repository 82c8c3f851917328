using System.Text.Json;
using Janus.Generation;

namespace Janus.Tests.Api;

public sealed class ReplanApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Contract = "/api/agents/regenerate-strategy/";

    [Fact]
    public async Task A_campaign_is_planned_anew_in_one_request()
    {
        var campaign = await host.PlanAsync();
        await host.MakeContentAsync();
        var posts = await host.PostsOfAsync(campaign);
        await host.PostAsync("/api/approve", new { pk = posts[2] });
        ReplanWish? asked = null;
        host.Planner.Replan = (wish, refuse, _) =>
        {
            asked = wish;
            refuse("graph TB").ShouldNotBeNull();
            return Task.FromResult(Planning.Growing.PlanFrom(2));
        };

        var answer = await host.PostAsync(Contract, new { campaign_id = campaign, phase_num = 2, new_direction = "Speak to night nurses" });

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        answer.Json.GetProperty("campaign_id").GetString().ShouldBe(campaign);
        answer.Json.GetProperty("new_version").GetInt32().ShouldBe(2);
        Keys(answer.Json, "archived_posts").ShouldBe([posts[3]]);
        Keys(answer.Json, "new_posts").Count.ShouldBe(2);
        answer.Json.GetProperty("message").GetString().ShouldBe("Planned anew: 2 posts came and 1 post went. The new content is being made.");
        answer.Json.GetProperty("mermaid_diagram").GetString()!.ShouldContain("<title>New 3</title>");
        asked.ShouldNotBeNull().Direction.ShouldBe("Speak to night nurses");
        asked.Kept.Select(kept => $"{kept.Id} {kept.Post.Title}").ShouldBe(["K1 Tease", "K2 Ask", "K3 Launch & tell"]);
        asked.Replaced.ShouldHaveSingleItem().Title.ShouldBe("Thank");

        (await host.PostsOfAsync(campaign)).ShouldBe([posts[0], posts[1], posts[2], .. Keys(answer.Json, "new_posts")]);
        (await host.GetAsync($"/api/posts/{posts[3]}")).Status.ShouldBe(200);
        (await host.PostAsync("/api/approve", new { pk = posts[3] })).ShouldBeProblem(409);
        var detail = (await host.GetAsync($"/api/agents/campaigns/{campaign}/")).Json;
        detail.GetProperty("campaign").GetProperty("posts_count").GetInt32().ShouldBe(5);
        detail.GetProperty("campaign").GetProperty("strategy").GetString().ShouldBe(answer.Json.GetProperty("mermaid_diagram").GetString());
    }

    [Fact]
    public async Task A_preview_says_what_goes_stays_and_comes_and_is_applied_or_dropped()
    {
        host.Planner.Replan = (wish, _, _) => Task.FromResult(Planning.Growing.PlanFrom(wish.FirstPhase));
        var campaign = await host.PlanAsync();
        await host.MakeContentAsync();
        var posts = await host.PostsOfAsync(campaign);

        var answer = await host.PostAsync($"/api/campaigns/{campaign}/replan/", new { phase_num = 3, new_direction = "Thank louder" });
        answer.Status.ShouldBe(201, answer.Text);
        var preview = answer.Json;
        (preview.GetProperty("phase_num").GetInt32(), preview.GetProperty("new_direction").GetString()).ShouldBe((3, "Thank louder"));
        preview.GetProperty("goes").EnumerateArray().Select(post => post.GetProperty("pk").GetInt32()).ShouldBe([posts[3]]);
        preview.GetProperty("stays").EnumerateArray().Select(post => post.GetProperty("pk").GetInt32()).ShouldBe(posts.Take(3));
        var comes = preview.GetProperty("comes").EnumerateArray().ShouldHaveSingleItem();
        (comes.GetProperty("title").GetString(), comes.GetProperty("phase").GetString(), comes.GetProperty("pk").ValueKind).ShouldBe(("New 3", "Phase 3", JsonValueKind.Null));
        preview.GetProperty("mermaid_diagram").GetString()!.ShouldNotContain("Thank everyone");
        (await host.PostsOfAsync(campaign)).ShouldBe(posts);

        var dropped = preview.GetProperty("proposal_id").GetString();
        using var delete = new HttpRequestMessage(HttpMethod.Delete, $"/api/campaigns/{campaign}/replan/{dropped}");
        (await host.SendAsync(delete)).Status.ShouldBe(200);
        (await host.PostAsync($"/api/campaigns/{campaign}/replan/{dropped}/apply", new { })).ShouldBeProblem(404);
        (await host.PostsOfAsync(campaign)).ShouldBe(posts);

        var second = (await host.PostAsync($"/api/campaigns/{campaign}/replan", new { phase_num = 3, new_direction = "Thank louder" })).Json.GetProperty("proposal_id").GetString();
        var applied = await host.PostAsync($"/api/campaigns/{campaign}/replan/{second}/apply", new { });
        applied.Status.ShouldBe(200, applied.Text);
        Keys(applied.Json, "archived_posts").ShouldBe([posts[3]]);
        (await host.PostAsync($"/api/campaigns/{campaign}/replan/{second}/apply", new { })).ShouldBeProblem(409);
    }

    [Fact]
    public async Task A_preview_that_waits_is_there_for_everybody_until_it_is_answered()
    {
        host.Planner.Replan = (wish, _, _) => Task.FromResult(Planning.Growing.PlanFrom(wish.FirstPhase));
        var campaign = await host.PlanAsync();
        await host.MakeContentAsync();
        var posts = await host.PostsOfAsync(campaign);
        var path = $"/api/campaigns/{campaign}/replan";
        (await host.GetAsync(path)).ShouldBeProblem(404).GetProperty("message").GetString().ShouldBe("No new plan waits for an answer.");
        (await WaitingAsync(campaign)).ShouldBeNull();

        var proposed = (await host.PostAsync(path, new { phase_num = 2, new_direction = "Thank louder" })).Json;
        var read = await host.GetAsync($"{path}/");
        read.Status.ShouldBe(200, read.Text);
        read.Json.GetRawText().ShouldBe(proposed.GetRawText());
        (await WaitingAsync(campaign)).ShouldBe(proposed.GetProperty("proposal_id").GetString());

        // What would go is judged by how the posts stand when it is looked at.
        await host.PostAsync("/api/approve", new { pk = posts[3] });
        var later = (await host.GetAsync(path)).Json;
        later.GetProperty("goes").EnumerateArray().Select(post => post.GetProperty("pk").GetInt32()).ShouldBe([posts[2]]);
        later.GetProperty("stays").EnumerateArray().Select(post => post.GetProperty("pk").GetInt32()).ShouldBe([posts[0], posts[1], posts[3]]);

        // The next one takes its place.
        var second = (await host.PostAsync(path, new { phase_num = 3, new_direction = "End early" })).Json.GetProperty("proposal_id").GetString();
        (await host.GetAsync(path)).Json.GetProperty("new_direction").GetString().ShouldBe("End early");
        (await host.PostAsync($"{path}/{second}/apply", new { })).Status.ShouldBe(200);
        (await host.GetAsync(path)).ShouldBeProblem(404);
        (await WaitingAsync(campaign)).ShouldBeNull();
        (await host.GetAsync("/api/campaigns/nobody/replan")).ShouldBeProblem(404);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("4")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    [InlineData("\"2\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[1]")]
    public async Task A_phase_that_is_none_is_a_400(string phase)
    {
        (await host.PostAsync(Contract, $$"""{"campaign_id":"c_0123456789012345678901","phase_num":{{phase}},"new_direction":"d"}""")).ShouldName("phase_num");
        (await host.PostAsync("/api/campaigns/c_0123456789012345678901/replan", $$"""{"phase_num":{{phase}},"new_direction":"d"}""")).ShouldName("phase_num");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_at_once()
    {
        (await host.PostAsync(Contract, new { })).ShouldName("campaign_id", "phase_num", "new_direction");
        (await host.PostAsync(Contract, new { campaign_id = "c", phase_num = 1, new_direction = new string('x', 2_001) })).ShouldName("new_direction");
        (await host.PostAsync("/api/campaigns/c/replan", "no json")).ShouldName("body");
    }

    [Fact]
    public async Task A_campaign_or_a_proposal_that_does_not_exist_is_a_404()
    {
        var campaign = await host.PlanAsync();
        (await host.PostAsync(Contract, new { campaign_id = "c_0123456789012345678901", phase_num = 1, new_direction = "d" })).ShouldBeProblem(404);
        (await host.PostAsync($"/api/campaigns/{campaign}/replan/r_0123456789012345678901/apply", new { })).ShouldBeProblem(404);
        (await host.PostAsync($"/api/campaigns/{campaign}/replan/anything/apply", new { })).ShouldBeProblem(404);
        (await host.PostAsync("/api/campaigns/nobody/replan/r_0123456789012345678901/apply", new { })).ShouldBeProblem(404);
    }

    [Theory]
    [InlineData("503", 503)]
    [InlineData("502", 502)]
    [InlineData("nonsense", 502)]
    [InlineData("avoided", 502)]
    [InlineData("crash", 500)]
    public async Task A_planner_that_fails_leaves_the_campaign_exactly_as_it_was(string failure, int status)
    {
        var brief = Briefs.Named("Unchanged");
        brief["avoid_words"] = new[] { "louder" };
        var campaign = (await host.PostAsync("/api/strategy/plan/", brief)).Json.GetProperty("campaign_id").GetString()!;
        await host.MakeContentAsync();
        host.Planner.Replan = (_, _, _) => failure switch
        {
            "nonsense" => Task.FromResult("I am sorry, Dave"),
            "avoided" => Task.FromResult("graph TB\nsubgraph \"Phase 3\"\nN1[<title>Say it louder</title><description>d</description>]\nend"),
            "crash" => throw new InvalidOperationException("secret"),
            _ => throw new GenerationFailedException(new GenerationFailure("x", "No plan today.") { IsTransient = failure == "503" }),
        };
        var before = await TablesAsTheyAre.ReadAsync(host.Store);
        before.ShouldContain(row => row.StartsWith("posts: ", StringComparison.Ordinal));

        (await host.PostAsync(Contract, new { campaign_id = campaign, phase_num = 3, new_direction = "d" })).ShouldBeProblem(status);
        (await host.PostAsync($"/api/campaigns/{campaign}/replan", new { phase_num = 3, new_direction = "d" })).ShouldBeProblem(status);

        (await TablesAsTheyAre.ReadAsync(host.Store)).ShouldBe(before);
    }

    [Fact]
    public async Task A_first_plan_with_a_word_to_avoid_is_refused_with_the_word()
    {
        string? reason = null;
        host.Planner.Script = (_, refuse, _) =>
        {
            reason = refuse(Briefs.Diagram);
            throw new GenerationFailedException(new GenerationFailure("out_of_contract", reason ?? "none"));
        };
        (await host.PostAsync("/api/strategy/plan/", Briefs.With("avoid_words", new[] { "comes" }))).ShouldBeProblem(502);
        reason.ShouldBe("The post “Tease” uses “comes”, which the brief asks to avoid.");
        host.Planner.Script = (_, _, _) => Task.FromResult(Briefs.Diagram);
    }

    private async Task<string?> WaitingAsync(string campaign) =>
        (await host.GetAsync($"/api/nodesJson/?campaign_id={campaign}")).Json.GetProperty("campaign").GetProperty("proposal_id").GetString();

    private static List<int> Keys(JsonElement answer, string name) => [.. answer.GetProperty(name).EnumerateArray().Select(pk => pk.GetInt32())];
}

using System.Text.Json;
using Janus.Campaigns;
using Janus.Campaigns.Events;

namespace Janus.Tests.Api;

/// <summary>What a person decides, over HTTP: who says what they saw is told when somebody else was quicker.</summary>
public sealed class DecisionTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("/api/approve")]
    [InlineData("/api/graph")]
    [InlineData("/selectVariant/")]
    public async Task A_decision_about_what_was_changed_meanwhile_is_a_409_with_the_post_as_it_is(string path)
    {
        var (_, posts) = await MadeAsync();
        var seen = await SeenAsync(posts[0]);
        (await host.PostAsync("/api/graph", new { pk = posts[0], reject_message = "Too loud", seen })).Status.ShouldBe(200);

        var problem = (await host.PostAsync(path, new { pk = posts[0], seen, variant_id = "A" })).ShouldBeProblem(409);

        problem.GetProperty("message").GetString().ShouldBe("Somebody rejected it (“Too loud”) meanwhile.");
        var post = problem.GetProperty("post");
        (post.GetProperty("approval").GetString(), post.GetProperty("reject_reason").GetString()).ShouldBe(("rejected", "Too loud"));
        var now = post.GetProperty("seen").GetInt64();
        now.ShouldBeGreaterThan(seen);
        (await host.PostAsync(path, new { pk = posts[0], seen = now, variant_id = "A" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_number_is_the_same_in_the_graph_the_post_and_the_answer()
    {
        var (campaign, posts) = await MadeAsync();
        var answer = (await host.PostAsync("/api/approve", new { pk = posts[1], seen = await SeenAsync(posts[1]) })).Json;

        var seen = answer.GetProperty("seen").GetInt64();
        answer.GetProperty("changed").GetBoolean().ShouldBeTrue();
        (await SeenAsync(posts[1])).ShouldBe(seen);
        (await NodesAsync(campaign))[posts[1]].GetProperty("seen").GetInt64().ShouldBe(seen);
        var again = (await host.PostAsync("/api/approve", new { pk = posts[1], seen })).Json;
        (again.GetProperty("changed").GetBoolean(), again.GetProperty("seen").GetInt64()).ShouldBe((false, seen));
        again.GetProperty("message").GetString().ShouldBe("It is approved already.");
    }

    [Fact]
    public async Task A_decision_is_taken_back()
    {
        var (campaign, posts) = await MadeAsync();
        await host.PostAsync("/api/graph", new { pk = posts[0], reject_message = "Too loud" });

        var answer = await host.PostAsync($"/api/posts/{posts[0]}/reopen/", new { seen = await SeenAsync(posts[0]) });

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("changed").GetBoolean().ShouldBeTrue();
        var node = (await NodesAsync(campaign))[posts[0]];
        (node.GetProperty("approval").GetString(), node.GetProperty("reject_reason").GetString()).ShouldBe(("none", null));
        using var nothing = new HttpRequestMessage(HttpMethod.Post, $"/api/posts/{posts[0]}/reopen");
        var again = await host.SendAsync(nothing);
        again.Json.GetProperty("changed").GetBoolean().ShouldBeFalse();
        (await host.PostAsync($"/api/posts/{posts[0]}/reopen", new { seen = 1 })).ShouldBeProblem(409).GetProperty("message").GetString().ShouldEndWith("meanwhile.");
        (await host.PostAsync("/api/posts/2147483647/reopen", "{}")).ShouldBeProblem(404);
        (await host.PostAsync("/api/posts/x/reopen", "{}")).ShouldName("pk");
        (await host.PostAsync($"/api/posts/{posts[0]}/reopen", """{"seen":"1"}""")).ShouldName("seen");
    }

    [Fact]
    public async Task A_post_without_pictures_is_approved_unless_the_client_says_no()
    {
        var (_, posts) = await MadeAsync(pictures: false);

        (await host.PostAsync("/api/approve", new { pk = posts[0], without_pictures = false })).ShouldBeProblem(409)
            .GetProperty("message").GetString().ShouldBe("\"Tease\" has no picture A yet.");
        (await host.PostAsync("/api/approve", new { pk = posts[0], without_pictures = true })).Status.ShouldBe(200);
        (await host.PostAsync("/api/approve", new { pk = posts[1] })).Status.ShouldBe(200);
        await host.MakeContentAsync();
        (await host.PostAsync("/api/approve", new { pk = posts[2], without_pictures = false })).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(PostStatus.Scheduled, "has a date. Take its date away first.")]
    [InlineData(PostStatus.Published, "A post that is published cannot be ")]
    [InlineData(PostStatus.Archived, "A post that is archived cannot be ")]
    public async Task What_has_a_date_or_is_out_is_neither_rejected_nor_reopened(PostStatus status, string reason)
    {
        var (_, posts) = await MadeAsync();
        await host.ChangeAsync(posts[0], (change, post) =>
        {
            change.Context.Attach(post).Property(p => p.Status).CurrentValue = status;
            change.Record(EventKind.PostApproved, new { post_pk = post.Id });
            return Task.CompletedTask;
        });

        (await host.PostAsync("/api/graph", new { pk = posts[0] })).ShouldBeProblem(409).GetProperty("message").GetString()!.ShouldContain(reason);
        (await host.PostAsync($"/api/posts/{posts[0]}/reopen", "{}")).ShouldBeProblem(409).GetProperty("message").GetString()!.ShouldContain(reason);
    }

    [Fact]
    public async Task Words_for_an_approved_post_are_a_409_for_who_did_not_see_the_approval()
    {
        var (_, posts) = await MadeAsync();
        var seen = await SeenAsync(posts[0]);
        await host.PostAsync("/api/approve", new { pk = posts[0] });

        var problem = (await host.PostAsync($"/api/posts/{posts[0]}/variants/A", new { text = "Late", base_generation = 1, seen })).ShouldBeProblem(409);
        problem.GetProperty("message").GetString().ShouldBe("Somebody approved it meanwhile.");
        problem.GetProperty("post").GetProperty("approval").GetString().ShouldBe("approved");
        problem.TryGetProperty("current", out _).ShouldBeFalse("the words are the same");

        var edited = await host.PostAsync($"/api/posts/{posts[0]}/variants/A", new { text = "All the same", base_generation = 1, seen = await SeenAsync(posts[0]) });
        edited.Status.ShouldBe(201, edited.Text);
        edited.Json.GetProperty("approval").GetString().ShouldBe("none");
        await host.PostAsync("/api/approve", new { pk = posts[0] });
        (await host.PostAsync($"/api/posts/{posts[0]}/variants/A/current", new { generation = 1, seen })).ShouldBeProblem(409).TryGetProperty("post", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Several_posts_are_decided_together_and_what_could_not_be_is_part_of_the_answer()
    {
        var (campaign, posts) = await MadeAsync();
        var seen = await SeenAsync(posts[1]);
        await host.PostAsync("/api/approve", new { pk = posts[1] });

        var answer = await host.PostAsync("/api/posts/decide", new
        {
            decisions = new object[] { new { pk = posts[0], seen = await SeenAsync(posts[0]) }, new { pk = $"{posts[1]}", seen }, new { pk = posts[2] }, new { pk = int.MaxValue } },
            action = "reject",
            reason = "Off the brief",
        });

        answer.Status.ShouldBe(200, answer.Text);
        (answer.Json.GetProperty("success").GetBoolean(), answer.Json.GetProperty("done").GetInt32()).ShouldBe((false, 2));
        answer.Json.GetProperty("campaign_id").GetString().ShouldBe(campaign);
        answer.Json.GetProperty("message").GetString().ShouldBe("Rejected 2 posts; 2 posts could not be.");
        answer.Json.GetProperty("results").EnumerateArray().Select(result => (result.GetProperty("pk").GetInt32(), result.GetProperty("outcome").GetString()))
            .ShouldBe([(posts[0], "done"), (posts[1], "stale"), (posts[2], "done"), (int.MaxValue, "not_found")]);
        var stale = answer.Json.GetProperty("results")[1];
        (stale.GetProperty("reason").GetString(), stale.GetProperty("approval").GetString(), stale.GetProperty("seen").GetInt64())
            .ShouldBe(("Somebody approved it meanwhile.", "approved", await SeenAsync(posts[1])));
        var nodes = await NodesAsync(campaign);
        nodes[posts[2]].GetProperty("reject_reason").GetString().ShouldBe("Off the brief");
        nodes[posts[1]].GetProperty("approval").GetString().ShouldBe("approved");
    }

    [Fact]
    public async Task A_decision_about_several_names_what_is_wrong()
    {
        (await host.PostAsync("/api/posts/decide", "{}")).ShouldName("decisions", "action");
        (await host.PostAsync("/api/posts/decide", """{"decisions":[],"action":"delete"}""")).ShouldName("decisions", "action");
        foreach (var decisions in new[] { """[null]""", """[{}]""", """[{"pk":0}]""", """[{"pk":"x"}]""", """[{"pk":1,"seen":"x"}]""", """[1]""", """{"pk":1}""", """[{"pk":1},{"pk":"1"}]""" })
            (await host.PostAsync("/api/posts/decide", $$"""{"decisions":{{decisions}},"action":"approve"}""")).ShouldName("decisions");
        var many = string.Join(',', Enumerable.Range(1, 501).Select(pk => $$"""{"pk":{{pk}}}"""));
        (await host.PostAsync("/api/posts/decide", $$"""{"decisions":[{{many}}],"action":"approve"}""")).ShouldName("decisions")["decisions"].ShouldContain("at most 500");
        (await host.PostAsync("/api/posts/decide", new { decisions = new[] { new { pk = 1 } }, action = "reject", reason = new string('x', 1_001) })).ShouldName("reason");
        (await host.PostAsync("/api/posts/decide", """{"decisions":[{"pk":2147483647}],"action":"approve"}""")).ShouldBeProblem(404);

        var (_, one) = await MadeAsync();
        var (_, two) = await MadeAsync();
        (await host.PostAsync("/api/posts/decide", new { decisions = new[] { new { pk = one[0] }, new { pk = two[0] } }, action = "approve" }))
            .ShouldName("decisions")["decisions"].ShouldContain("one campaign");
    }

    [Fact]
    public async Task All_are_approved_but_those_that_were_changed_since_they_were_seen_and_these_are_told()
    {
        var (campaign, posts) = await MadeAsync();
        var seen = await VersionAsync(campaign);
        await host.PostAsync("/api/graph", new { pk = posts[0], reject_message = "Too loud" });
        await host.PostAsync($"/api/posts/{posts[1]}/variants/A", new { text = "Other words", base_generation = 1 });

        var answer = await host.PostAsync("/api/approveAll", new { campaign_id = campaign, seen });

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("approved_count").GetInt32().ShouldBe(posts.Count - 2);
        answer.Json.GetProperty("message").GetString().ShouldBe("Approved 2 posts; 2 posts could not be.");
        var failed = answer.Json.GetProperty("failed_posts").EnumerateArray().ToList();
        failed.Select(post => (post.GetProperty("pk").GetInt32(), post.GetProperty("outcome").GetString(), post.GetProperty("reason").GetString())).ShouldBe(
            [(posts[0], "stale", "Somebody rejected it (“Too loud”) meanwhile."), (posts[1], "stale", "The text A was edited meanwhile.")]);
        failed[1].GetProperty("seen").GetInt64().ShouldBe(await SeenAsync(posts[1]));
        (await ApprovalsAsync(campaign)).ShouldBe(["rejected", "none", "approved", "approved"]);

        // Who has looked again approves what was edited; what was rejected is known, stays, and is not told again.
        var again = (await host.PostAsync("/api/approveAll", new { campaign_id = campaign, seen = await VersionAsync(campaign) })).Json;
        (again.GetProperty("approved_count").GetInt32(), again.GetProperty("failed_posts").GetArrayLength()).ShouldBe((1, 0));
        (await ApprovalsAsync(campaign)).ShouldBe(["rejected", "approved", "approved", "approved"]);
    }

    [Fact]
    public async Task All_are_approved_without_pictures_unless_the_client_says_no()
    {
        var (campaign, posts) = await MadeAsync(pictures: false);

        var asked = (await host.PostAsync("/api/approveAll", new { campaign_id = campaign, without_pictures = false })).Json;

        asked.GetProperty("approved_count").GetInt32().ShouldBe(0);
        asked.GetProperty("failed_posts").EnumerateArray().Select(post => $"{post.GetProperty("outcome").GetString()}: {post.GetProperty("reason").GetString()}")
            .ShouldBe(((string[])["Tease", "Ask", "Launch & tell", "Thank"]).Select(title => $"conflict: \"{title}\" has no picture A yet."));
        (await ApprovalsAsync(campaign)).ShouldAllBe(approval => approval == "none");
        (await host.PostAsync("/api/approveAll", new { campaign_id = campaign })).Json.GetProperty("approved_count").GetInt32().ShouldBe(posts.Count);
    }

    [Fact]
    public async Task Approving_all_names_what_is_no_number_and_no_answer() =>
        (await host.PostAsync("/api/approveAll", """{"campaign_id":"c_0000000000000000000000","seen":"x","without_pictures":"no"}""")).ShouldName("seen", "without_pictures");

    [Theory]
    [InlineData("/api/approve")]
    [InlineData("/api/graph")]
    public async Task A_number_that_is_none_is_named(string path) => (await host.PostAsync(path, """{"pk":1,"seen":1.5}""")).ShouldName("seen");

    private async Task<(string Campaign, IReadOnlyList<int> Posts)> MadeAsync(bool pictures = true)
    {
        var campaign = await host.PlanAsync();
        await host.MakeContentAsync(pictures);
        return (campaign, await host.PostsOfAsync(campaign));
    }

    private async Task<long> VersionAsync(string campaign) =>
        (await host.GetAsync($"/api/nodesJson/?campaign_id={campaign}")).Json.GetProperty("campaign").GetProperty("version").GetInt64();

    private async Task<IReadOnlyList<string?>> ApprovalsAsync(string campaign) =>
        [.. (await NodesAsync(campaign)).OrderBy(node => node.Key).Select(node => node.Value.GetProperty("approval").GetString())];

    private async Task<long> SeenAsync(int pk) => (await host.GetAsync($"/api/posts/{pk}")).Json.GetProperty("seen").GetInt64();

    private async Task<Dictionary<int, JsonElement>> NodesAsync(string campaign) =>
        (await host.GetAsync($"/api/nodesJson/?campaign_id={campaign}")).Json.GetProperty("diagram").EnumerateArray().ToDictionary(node => node.GetProperty("pk").GetInt32());
}

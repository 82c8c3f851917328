using System.Text.Json;
using Janus.Campaigns;
using Janus.Campaigns.Events;

namespace Janus.Tests.Api;

public sealed class GraphTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("/api/nodesJson/")]
    [InlineData("/api/nodesJson")]
    [InlineData("/nodesJson/")]
    [InlineData("/nodesJson")]
    public async Task The_graph_is_served_at_every_path(string path)
    {
        var campaign = await host.PlanAsync();
        var answer = await host.GetAsync($"{path}?campaign_id={campaign}");
        answer.Status.ShouldBe(200);
        answer.Json.GetProperty("campaign").GetProperty("campaign_id").GetString().ShouldBe(campaign);
    }

    [Fact]
    public async Task A_node_has_the_fields_that_clients_read()
    {
        var campaign = await host.PlanAsync();
        var graph = await GraphAsync(campaign);

        var nodes = graph.GetProperty("diagram").EnumerateArray().ToList();
        nodes.Count.ShouldBe(4);
        var (first, last) = (nodes[0], nodes[3]);
        first.GetProperty("pk").ValueKind.ShouldBe(JsonValueKind.Number);
        first.GetProperty("title").GetString().ShouldBe("Tease");
        first.GetProperty("description").GetString().ShouldBe("Say that something comes");
        first.GetProperty("next_posts").EnumerateArray().Select(pk => pk.GetInt32()).ShouldBe([nodes[1].GetProperty("pk").GetInt32()]);
        last.GetProperty("next_posts").GetArrayLength().ShouldBe(0);
        nodes.Select(node => node.GetProperty("phase").GetString()).ShouldBe(["Phase 1", "Phase 1", "Phase 2", "Phase 3"]);
        first.GetProperty("status").GetString().ShouldBe("draft");
        first.GetProperty("assets_ready").GetBoolean().ShouldBeFalse();
        first.GetProperty("has_trigger").GetBoolean().ShouldBeFalse();
        first.GetProperty("approval").GetString().ShouldBe("none");
        var shown = graph.GetProperty("campaign");
        shown.GetProperty("name").GetString().ShouldBe("Autumn");
        shown.GetProperty("phase").GetString().ShouldBe("planning");
        shown.GetProperty("description").GetString().ShouldBe("A kettle that sings");
        shown.GetProperty("last_error").ValueKind.ShouldBe(JsonValueKind.Null);
        graph.GetProperty("metrics").EnumerateObject().ShouldBeEmpty();
        graph.GetProperty("post_metrics").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Assets_are_ready_when_both_letters_have_text_and_picture()
    {
        var campaign = await host.PlanAsync();
        await host.MakeContentAsync(pictures: false);
        (await GraphAsync(campaign)).GetProperty("diagram").EnumerateArray().ShouldAllBe(node => !node.GetProperty("assets_ready").GetBoolean());

        await host.MakeContentAsync();
        var graph = await GraphAsync(campaign);
        graph.GetProperty("diagram").EnumerateArray().ShouldAllBe(node => node.GetProperty("assets_ready").GetBoolean());
        graph.GetProperty("diagram")[0].GetProperty("pictures").GetProperty("A").GetString().ShouldStartWith("/media/");
        graph.GetProperty("campaign").GetProperty("phase").GetString().ShouldBe("scheduled");
        graph.GetProperty("campaign").GetProperty("parts").GetProperty("done").GetInt32().ShouldBe(12);
    }

    [Fact]
    public async Task Approved_and_rejected_posts_read_as_draft_beside_their_approval()
    {
        var campaign = await host.PlanAsync();
        await host.MakeContentAsync(pictures: false);
        var posts = await host.PostsOfAsync(campaign);
        await host.PostAsync("/api/approve", new { pk = posts[0] });
        await host.PostAsync("/api/graph", new { pk = posts[1], reject_message = "Too loud" });

        var nodes = (await GraphAsync(campaign)).GetProperty("diagram");
        nodes.EnumerateArray().ShouldAllBe(node => node.GetProperty("status").GetString() == "draft");
        nodes.EnumerateArray().Select(node => node.GetProperty("approval").GetString()).ShouldBe(["approved", "rejected", "none", "none"]);
        nodes[1].GetProperty("reject_reason").GetString().ShouldBe("Too loud");
    }

    [Fact]
    public async Task Metrics_are_those_of_published_posts_of_this_campaign_and_only_reported_ones()
    {
        var other = await host.PostsOfAsync(await host.PlanAsync("Other"));
        await PublishAsync(other[0], PostStatus.Published, likes: 999);
        var campaign = await host.PlanAsync();
        var posts = await host.PostsOfAsync(campaign);
        await PublishAsync(posts[0], PostStatus.Published, likes: 3);
        await PublishAsync(posts[1], PostStatus.Analyzed, likes: 4);
        await PublishAsync(posts[2], PostStatus.Published, likes: null);
        await PublishAsync(posts[3], PostStatus.Scheduled, likes: 5);

        var graph = await GraphAsync(campaign);

        graph.GetProperty("metrics").EnumerateObject().Select(entry => entry.Name).ShouldBe([$"{posts[0]}", $"{posts[1]}"]);
        var first = graph.GetProperty("metrics").GetProperty($"{posts[0]}");
        first.GetProperty("likes").GetInt64().ShouldBe(3);
        first.GetProperty("impressions").GetInt64().ShouldBe(30);
        first.GetProperty("retweets").GetInt64().ShouldBe(2);
        first.GetProperty("comments").GetInt64().ShouldBe(1);
        graph.GetProperty("post_metrics").EnumerateArray().Select(entry => entry.GetProperty("pk").GetInt32()).ShouldBe([posts[0], posts[1]]);
        graph.GetProperty("post_metrics")[0].GetProperty("title").GetString().ShouldBe("Tease");
        graph.GetProperty("diagram").EnumerateArray().Select(node => node.GetProperty("status").GetString()).ShouldBe(["published", "analyzed", "published", "scheduled"]);
    }

    [Fact]
    public async Task At_most_four_posts_have_their_numbers_listed_oldest_first()
    {
        host.Planner.Script = (_, _, _) => Task.FromResult(
            "graph TB\nsubgraph \"Phase 1\"\n" + string.Join('\n', Enumerable.Range(1, 6).Select(n => $"n{n}[<title>T{n}</title><description>D</description>]")) + "\nend");
        var campaign = await host.PlanAsync();
        host.Planner.Script = (_, _, _) => Task.FromResult(Briefs.Diagram);
        var posts = await host.PostsOfAsync(campaign);
        foreach (var post in posts.Reverse())
            await PublishAsync(post, PostStatus.Published, likes: 1);

        var graph = await GraphAsync(campaign);
        graph.GetProperty("post_metrics").EnumerateArray().Select(entry => entry.GetProperty("pk").GetInt32()).ShouldBe(posts.Take(4));
        graph.GetProperty("metrics").EnumerateObject().Count().ShouldBe(6);
    }

    [Fact]
    public async Task A_client_that_has_the_graph_gets_304_until_something_changes()
    {
        var campaign = await host.PlanAsync();
        var path = $"/api/nodesJson/?campaign_id={campaign}";
        var first = await host.GetAsync(path);
        first["ETag"].ShouldBe($"\"{campaign}-1\"");
        first["Cache-Control"].ShouldBe("no-cache");

        var same = await host.GetAsync(path, ("If-None-Match", first["ETag"]!));
        (same.Status, same.Text, same["ETag"]).ShouldBe((304, "", first["ETag"]));
        (await host.GetAsync(path, ("If-None-Match", $"\"other\", W/{first["ETag"]}"))).Status.ShouldBe(304);
        (await host.GetAsync(path, ("If-None-Match", "*"))).Status.ShouldBe(304);

        await host.MakeContentAsync(pictures: false);
        var changed = await host.GetAsync(path, ("If-None-Match", first["ETag"]!));
        changed.Status.ShouldBe(200);
        changed["ETag"].ShouldNotBe(first["ETag"]);
    }

    [Theory]
    [InlineData("c_0000000000000000000000")]
    [InlineData("42")]
    [InlineData("' OR 1=1 --")]
    public async Task An_unknown_campaign_is_a_404_with_error(string id)
    {
        (await host.GetAsync($"/api/nodesJson/?campaign_id={Uri.EscapeDataString(id)}")).ShouldBeProblem(404).GetProperty("error").GetString().ShouldBe("There is no such campaign.");
        (await host.GetAsync($"/api/nodesJson/?campaign_id={Uri.EscapeDataString(id)}", ("If-None-Match", "*"))).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Without_an_id_the_newest_campaign_is_shown()
    {
        await host.PlanAsync("Older");
        var newest = await host.PlanAsync("Newest");
        foreach (var path in new[] { "/nodesJson/", "/nodesJson/?campaign_id=" })
            (await host.GetAsync(path)).Json.GetProperty("campaign").GetProperty("campaign_id").GetString().ShouldBe(newest);
    }

    [Fact]
    public async Task With_no_campaign_at_all_the_diagram_is_empty_and_the_campaign_null()
    {
        await using var empty = new ApiHost();
        await empty.InitializeAsync();

        var answer = await empty.GetAsync("/api/nodesJson/");

        answer.Status.ShouldBe(200);
        answer.Json.GetProperty("diagram").GetArrayLength().ShouldBe(0);
        answer.Json.GetProperty("metrics").EnumerateObject().ShouldBeEmpty();
        answer.Json.GetProperty("campaign").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.Json.GetProperty("post_metrics").GetArrayLength().ShouldBe(0);
        (await empty.GetAsync("/api/nodesJson/", ("If-None-Match", answer["ETag"]!))).Status.ShouldBe(304);
        var planned = await empty.PlanAsync();
        (await empty.GetAsync("/api/nodesJson/", ("If-None-Match", answer["ETag"]!))).Json.GetProperty("campaign").GetProperty("campaign_id").GetString().ShouldBe(planned);
    }

    private async Task<JsonElement> GraphAsync(string campaign) => (await host.GetAsync($"/api/nodesJson/?campaign_id={campaign}")).Json;

    private Task PublishAsync(int pk, PostStatus status, long? likes) => host.ChangeAsync(pk, (change, post) =>
    {
        change.Context.Posts.Attach(post).Property(p => p.Status).CurrentValue = status;
        if (likes is { } number)
            change.Context.Metrics.Add(new PostMetrics { PostId = pk, Likes = number, Impressions = number * 10, Retweets = 2, Comments = 1, UpdatedAt = change.Now });
        change.Record(EventKind.PostApproved, new { post_pk = pk });
        return Task.CompletedTask;
    });
}

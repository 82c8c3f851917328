using System.Text.Json;

namespace Janus.Tests.Api;

public sealed class CampaignTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("/api/agents/campaigns/")]
    [InlineData("/api/agents/campaigns")]
    public async Task The_list_is_newest_first_with_every_field(string path)
    {
        var older = await host.PlanAsync("Older");
        var newer = await host.PlanAsync("Newer");

        var list = (await host.GetAsync(path)).Json;

        list.GetProperty("success").GetBoolean().ShouldBeTrue();
        var campaigns = list.GetProperty("campaigns").EnumerateArray().ToList();
        list.GetProperty("count").GetInt32().ShouldBe(campaigns.Count);
        campaigns.Select(campaign => campaign.GetProperty("campaign_id").GetString()).Take(2).ShouldBe([newer, older]);
        ShouldBeWhole(campaigns[0], "Newer");
    }

    [Fact]
    public async Task The_list_comes_in_pages()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Insert(0, await host.PlanAsync($"Page {i}"));

        (await IdsAsync("?limit=2")).ShouldBe(ids.Take(2));
        (await IdsAsync("?limit=1&offset=2")).ShouldBe(ids.Skip(2));
        (await IdsAsync("?offset=1000000")).ShouldBeEmpty();

        async Task<IEnumerable<string?>> IdsAsync(string query) => (await host.GetAsync($"/api/agents/campaigns/{query}")).Json.GetProperty("campaigns")
            .EnumerateArray().Select(campaign => campaign.GetProperty("campaign_id").GetString());
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("offset=-1", "offset")]
    [InlineData("offset=99999999999", "offset")]
    public async Task A_wrong_page_is_named(string query, string field) => (await host.GetAsync($"/api/agents/campaigns/?{query}")).ShouldName(field);

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    public async Task A_campaign_is_shown_with_its_posts(string slash)
    {
        var id = await host.PlanAsync("Detail");
        await host.MakeContentAsync(pictures: false);

        var detail = (await host.GetAsync($"/api/agents/campaigns/{id}{slash}")).Json;

        detail.GetProperty("success").GetBoolean().ShouldBeTrue();
        ShouldBeWhole(detail.GetProperty("campaign"), "Detail");
        var posts = detail.GetProperty("posts").EnumerateArray().ToList();
        posts.Select(post => post.GetProperty("post_id").GetString()).ShouldBe(["post_a", "post_b", "post_c", "post_d"]);
        var first = posts[0];
        first.GetProperty("id").GetInt32().ShouldBeGreaterThan(0);
        first.GetProperty("campaign").GetString().ShouldBe(id);
        first.GetProperty("title").GetString().ShouldBe("Tease");
        first.GetProperty("description").GetString().ShouldNotBeNull();
        first.GetProperty("phase").GetString().ShouldBe("Phase 1");
        first.GetProperty("status").GetString().ShouldBe("draft");
        first.GetProperty("selected_variant").ValueKind.ShouldBe(JsonValueKind.Null);
        first.GetProperty("variants_count").GetInt32().ShouldBe(2);
        first.GetProperty("next_posts_ids")[0].GetInt32().ShouldBe(posts[1].GetProperty("id").GetInt32());
        first.GetProperty("created_at").GetString().ShouldEndWith("Z");
        first.GetProperty("updated_at").GetString().ShouldEndWith("Z");
    }

    [Theory]
    [InlineData("c_0000000000000000000000")]
    [InlineData("1")]
    public async Task An_unknown_campaign_is_a_404_with_success_false_and_a_message(string id) =>
        (await host.GetAsync($"/api/agents/campaigns/{id}/")).ShouldBeProblem(404).GetProperty("message").GetString().ShouldBe("There is no such campaign.");

    private static void ShouldBeWhole(JsonElement campaign, string name)
    {
        campaign.GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Number);
        campaign.GetProperty("name").GetString().ShouldBe(name);
        campaign.GetProperty("description").GetString().ShouldBe("A kettle that sings");
        campaign.GetProperty("phase").GetString().ShouldNotBeNull();
        campaign.GetProperty("strategy").GetString().ShouldStartWith("graph TB");
        campaign.GetProperty("insights").GetArrayLength().ShouldBe(0);
        campaign.GetProperty("posts_count").GetInt32().ShouldBe(4);
        campaign.GetProperty("created_at").GetString().ShouldEndWith("Z");
        campaign.GetProperty("updated_at").GetString().ShouldEndWith("Z");
        var metadata = campaign.GetProperty("metadata");
        metadata.GetProperty("total_nodes").GetInt32().ShouldBe(4);
        metadata.GetProperty("total_connections").GetInt32().ShouldBe(3);
        metadata.GetProperty("brief").GetProperty("gtm_goals").GetString().ShouldBe("Be heard in every kitchen");
    }
}

using System.Text.Json;
using Janus.Campaigns;
using Janus.Campaigns.Events;

namespace Janus.Tests.Api;

public sealed class PostTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("/getVariants/")]
    [InlineData("/getVariants")]
    public async Task Variants_come_A_before_B_newest_generation_first(string path)
    {
        var pk = await PostWithTextAsync();
        await host.ChangeAsync(pk, (change, _) =>
        {
            change.Context.Variants.Add(new Variant
            {
                PostId = pk, Letter = "A", Generation = 2, Text = "newer", Angle = "bold", Caption = "Two kites", Author = Author.Person, CreatedAt = change.Now,
            });
            change.Record(EventKind.StepDone, new { post_pk = pk });
            return Task.CompletedTask;
        });
        await host.MakeContentAsync();

        var variants = (await host.GetAsync($"{path}?pk={pk}")).Json.GetProperty("variants").EnumerateArray().ToList();

        variants.Select(variant => (variant.GetProperty("variant_id").GetString(), variant.GetProperty("metadata").GetProperty("generation").GetInt32()))
            .ShouldBe([("A", 2), ("A", 1), ("B", 1)]);
        variants[0].GetProperty("asset").ValueKind.ShouldBe(JsonValueKind.Null);
        var first = variants[1];
        first.GetProperty("content").GetString().ShouldBe("A of Tease");
        first.GetProperty("platform").GetString().ShouldBe("X");
        first.GetProperty("metadata").GetProperty("image_caption").GetString().ShouldBe("A red kite");
        first.GetProperty("metadata").GetProperty("author").GetString().ShouldBe("ai");
        first.GetProperty("metadata").GetProperty("current").GetBoolean().ShouldBeTrue();
        first.GetProperty("created_at").GetString().ShouldEndWith("Z");
        (await host.GetAsync(first.GetProperty("asset").GetString()!)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_post_without_content_has_no_variants() =>
        (await host.GetAsync($"/getVariants/?pk={(await host.PostsOfAsync(await host.PlanAsync()))[0]}")).Json.GetProperty("variants").GetArrayLength().ShouldBe(0);

    [Theory]
    [InlineData("")]
    [InlineData("?pk=")]
    [InlineData("?pk=abc")]
    [InlineData("?pk=0")]
    [InlineData("?pk=-1")]
    [InlineData("?pk=2147483648")]
    [InlineData("?pk=1.5")]
    public async Task Variants_of_no_usable_key_are_a_400_naming_pk(string query) => (await host.GetAsync($"/getVariants/{query}")).ShouldName("pk");

    [Fact]
    public async Task Variants_of_an_unknown_post_are_a_404() => (await host.GetAsync("/getVariants/?pk=2147483647")).ShouldBeProblem(404);

    [Theory]
    [InlineData("/selectVariant/", true)]
    [InlineData("/selectVariant", false)]
    public async Task A_variant_is_selected_and_the_description_stays(string path, bool asText)
    {
        var pk = await PostWithTextAsync();
        var before = await NodeAsync(pk);

        var answer = await host.PostAsync(path, new { pk = Key(pk, asText), variant_id = "B" });

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        answer.Json.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        answer.Json.GetProperty("post_id").GetInt32().ShouldBe(pk);
        answer.Json.GetProperty("selected_variant").GetString().ShouldBe("B");
        var after = await NodeAsync(pk);
        after.GetProperty("selected_variant").GetString().ShouldBe("B");
        after.GetProperty("description").GetString().ShouldBe(before.GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_selection_names_what_is_wrong()
    {
        (await host.PostAsync("/selectVariant/", "{}")).ShouldName("pk", "variant_id");
        (await host.PostAsync("/selectVariant/", """{"pk":1,"variant_id":"C"}""")).ShouldName("variant_id")["variant_id"].ShouldBe("variant_id must be A or B.");
        (await host.PostAsync("/selectVariant/", """{"pk":1,"variant_id":2}""")).ShouldName("variant_id")["variant_id"].ShouldBe("variant_id must be text.");
    }

    [Fact]
    public async Task A_selection_of_what_is_not_there_is_a_404()
    {
        (await host.PostAsync("/selectVariant/", new { pk = int.MaxValue, variant_id = "A" })).ShouldBeProblem(404);
        var pk = (await host.PostsOfAsync(await host.PlanAsync()))[0];
        (await host.PostAsync("/selectVariant/", new { pk, variant_id = "A" })).ShouldBeProblem(404);
    }

    [Theory]
    [InlineData("/api/approve", false)]
    [InlineData("/api/approve/", true)]
    public async Task An_approval_really_approves(string path, bool asText)
    {
        var pk = await PostWithTextAsync();
        var answer = await host.PostAsync(path, new { pk = Key(pk, asText) });
        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        answer.Json.GetProperty("post_id").GetInt32().ShouldBe(pk);
        (await NodeAsync(pk)).GetProperty("approval").GetString().ShouldBe("approved");
    }

    [Fact]
    public async Task A_post_without_text_or_one_that_is_out_cannot_be_approved_or_rejected()
    {
        var posts = await host.PostsOfAsync(await host.PlanAsync());
        (await host.PostAsync("/api/approve", new { pk = posts[0] })).ShouldBeProblem(409).GetProperty("message").GetString()!.ShouldContain("no text yet");
        await host.ChangeAsync(posts[1], (change, post) =>
        {
            change.Context.Posts.Attach(post).Property(p => p.Status).CurrentValue = PostStatus.Published;
            change.Record(EventKind.PostApproved, new { });
            return Task.CompletedTask;
        });
        (await host.PostAsync("/api/approve", new { pk = posts[1] })).ShouldBeProblem(409);
        (await host.PostAsync("/api/graph", new { pk = posts[1] })).ShouldBeProblem(409);
    }

    [Theory]
    [InlineData("/api/approve")]
    [InlineData("/api/graph")]
    public async Task A_decision_names_a_wrong_key_and_does_not_find_an_unknown_one(string path)
    {
        foreach (var body in new[] { "{}", """{"pk":null}""", """{"pk":""}""", """{"pk":"x"}""", """{"pk":0}""", """{"pk":1.5}""", """{"pk":true}""", """{"pk":[1]}""", """{"pk":99999999999}""" })
            (await host.PostAsync(path, body)).ShouldName("pk");
        (await host.PostAsync(path, """{"pk":2147483647}""")).ShouldBeProblem(404);
    }

    [Theory]
    [InlineData("/api/approveAll")]
    [InlineData("/api/approveAll/")]
    public async Task All_drafts_with_text_are_approved(string path)
    {
        var campaign = await host.PlanAsync();
        await host.MakeContentAsync(pictures: false);
        var posts = await host.PostsOfAsync(campaign);
        await host.PostAsync("/api/graph", new { pk = posts[0] });

        var answer = await host.PostAsync(path, new { campaign_id = campaign });

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        answer.Json.GetProperty("approved_count").GetInt32().ShouldBe(3);
        answer.Json.GetProperty("campaign_id").GetString().ShouldBe(campaign);
        (await NodeAsync(posts[0])).GetProperty("approval").GetString().ShouldBe("rejected");
        (await host.PostAsync(path, new { campaign_id = campaign })).Json.GetProperty("approved_count").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Posts_that_could_not_be_approved_are_listed_with_the_reason()
    {
        var campaign = await host.PlanAsync();
        var answer = (await host.PostAsync("/api/approveAll", new { campaign_id = campaign })).Json;
        answer.GetProperty("approved_count").GetInt32().ShouldBe(0);
        answer.GetProperty("failed_posts").EnumerateArray().Select(post => post.GetProperty("reason").GetString()).ShouldAllBe(reason => reason!.Contains("no text yet"));
        answer.GetProperty("failed_posts").GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task Approving_all_names_a_missing_campaign_and_does_not_find_an_unknown_one()
    {
        (await host.PostAsync("/api/approveAll", "{}")).ShouldName("campaign_id");
        (await host.PostAsync("/api/approveAll", """{"campaign_id":5}""")).ShouldName("campaign_id");
        (await host.PostAsync("/api/approveAll", """{"campaign_id":"c_0000000000000000000000"}""")).ShouldBeProblem(404);
    }

    [Theory]
    [InlineData("/api/graph", "Too loud")]
    [InlineData("/api/graph/", null)]
    public async Task A_rejection_keeps_the_post_and_the_reason(string path, string? reason)
    {
        var campaign = await host.PlanAsync();
        var pk = (await host.PostsOfAsync(campaign))[0];
        var answer = await host.PostAsync(path, new { pk, reject_message = reason });
        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("success").GetBoolean().ShouldBeTrue();
        answer.Json.GetProperty("reject_message").GetString().ShouldBe(reason);
        answer.Json.GetProperty("post_id").GetInt32().ShouldBe(pk);
        var node = await NodeAsync(pk);
        node.GetProperty("approval").GetString().ShouldBe("rejected");
        node.GetProperty("reject_reason").GetString().ShouldBe(reason);
    }

    [Fact]
    public async Task A_rejection_names_a_wrong_reason()
    {
        (await host.PostAsync("/api/graph", """{"pk":1,"reject_message":7}""")).ShouldName("reject_message");
        (await host.PostAsync("/api/graph", new { pk = 1, reject_message = new string('x', 1001) })).ShouldName("reject_message");
    }

    private static object Key(int pk, bool asText) => asText ? pk.ToString(System.Globalization.CultureInfo.InvariantCulture) : pk;

    private async Task<int> PostWithTextAsync()
    {
        var campaign = await host.PlanAsync();
        await host.MakeContentAsync(pictures: false);
        return (await host.PostsOfAsync(campaign))[0];
    }

    private async Task<JsonElement> NodeAsync(int pk) =>
        (await host.GetAsync("/api/nodesJson/")).Json.GetProperty("diagram").EnumerateArray().Single(node => node.GetProperty("pk").GetInt32() == pk);
}

using System.Text.Json;

namespace Janus.Tests.Scheduling;

public sealed class PublishingApiTests(ScheduleHost host) : IClassFixture<ScheduleHost>
{
    [Fact]
    public async Task The_first_post_that_is_out_makes_the_campaign_active_and_no_number_is_made_up()
    {
        var (campaign, posts) = await host.MadeAsync(approved: 2);

        var answer = await host.PostAsync($"/api/posts/{posts[0]}/publish", new { url = "https://example.com/p/1", published_at = "2027-02-28T00:00:00+01:00" });

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("status").GetString().ShouldBe("published");
        answer.Json.GetProperty("published").GetProperty("at").GetString().ShouldBe("2027-02-27T23:00:00Z");
        answer.Json.GetProperty("published").GetProperty("notes").GetArrayLength().ShouldBe(0, "of quiet hours nothing is said once it is out");
        answer.Json.GetProperty("published_url").GetString().ShouldBe("https://example.com/p/1");
        var graph = await GraphAsync(campaign);
        graph.GetProperty("campaign").GetProperty("phase").GetString().ShouldBe("active");
        graph.GetProperty("metrics").EnumerateObject().ShouldBeEmpty();

        using var bare = new HttpRequestMessage(HttpMethod.Post, $"/api/posts/{posts[1]}/publish");
        (await host.SendAsync(bare)).Status.ShouldBe(200);
        (await host.PostAsync($"/api/posts/{posts[1]}/publish", new { })).ShouldBeProblem(409);
        (await host.PostAsync($"/api/posts/{posts[2]}/publish", new { })).ShouldBeProblem(409).GetProperty("message").GetString()!.ShouldContain("Approve it");
    }

    [Fact]
    public async Task Nothing_goes_out_while_content_is_being_made()
    {
        var campaign = await host.PlanAsync();
        var posts = await host.PostsOfAsync(campaign);
        await host.MakeContentAsync(pictures: false);
        (await host.PostAsync("/api/approve", new { pk = posts[0] })).Status.ShouldBe(200);

        (await host.PostAsync($"/api/posts/{posts[0]}/publish", new { })).ShouldBeProblem(409).GetProperty("message").GetString()!.ShouldContain("still being made");
        await host.MakeContentAsync();
    }

    [Theory]
    [InlineData("""{"url":"javascript:alert(1)"}""", "url")]
    [InlineData("""{"url":"example.com"}""", "url")]
    [InlineData("""{"url":"https://name:secret@example.com"}""", "url")]
    [InlineData("""{"published_at":"2027-03-02T09:00:00Z"}""", "published_at")]
    [InlineData("""{"published_at":"yesterday"}""", "published_at")]
    public async Task What_makes_no_sense_is_refused_with_a_word(string json, string field)
    {
        var (_, posts) = await host.MadeAsync(approved: 1);
        (await host.PostAsync($"/api/posts/{posts[0]}/publish", json)).ShouldName(field);
    }

    [Fact]
    public async Task Numbers_that_nobody_reported_stay_unknown_and_those_that_were_stay()
    {
        var (campaign, posts) = await host.MadeAsync(approved: 1);
        (await host.PutAsync($"/api/posts/{posts[0]}/metrics", new { likes = 5 })).ShouldBeProblem(409);
        await host.PostAsync($"/api/posts/{posts[0]}/publish", new { });

        (await host.PutAsync($"/api/posts/{posts[0]}/metrics", new { likes = 5, impressions = 0 })).Json.GetProperty("status").GetString().ShouldBe("analyzed");
        (await host.PutAsync($"/api/posts/{posts[0]}/metrics", new { comments = 2 })).Status.ShouldBe(200);

        var graph = await GraphAsync(campaign);
        var numbers = graph.GetProperty("metrics").GetProperty($"{posts[0]}");
        numbers.GetProperty("likes").GetInt64().ShouldBe(5);
        numbers.GetProperty("impressions").GetInt64().ShouldBe(0);
        numbers.GetProperty("comments").GetInt64().ShouldBe(2);
        numbers.GetProperty("retweets").ValueKind.ShouldBe(JsonValueKind.Null);
        graph.GetProperty("diagram")[0].GetProperty("status").GetString().ShouldBe("analyzed");
    }

    [Theory]
    [InlineData("""{}""", "body")]
    [InlineData("""{"likes":-1}""", "likes")]
    [InlineData("""{"likes":1.5}""", "likes")]
    [InlineData("""{"likes":"many"}""", "likes")]
    [InlineData("""{"impressions":99999999999999999999}""", "impressions")]
    public async Task Numbers_that_are_none_are_refused_by_field(string json, string field)
    {
        var (_, posts) = await host.MadeAsync(approved: 1);
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/posts/{posts[0]}/metrics") { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        (await host.SendAsync(request)).ShouldName(field);
    }

    [Fact]
    public async Task A_table_is_taken_whole()
    {
        var (campaign, posts) = await host.MadeAsync();
        foreach (var pk in posts.Take(2))
            await host.PostAsync($"/api/posts/{pk}/publish", new { });

        // With the mark that spreadsheets write, columns that are not ours, semicolons, and a post that is not out and has no numbers.
        var answer = await host.TableAsync(campaign, $"\uFEFFpost_pk;title;Likes;impressions;retweets;comments\r\n{posts[0]};\"a; b\";1;2;3;4\r\n{posts[1]};;0;;;\r\n{posts[2]};;;;;\r\n");

        answer.Status.ShouldBe(200, answer.Text);
        answer.Json.GetProperty("posts").GetInt32().ShouldBe(2);
        var metrics = (await GraphAsync(campaign)).GetProperty("metrics");
        metrics.GetProperty($"{posts[0]}").GetRawText().ShouldBe("""{"likes":1,"impressions":2,"retweets":3,"comments":4}""");
        metrics.GetProperty($"{posts[1]}").GetRawText().ShouldBe("""{"likes":0,"impressions":null,"retweets":null,"comments":null}""");
    }

    [Fact]
    public async Task One_wrong_row_and_nothing_of_the_table_is_taken_and_every_wrong_row_is_named()
    {
        var (campaign, posts) = await host.MadeAsync();
        await host.PostAsync($"/api/posts/{posts[0]}/publish", new { });
        var before = await host.VersionAsync(campaign);

        var cells = await host.TableAsync(campaign, $"post_pk,likes,impressions\n{posts[0]},5,6\nabc,1,1\n{posts[1]},-2,many\n,3,3\n{posts[0]},7,7\n2147483647,1,1\n");
        Rows(cells).ShouldBe([(3, "post_pk"), (4, "likes"), (4, "impressions"), (5, "post_pk"), (6, "post_pk"), (7, "post_pk")]);

        var unknown = await host.TableAsync(campaign, $"post_pk,likes\n{posts[0]},5\n2147483647,1\n{posts[1]},2\n");
        Rows(unknown).ShouldBe([(3, "post_pk"), (4, "post_pk")]);
        unknown.Json.GetProperty("rows")[0].GetProperty("reason").GetString().ShouldBe("This campaign has no such post.");
        unknown.Json.GetProperty("rows")[1].GetProperty("reason").GetString()!.ShouldContain("not out yet");

        (await host.VersionAsync(campaign)).ShouldBe(before);
        (await GraphAsync(campaign)).GetProperty("metrics").EnumerateObject().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("title,likes\nTease,1\n")]
    [InlineData("post_pk,title\n1,Tease\n")]
    [InlineData("post_pk,likes\n")]
    [InlineData("post_pk,likes,likes\n1,2,3\n")]
    [InlineData("\"post_pk,likes\n1,2")]
    public async Task A_table_without_what_it_needs_is_refused_with_a_reason(string table)
    {
        var (campaign, _) = await host.MadeAsync(approved: 0);
        Rows(await host.TableAsync(campaign, table)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_is_no_table_at_all_is_refused()
    {
        var (campaign, _) = await host.MadeAsync(approved: 0);
        (await host.PostAsync($"/api/campaigns/{campaign}/metrics", new { likes = 1 })).ShouldName("body");
        using var bytes = new ByteArrayContent([0xFF, 0xFE, 0x00]);
        bytes.Headers.ContentType = new("text/csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/campaigns/{campaign}/metrics") { Content = bytes };
        (await host.SendAsync(request)).ShouldName("body");
        (await host.TableAsync("c_0000000000000000000000", "post_pk,likes\n1,2\n")).ShouldBeProblem(404);
    }

    private static IReadOnlyList<(int Row, string? Column)> Rows(Janus.Tests.Api.Answer answer)
    {
        answer.ShouldName("body")["body"].ShouldStartWith("Nothing was imported");
        return [.. answer.Json.GetProperty("rows").EnumerateArray().Select(row => (row.GetProperty("row").GetInt32(), row.GetProperty("column").GetString()))];
    }

    private async Task<JsonElement> GraphAsync(string campaign) => (await host.GetAsync($"/api/nodesJson/?campaign_id={campaign}")).Json;
}

using System.Text.Json;
using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Campaigns.Steps;

namespace Janus.Tests.Api;

public sealed class FaceTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task A_post_is_shown_with_both_faces_and_what_made_them(string slash)
    {
        var (id, pk) = await MadeAsync();

        var post = (await host.GetAsync($"/api/posts/{pk}{slash}")).Json;

        post.GetProperty("campaign_id").GetString().ShouldBe(id);
        post.GetProperty("limit").GetInt32().ShouldBe(280);
        post.GetProperty("counted_in").GetString().ShouldBe("weighted characters");
        post.GetProperty("faces").EnumerateArray().Select(face => face.GetProperty("letter").GetString()).ShouldBe(["A", "B"]);
        var face = Face(post);
        face.GetProperty("text").GetProperty("state").GetString().ShouldBe("done");
        face.GetProperty("picture").GetProperty("attempt").GetInt32().ShouldBe(1);
        face.GetProperty("picture").GetProperty("is_remake").GetBoolean().ShouldBeFalse();
        var current = face.GetProperty("current");
        current.GetProperty("text").GetString().ShouldBe("A of Tease");
        current.GetProperty("length").GetInt32().ShouldBe(10);
        current.GetProperty("origin").GetString().ShouldBe("first");
        current.GetProperty("author").GetString().ShouldBe("ai");
        current.GetProperty("model").GetString().ShouldBe("test-model");
        current.GetProperty("duration_ms").GetInt64().ShouldBeGreaterThanOrEqualTo(0);
        current.GetProperty("asset").GetString()!.ShouldStartWith("/media/");
        face.GetProperty("history").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_text_that_is_asked_for_anew_is_shown_as_open_until_it_is_there()
    {
        var (id, pk) = await MadeAsync();

        var asked = await host.PostAsync($"/api/posts/{pk}/regenerate", new { letter = "A", kind = "text", hint = " Say it\nshorter " });

        asked.Status.ShouldBe(202, asked.Text);
        var text = Face(asked.Json).GetProperty("text");
        text.GetProperty("state").GetString().ShouldBe("ready");
        text.GetProperty("is_remake").GetBoolean().ShouldBeTrue();
        text.GetProperty("hint").GetString().ShouldBe("Say it\nshorter");
        (await NodeAsync(id, pk)).GetProperty("faces").GetProperty("A").GetProperty("remaking").GetString().ShouldBe("text");
        (await NodeAsync(id, pk)).GetProperty("faces").GetProperty("B").GetProperty("remaking").ValueKind.ShouldBe(JsonValueKind.Null);
        (await host.PostAsync($"/api/posts/{pk}/regenerate", new { letter = "A", kind = "text" })).ShouldBeProblem(409)
            .GetProperty("message").GetString().ShouldBe("The text A of \"Tease\" is being made already.");

        await host.MakeContentAsync();

        var face = Face((await host.GetAsync($"/api/posts/{pk}")).Json);
        var current = face.GetProperty("current");
        (current.GetProperty("generation").GetInt32(), current.GetProperty("origin").GetString(), current.GetProperty("hint").GetString()).ShouldBe((2, "text", "Say it\nshorter"));
        face.GetProperty("history").EnumerateArray().Select(generation => generation.GetProperty("current").GetBoolean()).ShouldBe([true, false]);
        var log = (await host.GetAsync($"/api/campaigns/{id}/log?kinds=regeneration_requested")).Json.GetProperty("events")[0];
        log.GetProperty("data").GetProperty("kind").GetString().ShouldBe("text");
        log.GetProperty("data").GetProperty("variant").GetString().ShouldBe("A");
    }

    [Fact]
    public async Task What_cannot_be_made_anew_is_refused_with_a_sentence()
    {
        var id = await host.PlanAsync();
        var pk = (await host.PostsOfAsync(id))[0];
        (await host.PostAsync($"/api/posts/{pk}/regenerate", new { letter = "A", kind = "text" })).ShouldBeProblem(409)
            .GetProperty("message").GetString().ShouldBe("\"Tease\" has no text A yet.");
        (await host.PostAsync($"/api/posts/{pk}/regenerate", new { letter = "C", kind = "song", hint = new string('x', 501) })).ShouldName("letter", "kind", "hint");
        (await host.PostAsync($"/api/posts/{pk}/regenerate", new { })).ShouldName("letter", "kind");
        (await host.PostAsync("/api/posts/2147483647/regenerate", new { letter = "A", kind = "text" })).ShouldBeProblem(404);
        (await host.PostAsync("/api/posts/x/regenerate", new { letter = "A", kind = "text" })).ShouldName("pk");
        (await host.GetAsync("/api/posts/2147483647")).ShouldBeProblem(404);
        (await host.GetAsync("/api/posts/0")).ShouldName("pk");
    }

    [Fact]
    public async Task What_is_out_is_not_changed_any_more()
    {
        var (_, pk) = await MadeAsync();
        await host.PostAsync($"/api/posts/{pk}/variants/A", new { text = "Mine", base_generation = 1 });
        await host.ChangeAsync(pk, (change, post) =>
        {
            change.Context.Attach(post).Entity.Status = PostStatus.Published;
            change.Record(EventKind.PostApproved, new { post_pk = pk });
            return Task.CompletedTask;
        });

        (await host.PostAsync($"/api/posts/{pk}/regenerate", new { letter = "A", kind = "picture" })).ShouldBeProblem(409);
        (await host.PostAsync($"/api/posts/{pk}/variants/A", new { text = "Mine too", base_generation = 2 })).ShouldBeProblem(409)
            .GetProperty("message").GetString().ShouldBe("A post that is published is not changed any more.");
        (await host.PostAsync($"/api/posts/{pk}/variants/A/current", new { generation = 1 })).ShouldBeProblem(409);
    }

    [Fact]
    public async Task An_edit_is_a_new_generation_by_a_person()
    {
        var (id, pk) = await MadeAsync();

        var edited = await host.PostAsync($"/api/posts/{pk}/variants/A", new { text = "My own words", base_generation = 1 });

        edited.Status.ShouldBe(201, edited.Text);
        edited["Location"].ShouldBe($"/api/posts/{pk}");
        var current = Face(edited.Json).GetProperty("current");
        current.GetProperty("text").GetString().ShouldBe("My own words");
        current.GetProperty("image_caption").GetString().ShouldBe("A red kite");
        current.GetProperty("asset").GetString()!.ShouldStartWith("/media/");
        current.GetProperty("author").GetString().ShouldBe("person");
        current.GetProperty("origin").GetString().ShouldBe("edit");
        current.GetProperty("model").ValueKind.ShouldBe(JsonValueKind.Null);
        var variants = (await host.GetAsync($"/getVariants/?pk={pk}")).Json.GetProperty("variants");
        variants[0].GetProperty("content").GetString().ShouldBe("My own words");
        (await host.GetAsync($"/api/campaigns/{id}/log?limit=1")).Json.GetProperty("events")[0].GetProperty("kind").GetString().ShouldBe("variant_edited");
    }

    [Fact]
    public async Task Every_text_is_scored_by_the_words_of_its_brief()
    {
        var planned = await host.PostAsync("/api/strategy/plan/", new
        {
            product_description = "A kite",
            gtm_goals = "Sell it",
            use_words = new[] { "Tease", "wind" },
            avoid_words = new[] { "cheap", "art" },
        });
        planned.Status.ShouldBe(201, planned.Text);
        await host.MakeContentAsync();
        var pk = (await host.PostsOfAsync(planned.Json.GetProperty("campaign_id").GetString()!))[0];

        Scores(Face((await host.GetAsync($"/api/posts/{pk}")).Json)).ShouldBe([
            ("length_limit", true, ""), ("variant_diversity", true, ""), ("use_words", false, "wind"), ("avoid_words", true, "")]);

        (await EditAsync(pk, new { text = "B of Tease in the wind", image_caption = "Cheap, but no party", base_generation = 1 })).Status.ShouldBe(201);

        var edited = Face((await host.GetAsync($"/api/posts/{pk}")).Json);
        Scores(edited).ShouldBe([
            ("length_limit", true, ""), ("variant_diversity", true, ""), ("use_words", true, ""), ("avoid_words", false, "cheap")]);
        edited.GetProperty("history")[1].GetProperty("scores")[2].GetProperty("value").GetDouble().ShouldBe(0.5);

        static List<(string?, bool, string)> Scores(JsonElement face) =>
        [
            .. face.GetProperty("current").GetProperty("scores").EnumerateArray().Select(score => (
                score.GetProperty("name").GetString(), score.GetProperty("passed").GetBoolean(),
                string.Join(", ", score.GetProperty("words").EnumerateArray().Select(word => word.GetString())))),
        ];
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_writes_nothing()
    {
        var (id, pk) = await MadeAsync();
        var version = await VersionAsync(id);

        var same = await host.PostAsync($"/api/posts/{pk}/variants/A", new { text = "A of Tease ", image_caption = "A red kite", base_generation = 1 });

        same.Status.ShouldBe(200, same.Text);
        Face(same.Json).GetProperty("history").GetArrayLength().ShouldBe(1);
        (await VersionAsync(id)).ShouldBe(version);
    }

    [Fact]
    public async Task An_edit_of_what_somebody_else_has_changed_shows_both()
    {
        var (_, pk) = await MadeAsync();
        (await host.PostAsync($"/api/posts/{pk}/variants/B", new { text = "Theirs", base_generation = 1 })).Status.ShouldBe(201);

        var problem = (await host.PostAsync($"/api/posts/{pk}/variants/B", new { text = "Mine", base_generation = 1 })).ShouldBeProblem(409);

        problem.GetProperty("message").GetString().ShouldBe("Somebody else has changed this text meanwhile.");
        problem.GetProperty("current").GetProperty("text").GetString().ShouldBe("Theirs");
        problem.GetProperty("current").GetProperty("image_caption").GetString().ShouldBe("A blue kite");
        problem.GetProperty("current").GetProperty("generation").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_wrong_edit_is_named()
    {
        var (_, pk) = await MadeAsync();
        (await EditAsync(pk, new { text = new string('x', 312), base_generation = 1 })).ShouldName("text")["text"]
            .ShouldBe("text has 312 characters as X counts, 32 more than the 280 allowed.");
        (await EditAsync(pk, new { base_generation = 1 })).ShouldName("text");
        (await EditAsync(pk, new { text = "Mine" })).ShouldName("base_generation");
        (await EditAsync(pk, new { text = " \u200b ", base_generation = 1 })).ShouldName("text");
        (await EditAsync(pk, new { text = "a\u0007b", base_generation = 1 })).ShouldName("text");
        (await EditAsync(pk, new { text = 5, base_generation = "one" })).ShouldName("text", "base_generation");
        (await EditAsync(pk, new { image_caption = "", base_generation = 1 })).ShouldName("image_caption");
        (await EditAsync(pk, new { image_caption = new string('x', 501), base_generation = 1 })).ShouldName("image_caption");
        (await EditAsync(pk, new { text = "Two\nlines\tand a tab", base_generation = 1 })).Status.ShouldBe(201);
        (await host.PostAsync($"/api/posts/{pk}/variants/C", new { text = "Mine", base_generation = 1 })).ShouldName("letter");
        (await host.PostAsync("/api/posts/2147483647/variants/A", new { text = "Mine", base_generation = 1 })).ShouldBeProblem(404);
    }

    [Fact]
    public async Task A_text_that_is_not_there_cannot_be_edited()
    {
        var pk = (await host.PostsOfAsync(await host.PlanAsync()))[0];
        (await EditAsync(pk, new { text = "Mine", base_generation = 1 })).ShouldBeProblem(409).GetProperty("message").GetString().ShouldBe("\"Tease\" has no text A yet.");
    }

    [Fact]
    public async Task An_earlier_generation_can_be_used_again()
    {
        var (id, pk) = await MadeAsync();
        (await EditAsync(pk, new { text = "Mine", base_generation = 1 })).Status.ShouldBe(201);

        var back = await host.PostAsync($"/api/posts/{pk}/variants/A/current", new { generation = 1 });

        back.Status.ShouldBe(200, back.Text);
        Face(back.Json).GetProperty("current").GetProperty("text").GetString().ShouldBe("A of Tease");
        var version = await VersionAsync(id);
        (await host.PostAsync($"/api/posts/{pk}/variants/A/current", new { generation = 1 })).Status.ShouldBe(200);
        (await VersionAsync(id)).ShouldBe(version);
        (await host.PostAsync($"/api/posts/{pk}/variants/A/current", new { generation = 3 })).ShouldBeProblem(404);
        (await host.PostAsync($"/api/posts/{pk}/variants/A/current", new { })).ShouldName("generation");
        (await host.GetAsync($"/api/campaigns/{id}/log?limit=1")).Json.GetProperty("events")[0].GetProperty("kind").GetString().ShouldBe("variant_restored");
    }

    [Fact]
    public async Task Retrying_a_post_makes_only_what_that_post_lacks()
    {
        await host.MakeContentAsync();
        var id = await host.PlanAsync();
        await host.PostAsync($"/api/campaigns/{id}/cancel", new { });
        var pks = await host.PostsOfAsync(id);

        var retried = await host.PostAsync($"/api/posts/{pks[1]}/retry", "");

        retried.Status.ShouldBe(200, retried.Text);
        retried.Json.GetProperty("message").GetString().ShouldBe("Making 3 parts again.");
        (await GraphAsync(id)).GetProperty("campaign").GetProperty("last_error").ValueKind.ShouldBe(JsonValueKind.Null);
        (await NodeAsync(id, pks[1])).GetProperty("faces").GetProperty("A").GetProperty("text").GetString().ShouldBe("ready");
        var other = (await NodeAsync(id, pks[0])).GetProperty("faces").GetProperty("A");
        (other.GetProperty("text").GetString(), other.GetProperty("reason").GetString()).ShouldBe(("cancelled", "Cancelled by a person."));
        (await host.PostAsync($"/api/posts/{pks[1]}/retry", "")).ShouldBeProblem(409);
        (await host.PostAsync("/api/posts/2147483647/retry", "")).ShouldBeProblem(404);
        await host.MakeContentAsync();
        (await GraphAsync(id)).GetProperty("campaign").GetProperty("parts").GetProperty("done").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task A_failed_attempt_says_when_the_next_one_comes()
    {
        await host.MakeContentAsync();
        var pk = (await host.PostsOfAsync(await host.PlanAsync()))[0];
        var step = (await host.Get<StepQueue>().ClaimAsync("tester", 1, 0, CancellationToken.None)).ShouldHaveSingleItem();
        await host.Get<StepQueue>().FailAsync(
            step.Claim, new AttemptFailure("overloaded", "Overloaded.", true, false, TimeSpan.FromHours(1)), new AttemptUsage(null, 0, 0, 0), CancellationToken.None);

        var text = Face((await host.GetAsync($"/api/posts/{pk}")).Json).GetProperty("text");

        text.GetProperty("reason").GetString().ShouldBe("Overloaded.");
        text.GetProperty("next_try_at").GetDateTimeOffset().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
    }

    private async Task<(string Id, int Pk)> MadeAsync()
    {
        var id = await host.PlanAsync();
        await host.MakeContentAsync();
        return (id, (await host.PostsOfAsync(id))[0]);
    }

    private Task<Answer> EditAsync(int pk, object body) => host.PostAsync($"/api/posts/{pk}/variants/A", body);

    private async Task<JsonElement> GraphAsync(string id) => (await host.GetAsync($"/api/nodesJson/?campaign_id={id}")).Json;

    private async Task<long> VersionAsync(string id) => (await GraphAsync(id)).GetProperty("campaign").GetProperty("version").GetInt64();

    private async Task<JsonElement> NodeAsync(string id, int pk) =>
        (await GraphAsync(id)).GetProperty("diagram").EnumerateArray().Single(node => node.GetProperty("pk").GetInt32() == pk);

    private static JsonElement Face(JsonElement post) => post.GetProperty("faces")[0];
}

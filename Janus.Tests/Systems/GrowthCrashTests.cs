using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Janus.Campaigns.Faults;
using Janus.Tests.Hosting;

namespace Janus.Tests.Systems;

/// <summary>The API killed while it adds posts to a campaign that is there already: all of the command is there afterwards, or nothing of it.</summary>
[Collection(SystemsCollection.Name)]
public sealed class GrowthCrashTests
{
    [Fact]
    public async Task A_follow_up_whose_API_is_killed_is_not_there_at_all_or_whole_and_can_be_asked_for_again()
    {
        await using var janus = await StartAsync("follow_up");
        using var marketer = new Marketer(() => janus);
        using var http = new HttpClient();
        var campaign = await MakeAsync(marketer, "crash follow-up");
        var before = await marketer.GraphAsync(campaign);
        var followed = KeysOf(before).Take(2).ToList();
        Task<HttpStatusCode> AskAsync() => SendAsync(http, janus, "/api/agents/generate-new-post/", new { nodes = followed, prompt = "Answer the usual questions" });

        await ShouldDieAsync(AskAsync, janus, "follow_up.before_commit");
        await AliveAgainAsync(marketer, campaign);
        (await marketer.GraphAsync(campaign)).GetRawText().ShouldBe(before.GetRawText());

        await ShouldDieAsync(AskAsync, janus, "follow_up.after_commit");
        await marketer.UntilScheduledAsync([campaign]);
        var after = await marketer.GraphAsync(campaign);
        var added = KeysOf(after).Except(KeysOf(before)).ShouldHaveSingleItem();
        PostsOf(after).Where(post => followed.Contains(KeyOf(post)))
            .ShouldAllBe(post => post.GetProperty("next_posts").EnumerateArray().Any(next => next.GetInt32() == added));
        ShouldBeWhole(after, posts: 7);

        (await AskAsync()).ShouldBe(HttpStatusCode.Accepted);
        await marketer.UntilScheduledAsync([campaign]);
        ShouldBeWhole(await marketer.GraphAsync(campaign), posts: 8);
    }

    [Fact]
    public async Task A_new_plan_whose_API_is_killed_still_waits_or_is_applied_whole_and_never_twice()
    {
        await using var janus = await StartAsync("apply_plan");
        using var marketer = new Marketer(() => janus);
        using var http = new HttpClient();
        var campaign = await MakeAsync(marketer, "crash new plan");
        var path = $"/api/campaigns/{campaign}/replan";
        (await SendAsync(http, janus, path, new { phase_num = 2, new_direction = "Speak to night nurses" })).ShouldBe(HttpStatusCode.Created);
        var before = await marketer.GraphAsync(campaign);
        var proposal = before.GetProperty("campaign").GetProperty("proposal_id").GetString();
        Task<HttpStatusCode> ApplyAsync() => SendAsync(http, janus, $"{path}/{proposal}/apply", new { });

        await ShouldDieAsync(ApplyAsync, janus, "apply_plan.before_commit");
        await AliveAgainAsync(marketer, campaign);
        (await marketer.GraphAsync(campaign)).GetRawText().ShouldBe(before.GetRawText());

        await ShouldDieAsync(ApplyAsync, janus, "apply_plan.after_commit");
        await marketer.UntilScheduledAsync([campaign]);
        var after = await marketer.GraphAsync(campaign);
        (await ApplyAsync()).ShouldBe(HttpStatusCode.Conflict);
        (await marketer.GraphAsync(campaign)).GetRawText().ShouldBe(after.GetRawText());
        KeysOf(after).Intersect(KeysOf(before)).ShouldBe(KeysOf(before).Take(2));
        after.GetProperty("campaign").GetProperty("proposal_id").ValueKind.ShouldBe(JsonValueKind.Null);
        ShouldBeWhole(after, PostsOf(after).Count);
    }

    private static Task<RunningJanus> StartAsync(string operation)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        return RunningJanus.StartReadyAsync(environment: Settings.With(
            (FaultPoints.Key.Replace(":", "__", StringComparison.Ordinal), $"{operation}.before_commit=kill; {operation}.after_commit=kill")));
    }

    private static async Task<string> MakeAsync(Marketer marketer, string name)
    {
        var campaign = (await marketer.PlanAsync(name)).CampaignId.ShouldNotBeNull();
        await marketer.UntilScheduledAsync([campaign]);
        return campaign;
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient http, RunningJanus janus, string path, object body)
    {
        using var response = await http.PostAsJsonAsync(new Uri(janus.Api, path), body);
        return response.StatusCode;
    }

    private static async Task ShouldDieAsync(Func<Task<HttpStatusCode>> sendAsync, RunningJanus janus, string place)
    {
        await Should.ThrowAsync<HttpRequestException>(sendAsync);
        FaultPoints.Count(janus.DataDirectory, place).ShouldBe(1, $"{place} was never reached");
    }

    // A look at the campaign is answered by the API that was started in the place of the dead one.
    private static async Task AliveAgainAsync(Marketer marketer, string campaign) => await marketer.UntilAsync([campaign], _ => true);

    private static List<JsonElement> PostsOf(JsonElement graph) => [.. graph.GetProperty("diagram").EnumerateArray()];

    private static int KeyOf(JsonElement post) => post.GetProperty("pk").GetInt32();

    private static List<int> KeysOf(JsonElement graph) => [.. PostsOf(graph).Select(KeyOf)];

    // Every post has its text and both of its pictures, and no part belongs to a post that is not there.
    private static void ShouldBeWhole(JsonElement graph, int posts)
    {
        PostsOf(graph).Count.ShouldBe(posts);
        PostsOf(graph).ShouldAllBe(post => post.GetProperty("assets_ready").GetBoolean());
        var parts = graph.GetProperty("campaign").GetProperty("parts");
        (parts.GetProperty("done").GetInt32(), parts.GetProperty("total").GetInt32()).ShouldBe((posts * 3, posts * 3));
    }
}

using System.Text.Json;
using Janus.Campaigns.Steps;

namespace Janus.Tests.Api;

public sealed class SearchTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_search_finds_the_name_and_the_product_in_any_case_and_takes_every_character_as_itself()
    {
        var id = await host.PlanAsync("Größe 50%_off");
        foreach (var sought in new[] { "GRÖSSE".Replace("SS", "ß", StringComparison.Ordinal), "50%_OFF", "größe" })
            (await ListAsync($"q={Uri.EscapeDataString(sought)}")).Ids.ShouldContain(id, sought);
        (await ListAsync("q=50%25off")).Ids.ShouldNotContain(id);
        (await ListAsync("q=50_off")).Ids.ShouldNotContain(id);
        (await ListAsync("q=KETTLE")).Ids.ShouldContain(id);
        (await ListAsync("q=product_description")).Ids.ShouldBeEmpty();
        (await host.GetAsync($"/api/agents/campaigns?q={new string('x', 201)}")).ShouldName("q");
        (await host.GetAsync("/api/agents/campaigns?phase=nowhere")).ShouldName("phase");
    }

    [Fact]
    public async Task Campaigns_are_listed_and_counted_by_where_they_stand()
    {
        var word = Guid.NewGuid().ToString("N");
        await host.MakeContentAsync();
        var made = await host.PlanAsync($"{word} made");
        await host.MakeContentAsync();
        var failed = await host.PlanAsync($"{word} failed");
        await host.PostAsync($"/api/campaigns/{failed}/cancel", new { });
        var planned = await host.PlanAsync($"{word} planned");

        var all = await ListAsync($"q={word}");
        all.Ids.ShouldBe([planned, failed, made]);
        Counts(all.Json).ShouldBe(new Dictionary<string, int> { ["planning"] = 1, ["failed"] = 1, ["scheduled"] = 1 }, ignoreOrder: true);
        foreach (var (phase, id) in new[] { ("planning", planned), ("failed", failed), ("scheduled", made) })
        {
            var of = await ListAsync($"q={word}&phase={phase}");
            of.Ids.ShouldBe([id]);
            of.Json.GetProperty("total").GetInt32().ShouldBe(1);
            Counts(of.Json).Count.ShouldBe(3);
        }

        (await ListAsync($"q={word}&phase=completed")).Json.GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_campaign_shows_its_platform_and_its_first_four_pictures()
    {
        var word = Guid.NewGuid().ToString("N");
        var id = await host.PlanAsync(word);
        (await ListAsync($"q={word}")).Json.GetProperty("campaigns")[0].GetProperty("pictures").GetArrayLength().ShouldBe(0);
        await host.MakeContentAsync();

        var listed = (await ListAsync($"q={word}")).Json.GetProperty("campaigns")[0];

        listed.GetProperty("platform").GetString().ShouldBe("X");
        listed.GetProperty("is_sample").GetBoolean().ShouldBeFalse();
        var pictures = listed.GetProperty("pictures").EnumerateArray().Select(picture => picture.GetString()!).ToList();
        pictures.Count.ShouldBe(4);
        pictures.ShouldBeUnique();
        (await host.GetAsync(pictures[0])).Status.ShouldBe(200);
        var detail = (await host.GetAsync($"/api/agents/campaigns/{id}/")).Json.GetProperty("campaign");
        detail.GetProperty("pictures").EnumerateArray().Select(picture => picture.GetString()!).ShouldBe(pictures);
    }

    [Fact]
    public async Task A_campaign_that_the_sample_studio_wrote_says_so()
    {
        await host.MakeContentAsync();
        var word = Guid.NewGuid().ToString("N");
        var id = await host.PlanAsync(word);
        var step = (await host.Get<StepQueue>().ClaimAsync("tester", 1, 0, CancellationToken.None)).ShouldHaveSingleItem();
        await host.Get<StepQueue>().CompleteTextAsync(
            step.Claim, [new MadeText("A", "a", "a", "a"), new MadeText("B", "b", "b", "b")], Janus.Campaigns.Author.Sample, new AttemptUsage("sample", 1, 1, 0), CancellationToken.None);

        (await ListAsync($"q={word}")).Json.GetProperty("campaigns")[0].GetProperty("is_sample").GetBoolean().ShouldBeTrue();
        (await host.GetAsync($"/api/nodesJson/?campaign_id={id}")).Json.GetProperty("campaign").GetProperty("is_sample").GetBoolean().ShouldBeTrue();
    }

    private async Task<(JsonElement Json, IReadOnlyList<string> Ids)> ListAsync(string query)
    {
        var answer = await host.GetAsync($"/api/agents/campaigns/?{query}");
        answer.Status.ShouldBe(200, answer.Text);
        return (answer.Json, [.. answer.Json.GetProperty("campaigns").EnumerateArray().Select(campaign => campaign.GetProperty("campaign_id").GetString()!)]);
    }

    private static Dictionary<string, int> Counts(JsonElement list) =>
        list.GetProperty("counts").EnumerateObject().ToDictionary(count => count.Name, count => count.Value.GetInt32(), StringComparer.Ordinal);
}

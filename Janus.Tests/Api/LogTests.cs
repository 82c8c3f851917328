using System.Text.Json;

namespace Janus.Tests.Api;

public sealed class LogTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task The_log_is_read_page_by_page_from_the_newest_to_the_first(string slash)
    {
        var id = await host.PlanAsync("Winter");
        await host.MakeContentAsync();
        var versions = new List<long>();
        long? before = null;
        do
        {
            var page = (await host.GetAsync($"/api/campaigns/{id}/log{slash}?limit=7{(before is null ? "" : $"&before={before}")}")).Json;
            page.GetProperty("campaign_id").GetString().ShouldBe(id);
            page.GetProperty("name").GetString().ShouldBe("Winter");
            versions.AddRange(page.GetProperty("events").EnumerateArray().Select(entry => entry.GetProperty("version").GetInt64()));
            before = page.GetProperty("before").ValueKind is JsonValueKind.Null ? null : page.GetProperty("before").GetInt64();
            page.GetProperty("version").GetInt64().ShouldBe(versions[0]);
        }
        while (before is not null);

        versions.ShouldBe(Enumerable.Range(1, versions.Count).Reverse().Select(version => (long)version));
        versions.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Only_the_kinds_that_were_asked_for_come()
    {
        var id = await host.PlanAsync();
        await host.MakeContentAsync();

        var events = (await host.GetAsync($"/api/campaigns/{id}/log?kinds=phase_changed, campaign_planned")).Json.GetProperty("events").EnumerateArray().ToList();

        events.Select(entry => entry.GetProperty("kind").GetString()).ShouldBe(["phase_changed", "phase_changed", "campaign_planned"]);
        (await host.GetAsync($"/api/campaigns/{id}/log?kinds=post_rejected")).Json.GetProperty("events").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_wrong_page_is_named_and_an_unknown_campaign_is_a_404()
    {
        var id = await host.PlanAsync();
        (await host.GetAsync($"/api/campaigns/{id}/log?limit=501&before=0&kinds=step_done,song")).ShouldName("limit", "before", "kinds");
        (await host.GetAsync($"/api/campaigns/{id}/log?limit=0")).ShouldName("limit");
        (await host.GetAsync("/api/campaigns/c_0000000000000000000000/log")).ShouldBeProblem(404);
        (await host.GetAsync("/api/campaigns/nonsense/log")).ShouldBeProblem(404);
    }
}

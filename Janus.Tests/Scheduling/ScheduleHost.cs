using System.Text;
using System.Text.Json;
using Janus.Tests.Api;

namespace Janus.Tests.Scheduling;

/// <summary>The API with a clock that stands still, and what a marketer does about dates.</summary>
public sealed class ScheduleHost : ApiHost
{
    public static readonly DateTimeOffset Now = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected override TimeProvider Time { get; } = new StillTime();

    /// <summary>A campaign of four posts with texts and pictures, and the keys of its posts; the first ones are approved.</summary>
    public async Task<(string Campaign, IReadOnlyList<int> Posts)> MadeAsync(int approved = 4, string zone = "Europe/Berlin")
    {
        var brief = Briefs.With("time_zone", zone);
        brief["campaign_name"] = "=Spring, \"loud\"";
        var answer = await PostAsync("/api/strategy/plan/", brief);
        answer.Status.ShouldBe(201, answer.Text);
        var campaign = answer.Json.GetProperty("campaign_id").GetString()!;
        await MakeContentAsync();
        var posts = await PostsOfAsync(campaign);
        foreach (var pk in posts.Take(approved))
            (await PostAsync("/api/approve", new { pk })).Status.ShouldBe(200);
        return (campaign, posts);
    }

    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, JsonSerializer.Serialize(body), "application/json");

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null, "");

    public Task<Answer> TableAsync(string campaign, string table) => SendAsync(HttpMethod.Post, $"/api/campaigns/{campaign}/metrics", table, "text/csv");

    public async Task<JsonElement> ScheduleAsync(string campaign) => (await GetAsync($"/api/campaigns/{campaign}/schedule")).Json;

    public Task<Answer> SetDateAsync(int pk, string local) => PutAsync($"/api/posts/{pk}/schedule", new { local_time = local });

    public async Task<long> VersionAsync(string campaign) => (await ScheduleAsync(campaign)).GetProperty("version").GetInt64();

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? body, string type)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type) };
        return await SendAsync(request);
    }

    // Dates are about the calendar; everything else that asks for the time runs on.
    private sealed class StillTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}

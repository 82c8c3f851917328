using System.Net.ServerSentEvents;
using System.Text.Json;
using Janus.ApiService.Events;
using Microsoft.Extensions.Hosting;

namespace Janus.Tests.Api;

public sealed class ChangesTests(FewStreamsHost host) : IClassFixture<FewStreamsHost>
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Whatever_is_planned_or_changed_from_now_on_is_told(string slash)
    {
        var old = await host.PlanAsync();
        var pk = (await host.PostsOfAsync(old))[0];
        await using var stream = await Listener.OpenAsync(host, $"/api/campaigns/changes{slash}");
        stream.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");

        var planned = await host.PlanAsync();
        Read(await stream.NextAsync()).ShouldBe((planned, 1));
        await host.PostAsync("/api/graph", new { pk });
        Read(await stream.NextAsync()).ShouldBe((old, 2));
    }

    [Fact]
    public async Task Every_stream_is_told_what_another_process_commits()
    {
        await using var other = await host.StartAnotherAsync();
        await using var first = await Listener.OpenAsync(host, "/api/campaigns/changes");
        await using var second = await Listener.OpenAsync(host, "/api/campaigns/changes");

        var planned = await other.PlanAsync();

        Read(await first.NextAsync()).ShouldBe((planned, 1));
        Read(await second.NextAsync()).ShouldBe((planned, 1));
    }

    [Fact]
    public async Task A_silent_stream_beats()
    {
        await using var stream = await Listener.OpenAsync(host, "/api/campaigns/changes");
        (await stream.NextAsync(beats: true)).EventType.ShouldBe(StreamRhythm.HeartbeatKind);
    }

    [Fact]
    public async Task Streams_over_all_campaigns_count_like_those_of_one_and_end_with_the_service()
    {
        await using var own = new FewStreamsHost();
        await own.InitializeAsync();
        var streams = new List<Listener>();
        for (var i = 0; i < 20; i++)
            streams.Add(await Listener.OpenAsync(own, "/api/campaigns/changes"));

        (await own.GetAsync("/api/status")).Json.GetProperty("open_event_streams").GetInt32().ShouldBe(20);
        (await own.GetAsync("/api/campaigns/changes")).ShouldBeProblem(503);

        own.Get<IHostApplicationLifetime>().StopApplication();
        foreach (var stream in streams)
        {
            await stream.EndAsync();
            await stream.DisposeAsync();
        }
    }

    private static (string Campaign, long Version) Read(SseItem<string> item)
    {
        item.EventType.ShouldBe("changed");
        var data = JsonSerializer.Deserialize<JsonElement>(item.Data);
        return (data.GetProperty("campaign_id").GetString()!, data.GetProperty("version").GetInt64());
    }
}

using System.Net.ServerSentEvents;
using System.Text.Json;
using Janus.ApiService.Events;
using Janus.ApiService;
using Janus.Campaigns.Reading;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Api;

public sealed class FewStreamsHost : ApiHost
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Janus:Api:Heartbeat"] = "00:00:00.2",
        ["Janus:Api:MaxEventStreams"] = "20",
    };
}

public sealed class EventTests(FewStreamsHost host) : IClassFixture<FewStreamsHost>
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task The_log_is_sent_from_its_first_event(string slash)
    {
        var id = await host.PlanAsync();
        await using var stream = await ListenAsync($"/api/campaigns/{id}/events{slash}");

        stream.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var first = await stream.NextAsync();

        first.EventId.ShouldBe("1");
        first.EventType.ShouldBe("campaign_planned");
        var data = JsonSerializer.Deserialize<JsonElement>(first.Data);
        data.GetProperty("version").GetInt64().ShouldBe(1);
        data.GetProperty("kind").GetString().ShouldBe("campaign_planned");
        data.GetProperty("campaign_id").GetString().ShouldBe(id);
        data.GetProperty("at").GetString().ShouldEndWith("Z");
        data.GetProperty("data").GetProperty("posts").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task What_happens_while_listening_arrives_in_order_without_a_gap()
    {
        var id = await host.PlanAsync();
        await using var stream = await ListenAsync($"/api/campaigns/{id}/events");
        (await stream.NextAsync()).EventId.ShouldBe("1");

        await host.MakeContentAsync();

        var versions = new List<long> { 1 };
        SseItem<string> item;
        do
        {
            item = await stream.NextAsync();
            versions.Add(long.Parse(item.EventId!, null));
        }
        while (item.EventType != "phase_changed" || !item.Data.Contains("\"scheduled\"", StringComparison.Ordinal));
        versions.ShouldBe(Enumerable.Range(1, versions.Count).Select(version => (long)version));
    }

    [Fact]
    public async Task What_another_process_commits_arrives_too()
    {
        var id = await host.PlanAsync();
        var pk = (await host.PostsOfAsync(id))[0];
        await using var other = await host.StartAnotherAsync();
        await using var stream = await ListenAsync($"/api/campaigns/{id}/events?after=1");

        await other.PostAsync("/api/graph", new { pk, reject_message = "Too loud" });

        (await stream.NextAsync()).EventType.ShouldBe("post_rejected");
    }

    [Fact]
    public async Task A_stream_resumes_after_what_the_client_has()
    {
        var id = await host.PlanAsync();
        await host.MakeContentAsync(pictures: false);

        await using var byQuery = await ListenAsync($"/api/campaigns/{id}/events?after=2");
        (await byQuery.NextAsync()).EventId.ShouldBe("3");
        await using var byHeader = await ListenAsync($"/api/campaigns/{id}/events?after=2", "5");
        (await byHeader.NextAsync()).EventId.ShouldBe("6");
    }

    [Fact]
    public async Task A_long_log_is_sent_whole()
    {
        var id = await host.PlanAsync();
        var pk = (await host.PostsOfAsync(id))[0];
        await host.ChangeAsync(pk, (change, _) =>
        {
            for (var i = 0; i < 1200; i++)
                change.Record(Campaigns.Events.EventKind.StepFailed, new { i });
            return Task.CompletedTask;
        });
        await using var stream = await ListenAsync($"/api/campaigns/{id}/events");
        for (var version = 1; version <= 1201; version++)
            (await stream.NextAsync()).EventId.ShouldBe($"{version}");
    }

    [Fact]
    public async Task A_silent_stream_beats_and_the_beat_moves_no_position()
    {
        var id = await host.PlanAsync();
        await using var stream = await ListenAsync($"/api/campaigns/{id}/events?after=1");
        var beat = await stream.NextAsync(beats: true);
        beat.EventType.ShouldBe(StreamRhythm.HeartbeatKind);
        (await stream.NextAsync(beats: true)).EventType.ShouldBe(StreamRhythm.HeartbeatKind);
        beat.EventId.ShouldBeNull();
    }

    [Theory]
    [InlineData("?after=x", null, "after")]
    [InlineData("?after=-1", null, "after")]
    [InlineData("", "abc", "Last-Event-ID")]
    [InlineData("?after=1", "99999999999999999999", "Last-Event-ID")]
    public async Task A_wrong_position_is_named(string query, string? header, string field)
    {
        var id = await host.PlanAsync();
        var path = $"/api/campaigns/{id}/events{query}";
        (header is null ? await host.GetAsync(path) : await host.GetAsync(path, ("Last-Event-ID", header))).ShouldName(field);
    }

    [Theory]
    [InlineData("c_0000000000000000000000")]
    [InlineData("nonsense")]
    public async Task The_events_of_an_unknown_campaign_are_a_404(string id) => (await host.GetAsync($"/api/campaigns/{id}/events")).ShouldBeProblem(404);

    [Fact]
    public async Task Every_stream_hears_of_a_change_and_one_too_many_is_refused_until_a_place_is_free()
    {
        await using var own = new FewStreamsHost();
        await own.InitializeAsync();
        var id = await own.PlanAsync();
        var pk = (await own.PostsOfAsync(id))[0];
        var streams = new List<Listener>();
        for (var i = 0; i < 20; i++)
            streams.Add(await ListenAsync($"/api/campaigns/{id}/events?after=1", null, own));

        var refused = await own.GetAsync($"/api/campaigns/{id}/events");
        refused.ShouldBeProblem(503);
        refused["Retry-After"].ShouldBe("5");

        await own.PostAsync("/api/graph", new { pk });
        foreach (var stream in streams)
        {
            (await stream.NextAsync()).EventType.ShouldBe("post_rejected");
            await stream.DisposeAsync();
        }

        await using var again = await AgainAsync();
        (await again.NextAsync()).EventId.ShouldBe("1");

        async Task<Listener> AgainAsync()
        {
            using var limit = new CancellationTokenSource(Listener.Patience);
            while (true)
            {
                limit.Token.ThrowIfCancellationRequested();
                var next = await ListenAsync($"/api/campaigns/{id}/events", null, own);
                if ((int)next.Response.StatusCode == 200)
                    return next;
                await next.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Streams_that_stand_at_the_same_event_share_one_read_for_each_commit()
    {
        await host.PlanAsync();
        // Streams of its own: those of other tests may still follow the same campaign in the shared ones.
        var streams = new EventStreams(host.Get<EventReader>(), host.Get<IOptions<ApiOptions>>(), host.Get<IHostApplicationLifetime>());
        using var place = streams.TryOpen(1);

        var first = await streams.ReadAsync(1, 0, 7, CancellationToken.None);

        first.ShouldNotBeEmpty();
        (await streams.ReadAsync(1, 0, 7, CancellationToken.None)).ShouldBeSameAs(first);
        (await streams.ReadAsync(1, 0, 8, CancellationToken.None)).ShouldNotBeSameAs(first);
        (await streams.ReadAsync(1, 1, 8, CancellationToken.None))!.ShouldNotContain(first[0]);
    }

    [Fact]
    public async Task Streams_end_when_the_service_stops()
    {
        await using var own = new ApiHost();
        await own.InitializeAsync();
        var id = await own.PlanAsync();
        await using var stream = await ListenAsync($"/api/campaigns/{id}/events", null, own);
        await stream.NextAsync();

        own.Get<IHostApplicationLifetime>().StopApplication();

        await stream.EndAsync();
    }

    private Task<Listener> ListenAsync(string path, string? lastEventId = null, ApiHost? own = null) => Listener.OpenAsync(own ?? host, path, lastEventId);
}

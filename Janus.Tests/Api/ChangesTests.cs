using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Janus.ApiService.Events;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
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

    [Fact]
    public async Task Streams_share_one_read_for_each_commit_and_a_clock_that_is_set_back_hides_nothing()
    {
        await using var engine = await TestEngine.StartAsync();
        using var changes = new CampaignChanges(engine.Get<CampaignReader>(), engine.Time);
        using var reads = new CountedReads();
        var first = await changes.BeginAsync(7, CancellationToken.None);
        var second = await changes.BeginAsync(7, CancellationToken.None);
        var before = reads.Count;

        var planned = await engine.PlanAsync();
        (await changes.AfterAsync(first, 8, CancellationToken.None)).Changes.ShouldHaveSingleItem().CampaignId.ShouldBe(planned.PublicId);
        var (told, position) = await changes.AfterAsync(second, 8, CancellationToken.None);
        told.Count.ShouldBe(1);
        (await changes.AfterAsync(position, 8, CancellationToken.None)).Changes.ShouldBeEmpty();
        (reads.Count - before).ShouldBe(1);

        engine.Time.Shift -= TimeSpan.FromHours(1);
        (await engine.Commands.CancelAsync(planned.PublicId, null, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        (await changes.AfterAsync(position, 9, CancellationToken.None)).Changes.ShouldHaveSingleItem().Version.ShouldBe(2);
        await changes.EndAsync();
        await changes.EndAsync();
        (await changes.AfterAsync(await changes.BeginAsync(9, CancellationToken.None), 9, CancellationToken.None)).Changes.ShouldBeEmpty();
    }

    /// <summary>Counts the reads of changed campaigns in a trace of its own, because other tests read them too.</summary>
    private sealed class CountedReads : IDisposable
    {
        private readonly Activity _trace = new Activity("test").Start();
        private readonly ActivityListener _listener;
        private int _count;

        public CountedReads()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == LockRetry.Source.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = span =>
                {
                    if (span.TraceId == _trace.TraceId && span.OperationName == "db read_changed")
                        Interlocked.Increment(ref _count);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public int Count => _count;

        public void Dispose()
        {
            _listener.Dispose();
            _trace.Dispose();
        }
    }

    private static (string Campaign, long Version) Read(SseItem<string> item)
    {
        item.EventType.ShouldBe("changed");
        var data = JsonSerializer.Deserialize<JsonElement>(item.Data);
        return (data.GetProperty("campaign_id").GetString()!, data.GetProperty("version").GetInt64());
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Janus.Tests.Api;
using Janus.Tests.Systems;
using Janus.Web.Api;
using Janus.Web.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Pages;

/// <summary>One event stream for a campaign, however many pages show it; and no table is read while nothing changes.</summary>
/// <remarks>Alone, because the units of work of every database in this process are heard.</remarks>
[Collection(SystemsCollection.Name)]
public sealed class LiveTests
{
    private const int Pages = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Twenty_pages_of_a_campaign_hold_one_stream_and_read_no_table_while_nothing_changes()
    {
        await using var api = new BeatingApi();
        await api.InitializeAsync();
        var campaign = await api.PlanAsync();
        await using var web = new WebHost(api.Http.BaseAddress!);

        var holds = Enumerable.Range(0, Pages).Select(_ => web.Live.Follow(campaign)).ToList();
        await UntilAsync(holds[0].Source, view => view.State == LiveState.Live);
        await UntilStreamsAsync(api, 1);

        web.Live.Count.ShouldBe(1);
        holds.Select(hold => hold.Source).Distinct().ShouldHaveSingleItem();
        using var reads = new DatabaseReads();
        // Silence on the wire lasts for one heartbeat: three of them have passed when a stream of our own has seen three.
        await SeeHeartbeatsAsync(api, campaign, 3);
        // Our own stream's opening reads the campaign's row and its first page of events.
        reads.Operations.Where(operation => operation is not ("db read_version" or "db read_events")).ShouldBeEmpty();
        reads.Operations.Count.ShouldBeLessThanOrEqualTo(2);

        holds.ForEach(hold => hold.Dispose());
    }

    [Fact]
    public async Task A_change_reaches_the_view_and_leaves_every_other_post_the_same_object()
    {
        await using var api = new ApiHost();
        await api.InitializeAsync();
        var campaign = await api.PlanAsync();
        var posts = await api.PostsOfAsync(campaign);
        await api.MakeContentAsync(pictures: false);
        await using var web = new WebHost(api.Http.BaseAddress!);
        using var hold = web.Live.Follow(campaign);
        var before = await UntilAsync(hold.Source, view => view.State == LiveState.Live);

        (await api.PostAsync("/selectVariant/", new { pk = posts[1], variant_id = "B" })).Status.ShouldBe(200);

        // The reading that shows the choice may come before the event that marks it.
        var after = await UntilAsync(hold.Source, view => view.RevisionOf(posts[1]) > before.RevisionOf(posts[1]));
        after.Post(posts[1])!.SelectedVariant.ShouldBe("B");
        after.RevisionOf(posts[1]).ShouldBe(after.Campaign!.Version);
        foreach (var other in posts.Where(pk => pk != posts[1]))
        {
            after.Post(other).ShouldBeSameAs(before.Post(other));
            after.RevisionOf(other).ShouldBe(before.RevisionOf(other));
        }
    }

    [Fact]
    public async Task A_campaign_that_is_not_there_is_gone()
    {
        await using var api = new ApiHost();
        await api.InitializeAsync();
        await using var web = new WebHost(api.Http.BaseAddress!);
        using var hold = web.Live.Follow("c_0000000000000000000000");

        (await UntilAsync(hold.Source, view => view.State != LiveState.Loading)).State.ShouldBe(LiveState.Gone);
    }

    [Theory]
    [InlineData(LiveState.Live)]
    [InlineData(LiveState.Reconnecting)]
    public async Task A_page_shows_what_was_done_before_it_was_asked_for_even_if_no_stream_has_told_it(object state)
    {
        await using var api = new ApiHost();
        await api.InitializeAsync();
        var campaign = await api.PlanAsync("Told late");
        await using var web = new WebHost(api.Http.BaseAddress!, services: services =>
            services.AddHttpClient(JanusApi.Streams).AddHttpMessageHandler(() => state is LiveState.Live ? new Deaf() : new Refused()));
        using var pages = web.CreateClient();
        var path = new Uri($"/campaigns/{campaign}", UriKind.Relative);
        using var before = await pages.GetAsync(path);
        before.StatusCode.ShouldBe(HttpStatusCode.OK);
        // Its source is held still, as it is for a moment after its last page.
        web.Live.Count.ShouldBe(1);

        using var deletion = new HttpRequestMessage(HttpMethod.Delete, $"/api/campaigns/{campaign}");
        (await api.SendAsync(deletion)).Status.ShouldBe(200);
        using (var hold = web.Live.Follow(campaign))
            await UntilAsync(hold.Source, view => view.State.Equals(state));

        using var after = await pages.GetAsync(path);
        after.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await after.Content.ReadAsStringAsync()).ShouldNotContain("Told late");
    }

    [Fact]
    public async Task Those_who_ask_while_a_campaign_is_read_share_the_next_reading()
    {
        await using var api = new ApiHost();
        await api.InitializeAsync();
        var campaign = await api.PlanAsync();
        var gate = new Gate();
        await using var web = new WebHost(api.Http.BaseAddress!, services: services =>
        {
            services.AddHttpClient(JanusApi.Streams).AddHttpMessageHandler(() => new Deaf());
            services.AddHttpClient(JanusApi.Reads).AddHttpMessageHandler(() => new Gated(gate));
        });
        using var hold = web.Live.Follow(campaign);
        await gate.EnteredAsync();

        // The source's own first reading is under way: it may be older than what these want to see.
        var asked = Enumerable.Range(0, Pages).Select(_ => hold.Source.ReadAsync(CancellationToken.None)).ToList();
        asked.ShouldAllBe(one => !one.IsCompleted);
        gate.Open();
        await Task.WhenAll(asked).WaitAsync(Limit);

        gate.Passed.ShouldBe(2);
        hold.Source.Value.State.ShouldBe(LiveState.Live);
    }

    [Fact]
    public async Task A_plan_of_somebody_else_makes_the_lists_read_again()
    {
        await using var api = new ApiHost();
        await api.InitializeAsync();
        await using var web = new WebHost(api.Http.BaseAddress!);
        using var hold = web.Live.FollowList();
        await UntilStreamsAsync(api, 1);
        var before = hold.Source.Value;

        await api.PlanAsync();

        using var deadline = new CancellationTokenSource(Limit);
        var after = await hold.Source.NextAsync(before, deadline.Token);
        after.Number.ShouldBeGreaterThan(before.Number);
    }

    private static async Task<CampaignView> UntilAsync(LiveCampaign source, Func<CampaignView, bool> reached)
    {
        using var deadline = new CancellationTokenSource(Limit);
        var view = source.Value;
        while (!reached(view))
            view = await source.NextAsync(view, deadline.Token);
        return view;
    }

    private static async Task UntilStreamsAsync(ApiHost api, int count)
    {
        using var deadline = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await api.GetAsync("/api/status")).Json.GetProperty("open_event_streams").GetInt32() != count)
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    private static async Task SeeHeartbeatsAsync(ApiHost api, string campaign, int count)
    {
        using var deadline = new CancellationTokenSource(Limit);
        await using var stream = await api.Http.GetStreamAsync(new Uri($"/api/campaigns/{campaign}/events?after=1", UriKind.Relative), deadline.Token);
        using var reader = new StreamReader(stream);
        while (count > 0)
        {
            if ((await reader.ReadLineAsync(deadline.Token))!.Contains("heartbeat", StringComparison.Ordinal))
                count--;
        }
    }

    /// <summary>Never hears of anything: every stream stays without an answer.</summary>
    private sealed class Deaf : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("Nothing was to be heard.");
        }
    }

    /// <summary>Never gets a stream: the source connects again and again.</summary>
    private sealed class Refused : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
    }

    /// <summary>Lets requests through once it is open, and counts them.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _passed;

        public int Passed => Volatile.Read(ref _passed);

        public Task EnteredAsync() => _entered.Task.WaitAsync(Limit);

        public void Open() => _open.SetResult();

        public async Task PassAsync(CancellationToken cancellationToken)
        {
            _entered.TrySetResult();
            await _open.Task.WaitAsync(cancellationToken);
            Interlocked.Increment(ref _passed);
        }
    }

    private sealed class Gated(Gate gate) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await gate.PassAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class BeatingApi : ApiHost
    {
        protected override IReadOnlyDictionary<string, string> Settings { get; } =
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Janus:Api:Heartbeat"] = "00:00:00.100" };
    }

    /// <summary>Every unit of work that reaches the database, by the spans that the storage makes of them.</summary>
    private sealed class DatabaseReads : IDisposable
    {
        private readonly ActivityListener _listener;

        public DatabaseReads()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Janus.Campaigns.Storage",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStarted = span => Operations.Add(span.OperationName),
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ConcurrentBag<string> Operations { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}

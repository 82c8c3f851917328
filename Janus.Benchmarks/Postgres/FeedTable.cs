using System.Diagnostics;
using System.Net.ServerSentEvents;
using Npgsql;

namespace Janus.Benchmarks.Postgres;

/// <summary>From a commit in one process to the event at a client of another, over NOTIFY; on SQLite, where a watcher looks, for comparison.</summary>
internal static class FeedTable
{
    private const int Posts = 12;
    private const int WarmUp = 50;
    private const int Commits = 300;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task PrintAsync(PlannedServer server)
    {
        ResultTable.Begin($"From a commit to its event at a client of the API's event stream, {Commits} commits of another process, one at a time; compared with a bare NOTIFY to a bare LISTEN.");
        var bare = await NotifyAsync(await server.CreateAsync());
        var database = await server.CreateAsync();
        await AddAsync("PostgreSQL", server.SettingsOf(database), bare, ("JANUS_POSTGRES", database));
        using var folder = new BenchmarkFolder();
        await AddAsync("SQLite", StoreSettings.Sqlite(folder.Path), null);
    }

    private static async Task AddAsync(string name, Dictionary<string, string?> store, List<double>? bare, params (string Name, string Value)[] settings)
    {
        await using var janus = await SystemUnderTest.StartAsync(store["Janus:DataDirectory"]!, settings);
        await using var campaigns = new PlannedCampaigns(store);
        var (id, posts) = await campaigns.PlanAsync(Posts);
        var latencies = await CommitsAsync(janus, campaigns, id, posts);
        foreach (var (what, share) in ((string, double)[])[("p50", 0.5), ("p99", 0.99), ("longest", 1)])
        {
            var compared = bare?.Share(share);
            ResultTable.Add($"{name}: commit to feed, {what}", $"{latencies.Share(share):0.0} ms", compared is null ? (FormattableString)$"" : $"{compared:0.0} ms", latencies.Share(share) / compared, "");
        }
    }

    private static async Task<List<double>> CommitsAsync(SystemUnderTest janus, PlannedCampaigns campaigns, string id, IReadOnlyList<int> posts)
    {
        using var client = new HttpClient { BaseAddress = janus.Api, Timeout = Timeout.InfiniteTimeSpan };
        using var end = new CancellationTokenSource();
        await using var stream = await client.GetStreamAsync(new Uri($"/api/campaigns/{id}/events", UriKind.Relative));
        await using var events = SseParser.Create(stream).EnumerateAsync(end.Token).GetAsyncEnumerator(end.Token);
        // What is there already: up to the campaign's last event.
        var last = await campaigns.VersionAsync(id);
        while (long.Parse((await NextAsync(events)).EventId ?? "0", System.Globalization.CultureInfo.InvariantCulture) < last)
        {
        }

        var latencies = new List<double>();
        for (var commit = 0; commit < WarmUp + Commits; commit++)
        {
            var next = NextAsync(events);
            await campaigns.ChooseAsync(posts[commit % posts.Count], commit / posts.Count % 2 == 0 ? "A" : "B");
            var committed = Stopwatch.GetTimestamp();
            await next;
            if (commit >= WarmUp)
                latencies.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
        }

        await end.CancelAsync();
        return latencies;
    }

    private static async Task<SseItem<string>> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        do
        {
            if (!await events.MoveNextAsync().AsTask().WaitAsync(Limit))
                throw new InvalidOperationException("The event stream ended.");
        }
        while (events.Current.EventId is null or "");
        return events.Current;
    }

    private static async Task<List<double>> NotifyAsync(string database)
    {
        await using var listener = new NpgsqlConnection(database + ";Pooling=false");
        await using var sender = new NpgsqlConnection(database + ";Pooling=false");
        await listener.OpenAsync();
        await sender.OpenAsync();
        await using (var listen = new NpgsqlCommand("LISTEN bare", listener))
            await listen.ExecuteNonQueryAsync();
        await using var notify = new NpgsqlCommand("NOTIFY bare", sender);
        var latencies = new List<double>();
        for (var commit = 0; commit < WarmUp + Commits; commit++)
        {
            var heard = listener.WaitAsync();
            var started = Stopwatch.GetTimestamp();
            await notify.ExecuteNonQueryAsync();
            await heard.WaitAsync(Limit);
            if (commit >= WarmUp)
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return latencies;
    }
}

using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Janus.Benchmarks.Soak;

/// <summary>What marketers do all day: somebody plans, some follow what happens, some look at graphs and pages.</summary>
internal sealed class SoakLoad(SystemUnderTest janus) : IDisposable
{
    private const int Followers = 4;
    private const int Readers = 2;
    private static readonly TimeSpan BetweenPlans = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(250);
    // A follower goes over to the newest campaign after so long, so that streams are opened and closed all the time.
    private static readonly TimeSpan Following = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new() { BaseAddress = janus.Api, Timeout = TimeSpan.FromMinutes(1) };
    private readonly List<string> _campaigns = [];
    private readonly Lock _lock = new();
    private int _events;
    private int _reads;

    /// <summary>What was done, in words.</summary>
    public string Done => string.Create(CultureInfo.InvariantCulture, $"{Campaigns.Count} campaigns, {_events} events on {Followers} streams, {_reads} reads of graphs and pages");

    private IReadOnlyList<string> Campaigns
    {
        get
        {
            lock (_lock)
                return [.. _campaigns];
        }
    }

    /// <summary>Goes on until it is ended. Any answer that is no success ends it with an exception.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        await PlanAsync(0);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end);
        List<Task> all =
        [
            PlanAllAsync(either.Token), .. Enumerable.Range(0, Followers).Select(_ => FollowAllAsync(either.Token)),
            .. Enumerable.Range(0, Readers).Select(reader => ReadAllAsync(reader, either.Token)),
        ];
        // When one breaks down the others would go on as if nothing were wrong.
        await Task.WhenAny(all);
        await either.CancelAsync();
        await Task.WhenAll(all);
    }

    /// <summary>Waits until every campaign is scheduled.</summary>
    /// <returns>How many are not, when the time is over.</returns>
    public async Task<int> UnscheduledAfterAsync(TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        using var timer = new PeriodicTimer(BetweenReads);
        var open = Campaigns.ToList();
        try
        {
            while (open.Count > 0)
            {
                if (await IsScheduledAsync(open[^1], deadline.Token))
                    open.RemoveAt(open.Count - 1);
                else
                    await timer.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // What is open is the answer.
        }

        return open.Count;
    }

    public void Dispose() => _http.Dispose();

    private async Task PlanAllAsync(CancellationToken end)
    {
        using var timer = new PeriodicTimer(BetweenPlans);
        for (var number = 1; await TickAsync(timer, end); number++)
            await PlanAsync(number);
    }

    private async Task PlanAsync(int number)
    {
        var brief = new
        {
            product_description = "Piano is a small, quiet espresso machine for rented kitchens",
            gtm_goals = "Take 500 preorders before March",
            campaign_name = string.Create(CultureInfo.InvariantCulture, $"Soak {number}"),
            posts_per_phase = 2,
        };
        // A plan that was begun is finished, so that every campaign is known.
        using var answer = await _http.PostAsJsonAsync("/api/strategy/plan/", brief, CancellationToken.None);
        answer.EnsureSuccessStatusCode();
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("campaign_id").GetString()!;
        lock (_lock)
            _campaigns.Add(id);
    }

    private async Task FollowAllAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
            limit.CancelAfter(Following);
            try
            {
                using var answer = await _http.GetAsync($"/api/campaigns/{Campaigns[^1]}/events?after=0", HttpCompletionOption.ResponseHeadersRead, limit.Token);
                answer.EnsureSuccessStatusCode();
                using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(limit.Token));
                while (await lines.ReadLineAsync(limit.Token) is { } line)
                {
                    if (line.StartsWith("id:", StringComparison.Ordinal))
                        Interlocked.Increment(ref _events);
                }
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                // On to the newest one.
            }
        }
    }

    private async Task ReadAllAsync(int reader, CancellationToken end)
    {
        using var timer = new PeriodicTimer(BetweenReads);
        for (var number = reader; await TickAsync(timer, end); number++)
        {
            var campaigns = Campaigns;
            var id = campaigns[number % campaigns.Count];
            var address = number % 4 == 0 ? new Uri(janus.Web, $"/campaigns/{id}") : new Uri(janus.Api, $"/api/nodesJson/?campaign_id={id}");
            using var answer = await _http.GetAsync(address, CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            Interlocked.Increment(ref _reads);
        }
    }

    private async Task<bool> IsScheduledAsync(string id, CancellationToken cancellationToken)
    {
        var graph = await _http.GetFromJsonAsync<JsonElement>($"/api/nodesJson/?campaign_id={id}", cancellationToken);
        return graph.GetProperty("campaign").GetProperty("phase").GetString() == "scheduled";
    }

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken end)
    {
        try
        {
            return await timer.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
    }
}

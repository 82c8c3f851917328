using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Janus.Benchmarks.Engine;
using Janus.Campaigns.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Benchmarks.Graph;

/// <summary>How long the graph of a campaign takes to read, from small to large, against the bare SELECTs.</summary>
internal static class GraphTable
{
    private const int WarmUps = 150;

    private static readonly int[] Sizes = [10, 100, 1_000, 10_000];

    public static async Task PrintAsync()
    {
        ResultTable.Begin("GET /api/nodesJson of a finished campaign over HTTP, median; compared with a server that sends the columns of the same tables as JSON through Microsoft.Data.Sqlite alone.");
        using var folder = new BenchmarkFolder();
        await EngineLoop.PrepareAsync(StoreSettings.Sqlite(folder.Path), campaigns: 0, posts: 0);
        var file = Path.Combine(folder.Path, "janus.db");
        var ids = new Dictionary<int, string>();
        await using (var campaigns = new PlannedCampaigns(StoreSettings.Sqlite(folder.Path)))
        {
            foreach (var size in Sizes)
            {
                ids[size] = await campaigns.StoreAsync(size);
                await FinishedCampaign.CompleteAsync(file, ids[size]);
            }
        }

        await using var janus = await SystemUnderTest.StartAsync(folder.Path);
        await using var bare = await BareGraph.StartAsync(file);
        using var client = new HttpClient();
        foreach (var (size, id, isMeasured) in (IEnumerable<(int, string, bool)>)[.. Sizes.Take(2).Select(size => (size, ids[size], false)), .. Sizes.Select(size => (size, ids[size], true))])
        {
            var graph = new Uri(janus.Api, $"/api/nodesJson?campaign_id={id}");
            var (ours, theirs, unchanged) = (new List<double>(), new List<double>(), new List<double>());
            // Those that are not measured are there for the compiler of both servers, which makes its best code after some hundred calls.
            var rounds = isMeasured ? Math.Max(10, 2000 / size) : WarmUps;
            for (var round = -rounds; round < rounds; round++)
            {
                var (took, tag) = await GetAsync(client, graph, null, HttpStatusCode.OK);
                var (compared, _) = await GetAsync(client, new Uri(bare.Address, id), null, HttpStatusCode.OK);
                var (same, _) = await GetAsync(client, graph, tag, HttpStatusCode.NotModified);
                if (round < 0)
                    continue; // Until both are compiled.
                ours.Add(took);
                theirs.Add(compared);
                unchanged.Add(same);
            }

            if (!isMeasured)
                continue;
            ResultTable.Add(
                $"graph of {size:#,0} posts, {await QueriesAsync(folder.Path, id)} queries", $"{ours.Median():0.00} ms ({ours.Median() * 1000 / size:0} µs a post)", $"{theirs.Median():0.00} ms",
                ours.Median() / theirs.Median(), "<= 2.00");
            ResultTable.Add($"the same, unchanged: 304", $"{unchanged.Median():0.00} ms", $"{ours.Median():0.00} ms", unchanged.Median() / ours.Median(), "");
        }
    }

    private static async Task<(double Milliseconds, EntityTagHeaderValue? Tag)> GetAsync(HttpClient client, Uri address, EntityTagHeaderValue? known, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        var started = Stopwatch.GetTimestamp();
        using var response = await client.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return response.StatusCode == expected ? (took, response.Headers.ETag) : throw new InvalidOperationException($"{address} answered {response.StatusCode}.");
    }

    // Begin and end of the transaction are not counted.
    private static async Task<int> QueriesAsync(string folder, string id)
    {
        var recording = new SqlRecording();
        await using var services = EngineLoop.Services(StoreSettings.Sqlite(folder), recording);
        await services.GetRequiredService<CampaignReader>().GraphAsync(id, CancellationToken.None);
        return recording.Sent.Count(sent => sent.Text.StartsWith("SELECT", StringComparison.Ordinal));
    }
}

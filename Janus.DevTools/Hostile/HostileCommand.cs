using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Janus.DevTools.Watch;

namespace Janus.DevTools.Hostile;

/// <summary>
/// Sends a running system, on this machine, what nobody means, while a legitimate user goes on reading. Nothing may break, nothing of the inside may
/// come out, and the user must not notice.
/// </summary>
internal static class HostileCommand
{
    private const int NothingRunning = 3;

    private static readonly TimeSpan LongDrip = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ShortDrip = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Painting = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(40);

    /// <summary>Runs the command.</summary>
    /// <returns>0 when nothing went wrong, 1 when something did, 3 when nobody answers.</returns>
    /// <exception cref="UsageException">The arguments make no sense.</exception>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        var options = HostileOptions.Parse(args);
        using var http = new HttpClient { BaseAddress = options.Api };
        if (options.Token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        try
        {
            var report = await AttackAsync(options, http, output, cancellationToken);
            await report.PrintAsync(output);
            return report.ExitCode;
        }
        catch (Exception nothing) when (nothing is HttpRequestException or CampaignFailedException)
        {
            await output.WriteLineAsync($"The API at {options.Api} cannot be attacked: {nothing.Message}");
            return NothingRunning;
        }
    }

    private static async Task<HostileReport> AttackAsync(HostileOptions options, HttpClient http, TextWriter output, CancellationToken cancellationToken)
    {
        var targets = await PrepareAsync(options, http, cancellationToken);
        var reader = new SteadyReader(http, await ReadsAsync(targets, http, output, cancellationToken));
        var memory = new WorkingSets(options.Processes);
        memory.Look();
        var streamsBefore = await StreamsAsync(http, cancellationToken);

        await output.WriteLineAsync($"measuring a legitimate user in quiet for {options.Quiet.TotalSeconds:0.#} s");
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        quiet.CancelAfter(options.Quiet);
        var before = await reader.RunAsync(quiet.Token);
        cancellationToken.ThrowIfCancellationRequested();

        await output.WriteLineAsync($"sending {options.Requests} hostile requests of seed {options.Seed}, and dropping {options.Streams} streams{(options.Spread == TimeSpan.Zero ? "" : $", over {options.Spread.TotalMinutes:0} minutes")}");
        var storm = new Storm(new AttackMaker(targets, options.Seed, options.Token), options.Requests < 1000 ? ShortDrip : LongDrip, options.Spread);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = reader.RunAsync(over.Token);
        var besides = Task.WhenAll(storm.DripAsync(cancellationToken), storm.OpenStreamsAsync(targets, options.Streams, options.Token, cancellationToken));
        var warm = options.Requests / 10;
        await storm.SendAsync(0, warm, options.Requests, cancellationToken);
        memory.Look();
        await storm.SendAsync(warm, options.Requests - warm, options.Requests, cancellationToken);
        await besides;
        await over.CancelAsync();
        var after = await reading;

        var left = await StreamsLeftAsync(http, streamsBefore, cancellationToken);
        memory.Look();
        return new HostileReport(storm.Answers, storm.Harm, before, after, left, memory.Looks);
    }

    private static async Task<HostileTargets> PrepareAsync(HostileOptions options, HttpClient http, CancellationToken cancellationToken)
    {
        var operations = ApiReference.Read(await http.GetFromJsonAsync<JsonElement>("openapi/v1.json", cancellationToken));
        var api = new JanusApi(http);
        var campaign = await api.PlanAsync("A kettle that is hard to break", "Sell it to people who have broken others", "A campaign under attack", cancellationToken);
        var graph = await api.ReadGraphAsync(campaign, cancellationToken);
        return new HostileTargets(options.Api, operations, options.Web, campaign, graph.Diagram[0].Pk);
    }

    // The list, the graph, and a picture of any campaign, as soon as there is one.
    private static async Task<IReadOnlyList<string>> ReadsAsync(HostileTargets targets, HttpClient http, TextWriter output, CancellationToken cancellationToken)
    {
        const string list = "api/agents/campaigns/?limit=20";
        var paths = new List<string> { list, $"api/nodesJson/?campaign_id={targets.Campaign}" };
        var start = TimeProvider.System.GetTimestamp();
        do
        {
            var campaigns = await http.GetFromJsonAsync<JsonElement>(list, cancellationToken);
            foreach (var campaign in campaigns.GetProperty("campaigns").EnumerateArray())
            {
                if (await PictureAsync(campaign.GetProperty("campaign_id").GetString()!, http, cancellationToken) is { } picture)
                    return [.. paths, picture.TrimStart('/')];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }
        while (TimeProvider.System.GetElapsedTime(start) < Painting);

        await output.WriteLineAsync("no campaign has a picture: the legitimate user reads the list and the graph alone");
        return paths;
    }

    private static async Task<string?> PictureAsync(string campaign, HttpClient http, CancellationToken cancellationToken)
    {
        var api = new JanusApi(http);
        foreach (var post in (await api.ReadGraphAsync(campaign, cancellationToken)).Diagram)
        {
            if ((await api.ReadVariantsAsync(post.Pk, cancellationToken)).Variants.FirstOrDefault(variant => variant.Asset is not null)?.Asset is { } picture)
                return picture;
        }

        return null;
    }

    private static async Task<int> StreamsAsync(HttpClient http, CancellationToken cancellationToken) =>
        (await http.GetFromJsonAsync<JsonElement>("api/status", cancellationToken)).GetProperty("open_event_streams").GetInt32();

    // A dropped stream is noticed when the next word is sent on it, at the latest.
    private static async Task<int> StreamsLeftAsync(HttpClient http, int before, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Settling);
        var left = await StreamsAsync(http, cancellationToken) - before;
        try
        {
            while (left > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
                left = await StreamsAsync(http, limit.Token) - before;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is left is told.
        }

        return left;
    }
}

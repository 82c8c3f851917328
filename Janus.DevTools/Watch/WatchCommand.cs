using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Janus.DevTools.Watch;

/// <summary>
/// Plans campaigns through the API of a running system and follows their event streams. Well means: planning,
/// content_creation, scheduled, in that order, with every part complete.
/// </summary>
internal static class WatchCommand
{
    private const int Failed = 1;
    private const int NothingRunning = 3;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Runs the command.</summary>
    /// <returns>0 when every campaign went well, 1 when one did not, 3 when no running system was found.</returns>
    /// <exception cref="UsageException">The arguments make no sense.</exception>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        var options = WatchOptions.Parse(args);
        try
        {
            var address = await ApiAddress.FindAsync(options.Api, Environment.CurrentDirectory, Environment.GetEnvironmentVariable, cancellationToken);
            // Streams last; the command's own time limit ends everything.
            using var http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
            if (options.Token is not null)
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
            return await RunAsync(options, new JanusApi(http), address, output, cancellationToken);
        }
        catch (NothingRunningException nothing)
        {
            await output.WriteLineAsync(nothing.Message);
            return NothingRunning;
        }
    }

    private static async Task<int> RunAsync(WatchOptions options, JanusApi api, Uri address, TextWriter output, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        using var limit = new CancellationTokenSource(options.Timeout, time);
        var watch = new CampaignWatch(api, options, time);
        var lines = TextWriter.Synchronized(output);
        var campaigns = await Task.WhenAll(Enumerable.Range(1, options.Count).Select(number => OneAsync(number)));

        if (options.Json)
            await output.WriteLineAsync(Summarise(campaigns, time.GetElapsedTime(start)));
        return campaigns.All(campaign => campaign.Reason is null) ? 0 : Failed;

        async Task<WatchedCampaign> OneAsync(int number)
        {
            var name = options.Count == 1 ? options.Name : string.Create(CultureInfo.InvariantCulture, $"{options.Name} {number}");
            try
            {
                var campaign = await watch.RunAsync(name, ViewFor(options, lines), limit.Token, cancellationToken);
                await lines.WriteLineAsync(campaign.Line);
                return campaign;
            }
            catch (HttpRequestException exception) when (CampaignWatch.IsNobodyThere(exception))
            {
                throw new NothingRunningException($"No running system was found: nobody answers at {address}.", exception);
            }
        }
    }

    private static IProgressView ViewFor(WatchOptions options, TextWriter output)
    {
        if (options.Count > 1)
            return new NoProgress();
        return Console.IsOutputRedirected ? new PlainProgress(output) : new LiveProgress(output);
    }

    private static string Summarise(WatchedCampaign[] campaigns, TimeSpan elapsed) => JsonSerializer.Serialize(
        new
        {
            campaigns = campaigns.Length,
            succeeded = campaigns.Count(campaign => campaign.Reason is null),
            failed = campaigns.Count(campaign => campaign.Reason is not null),
            posts = campaigns.Sum(campaign => campaign.Posts),
            parts_done = campaigns.Sum(campaign => campaign.PartsDone),
            parts_total = campaigns.Sum(campaign => campaign.PartsTotal),
            events = campaigns.Sum(campaign => campaign.Events),
            reconnects = campaigns.Sum(campaign => campaign.Reconnects),
            seconds = Math.Round(elapsed.TotalSeconds, 3),
            results = campaigns,
        },
        Json);
}

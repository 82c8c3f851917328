using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Janus.ApiService.Access;
using Janus.ApiService.Http;
using Janus.Campaigns.Events;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Storage;
using Microsoft.Extensions.Options;

namespace Janus.ApiService.Events;

/// <summary>Follows a campaign's event log: what is there, then what comes. Tables are read only after a commit was noticed.</summary>
internal sealed partial class CampaignFeed(
    EventStreams streams, CommitSignal signal, IOptions<ApiOptions> options, Callers callers, TimeProvider time, IHostApplicationLifetime life, ILogger<CampaignFeed> log)
{
    /// <summary>The campaign's events after a number, until the client goes or the service stops.</summary>
    /// <param name="publicId">The campaign's public id.</param>
    /// <param name="campaignId">Its internal key.</param>
    /// <param name="after">The number of the last event that the client has; 0 for all.</param>
    /// <param name="http">The request. The answer's headers are sent at once, so that a client knows that it is listening before anything happens.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(
        string publicId, int campaignId, long after, HttpContext http, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await http.Response.Body.FlushAsync(cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.ApplicationStopping);
        var rhythm = new StreamRhythm(signal, options.Value.Heartbeat, token => callers.IsStillLetInAsync(http, token), time);
        while (true)
        {
            var commit = signal.Number;
            if (await ReadAsync(campaignId, after, commit, end.Token) is not { } page)
                yield break;
            foreach (var entry in page)
            {
                yield return ToItem(publicId, entry);
                after = entry.Version;
                rhythm.Sent();
            }

            while (page.Count < EventReader.PageSize && signal.Number == commit)
            {
                var beat = await rhythm.WaitAsync(commit, end.Token);
                if (beat is Beat.End)
                    yield break;
                if (beat is Beat.Silence)
                    yield return StreamRhythm.Heartbeat;
            }
        }
    }

    private async Task<IReadOnlyList<CampaignEvent>?> ReadAsync(int campaignId, long after, long commit, CancellationToken end)
    {
        try
        {
            return await streams.ReadAsync(campaignId, after, commit, end);
        }
        catch (OperationCanceledException)
        {
            // The client went or the service stops: the stream's ordinary end.
            return null;
        }
        catch (DatabaseBusyException busy)
        {
            // The client comes back by itself with the number of the last event it has.
            Interrupted(busy.Waited.TotalSeconds);
            return null;
        }
    }

    private static SseItem<string> ToItem(string publicId, CampaignEvent entry)
    {
        var dto = entry.ToDto(publicId);
        return new SseItem<string>(JsonSerializer.Serialize(dto, ApiJson.Options), dto.Kind)
        {
            EventId = dto.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    [LoggerMessage(1, LogLevel.Warning, "The database was busy for {Seconds} s; an event stream ended and will be resumed by its client")]
    private partial void Interrupted(double seconds);
}

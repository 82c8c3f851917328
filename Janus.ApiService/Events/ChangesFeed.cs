using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Janus.ApiService.Access;
using Janus.ApiService.Http;
using Janus.Campaigns.Storage;
using Microsoft.Extensions.Options;

namespace Janus.ApiService.Events;

/// <summary>Follows every campaign at once: says which have changed, and nothing of what has.</summary>
internal sealed partial class ChangesFeed(
    CampaignChanges changes, CommitSignal signal, IOptions<ApiOptions> options, Callers callers, TimeProvider time, IHostApplicationLifetime life, ILogger<ChangesFeed> log)
{
    /// <summary>The kind of every item but the heartbeat.</summary>
    public const string Changed = "changed";

    /// <summary>What changes from now on, until the client goes or the service stops.</summary>
    /// <param name="http">The request. The answer's headers are sent once changes are followed, so that a client that has them misses nothing.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(HttpContext http, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.ApplicationStopping);
        var rhythm = new StreamRhythm(signal, options.Value.Heartbeat, token => callers.IsStillLetInAsync(http, token), time);
        if (await ReadAsync(() => changes.BeginAsync(signal.Number, end.Token)) is not (true, var position))
            yield break;
        try
        {
            await http.Response.Body.FlushAsync(cancellationToken);
            while (true)
            {
                var commit = signal.Number;
                if (await ReadAsync(() => changes.AfterAsync(position, commit, end.Token)) is not (true, var (changed, next)))
                    yield break;
                position = next;
                foreach (var campaign in changed)
                {
                    yield return new SseItem<string>(JsonSerializer.Serialize(campaign, ApiJson.Options), Changed);
                    rhythm.Sent();
                }

                while (signal.Number == commit)
                {
                    var beat = await rhythm.WaitAsync(commit, end.Token);
                    if (beat is Beat.End)
                        yield break;
                    if (beat is Beat.Silence)
                        yield return StreamRhythm.Heartbeat;
                }
            }
        }
        finally
        {
            await changes.EndAsync();
        }
    }

    private async Task<(bool IsRead, T? Value)> ReadAsync<T>(Func<Task<T>> read)
    {
        // It is read for all streams, after every commit: no span of the one that happened to come first.
        Activity.Current = null;
        try
        {
            return (true, await read());
        }
        catch (OperationCanceledException)
        {
            // The client went or the service stops: the stream's ordinary end.
            return (false, default);
        }
        catch (DatabaseBusyException busy)
        {
            // The client comes back by itself.
            Interrupted(busy.Waited.TotalSeconds);
            return (false, default);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The database was busy for {Seconds} s; a stream of changes ended and will be opened again by its client")]
    private partial void Interrupted(double seconds);
}

using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Janus.Contracts;

namespace Janus.DevTools.Watch;

/// <summary>A campaign's events, one after the other, however often the connection breaks.</summary>
internal sealed class EventStream(JanusApi api, string campaign, TimeProvider time)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <summary>Told when a connection broke: why.</summary>
    public event Action<string>? Broken;

    /// <summary>How often the connection broke.</summary>
    public int Breaks { get; private set; }

    /// <summary>Reads until the caller has seen enough or the token ends it; each connection goes on after the last event that came.</summary>
    /// <exception cref="CampaignFailedException">The API refuses, or an event is not what the contract says.</exception>
    public async IAsyncEnumerable<CampaignEventDto> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0L;
        var delay = TimeSpan.Zero;
        while (true)
        {
            await using (var items = ConnectAsync(last, cancellationToken).GetAsyncEnumerator(cancellationToken))
            {
                while (await NextAsync(items))
                {
                    // A connection that gives events is a good one: the next break is answered at once.
                    delay = TimeSpan.Zero;
                    var entry = JanusApi.ReadEvent(items.Current.Data);
                    if (items.Current.EventId != entry.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) || items.Current.EventType != entry.Kind)
                        throw new CampaignFailedException($"Event {entry.Version} ({entry.Kind}) was sent as {items.Current.EventId} ({items.Current.EventType}).");
                    last = entry.Version;
                    yield return entry;
                }
            }

            await Task.Delay(delay, time, cancellationToken);
            delay = delay == TimeSpan.Zero ? FirstDelay : TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks));
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> items)
    {
        try
        {
            if (await items.MoveNextAsync())
                return true;
            Break("the stream ended");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            Break(exception.Message);
        }

        return false;
    }

    private void Break(string reason)
    {
        Breaks++;
        Broken?.Invoke(reason);
    }

    private async IAsyncEnumerable<SseItem<string>> ConnectAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await api.OpenEventsAsync(campaign, after, cancellationToken);
        // What a server says while it stops or starts is a broken connection; what is wrong with the request stays wrong.
        if ((int)response.StatusCode >= 500 || response.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
            throw new HttpRequestException($"the API answered {(int)response.StatusCode}");
        await JanusApi.EnsureAsync(response, "the event stream", cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
            yield return item;
    }
}

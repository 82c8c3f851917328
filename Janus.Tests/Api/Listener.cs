using System.Net.ServerSentEvents;
using Janus.ApiService.Events;

namespace Janus.Tests.Api;

/// <summary>Somebody who listens to an event stream, with patience that ends.</summary>
internal sealed class Listener : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Stream _body;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private Listener(HttpResponseMessage response, Stream body)
    {
        Response = response;
        _body = body;
        _items = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();
    }

    public HttpResponseMessage Response { get; }

    public static async Task<Listener> OpenAsync(ApiHost host, string path, string? lastEventId = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var limit = new CancellationTokenSource(Patience);
        var response = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        return new Listener(response, await response.Content.ReadAsStreamAsync(limit.Token));
    }

    public async Task<SseItem<string>> NextAsync(bool beats = false)
    {
        while (true)
        {
            (await _items.MoveNextAsync().AsTask().WaitAsync(Patience)).ShouldBeTrue("The stream ended.");
            if (beats || _items.Current.EventType != StreamRhythm.HeartbeatKind)
                return _items.Current;
        }
    }

    public async Task EndAsync()
    {
        while (await _items.MoveNextAsync().AsTask().WaitAsync(Patience))
        {
            // Whatever was on its way.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Response.Dispose();
        await _body.DisposeAsync();
    }
}

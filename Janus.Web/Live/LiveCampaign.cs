using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Janus.Contracts;
using Janus.Web.Api;

namespace Janus.Web.Live;

/// <summary>
/// One campaign, followed by one event stream for as long as any page shows it, however many do. An event says only that there is
/// something new; the graph is then read once for all pages, and several events that come close together cost one reading.
/// </summary>
internal sealed class LiveCampaign(string id, JanusApi api, TimeProvider time, ILogger<LiveCampaign> log) : LiveSource<CampaignView>(time, log, CampaignView.Loading)
{
    private readonly Lock _gate = new();
    private Dictionary<int, long> _touched = [];
    private long _touchedAll;
    private string? _tag;

    /// <summary>The campaign's public id.</summary>
    public string Id => id;

    protected override string Path => $"api/campaigns/{Uri.EscapeDataString(id)}/events?after={After}";

    private long After => Value.Campaign?.Version ?? 0;

    protected override JanusApi Api => api;

    protected override async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var (status, graph, tag) = await api.GraphAsync(id, _tag, cancellationToken);
        if (status == HttpStatusCode.NotFound)
        {
            Publish(CampaignView.Loading with { State = LiveState.Gone });
            return;
        }

        _tag = tag;
        // An event may come after the reading that already shows what it tells: then only its mark is new.
        var (touched, all) = TakeTouched();
        var now = Value with { State = LiveState.Live };
        Publish((graph is null ? now : now.Next(graph)).Marked(touched, all));
    }

    // Most events name their post; one that does not may concern any.
    protected override void Note(SseItem<string> item)
    {
        var entry = JsonSerializer.Deserialize<CampaignEventDto>(item.Data, JanusApi.Json)!;
        lock (_gate)
        {
            if (entry.Data.ValueKind == JsonValueKind.Object && entry.Data.TryGetProperty("post_pk", out var pk) && pk.TryGetInt32(out var post))
                _touched[post] = entry.Version;
            else if (entry.Kind != "phase_changed")
                _touchedAll = entry.Version;
        }
    }

    private (Dictionary<int, long> Touched, long All) TakeTouched()
    {
        lock (_gate)
        {
            var touched = _touched;
            _touched = [];
            return (touched, _touchedAll);
        }
    }

    protected override void OnGone() => Publish(CampaignView.Loading with { State = LiveState.Gone });

    protected override void OnBroken()
    {
        if (Value.State is not LiveState.Gone)
            Publish(Value with { State = LiveState.Reconnecting });
    }
}

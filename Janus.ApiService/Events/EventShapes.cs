using System.Text.Json;
using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Events;
using Janus.Contracts;

namespace Janus.ApiService.Events;

/// <summary>From an entry of the event log to what clients see of it.</summary>
internal static class EventShapes
{
    public static CampaignEventDto ToDto(this CampaignEvent entry, string publicId) => new(
        entry.Version, entry.Kind.ToWord(), entry.At, publicId, entry.TraceId, JsonSerializer.Deserialize<JsonElement>(entry.Data, ApiJson.Options), entry.Actor);
}

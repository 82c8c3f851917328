using Janus.Gemini;
using Microsoft.Extensions.AI;

namespace Janus.Generation.Providers;

/// <summary>Says with a call whose it is.</summary>
internal static class CallOwner
{
    /// <summary>The additional properties of a call's options; null for a call of nobody in particular.</summary>
    public static AdditionalPropertiesDictionary? Of(CampaignBrief brief) =>
        brief.Owner is { } owner ? new() { [GeminiTraffic.OwnerProperty] = owner } : null;
}

using Microsoft.Extensions.AI;

namespace Janus.Gemini;

/// <summary>Reads from a call's options whose it is.</summary>
internal static class CallOwner
{
    public static string Of(AdditionalPropertiesDictionary? properties) =>
        properties?.TryGetValue(GeminiTraffic.OwnerProperty, out var owner) == true ? owner as string ?? "" : "";
}

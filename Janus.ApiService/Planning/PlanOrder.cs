using System.Security.Cryptography;
using System.Text.Json;
using Janus.ApiService.Http;
using Janus.Campaigns;

namespace Janus.ApiService.Planning;

/// <summary>A plan request that passed every check, in its canonical form.</summary>
/// <param name="Brief">What was asked for.</param>
/// <param name="IsStored">False when only the plan is wanted.</param>
internal sealed record PlanOrder(Brief Brief, bool IsStored)
{
    /// <summary>SHA-256 of the canonical request, in hexadecimal: two bodies that mean the same are the same.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Options)));
}

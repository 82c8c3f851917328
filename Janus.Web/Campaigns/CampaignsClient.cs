using System.Net;
using System.Text.Json;
using Janus.Contracts;

namespace Janus.Web.Campaigns;

/// <summary>What the API refused, in words for the person who asked.</summary>
/// <param name="Message">One sentence.</param>
/// <param name="Errors">Messages by field.</param>
public sealed record ApiRefusal(string Message, IReadOnlyDictionary<string, string[]> Errors);

/// <summary>The API, as the pages use it.</summary>
internal sealed class CampaignsClient(IHttpClientFactory clients)
{
    /// <summary>Reads, which are safe to repeat.</summary>
    public const string Reads = "campaigns-read";

    /// <summary>Planning and streams: never resent, with a limit of their own.</summary>
    public const string Long = "campaigns-long";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The newest campaigns.</summary>
    public async Task<CampaignListResponse> ListAsync(CancellationToken cancellationToken) =>
        (await clients.CreateClient(Reads).GetFromJsonAsync<CampaignListResponse>("api/agents/campaigns/", Json, cancellationToken))!;

    /// <summary>A campaign's graph, or null when there is none of that id.</summary>
    public async Task<GraphResponse?> GraphAsync(string campaignId, CancellationToken cancellationToken)
    {
        using var response = await clients.CreateClient(Reads).GetAsync(
            new Uri($"api/nodesJson/?campaign_id={Uri.EscapeDataString(campaignId)}", UriKind.Relative), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<GraphResponse>(Json, cancellationToken);
    }

    /// <summary>A post's variants.</summary>
    public async Task<IReadOnlyList<VariantDto>> VariantsAsync(int pk, CancellationToken cancellationToken) =>
        (await clients.CreateClient(Reads).GetFromJsonAsync<VariantsResponse>($"getVariants/?pk={pk}", Json, cancellationToken))!.Variants;

    /// <summary>Plans a campaign: its id, or why not.</summary>
    public async Task<(string? CampaignId, ApiRefusal? Refusal)> PlanAsync(PlanRequest request, CancellationToken cancellationToken)
    {
        using var response = await clients.CreateClient(Long).PostAsJsonAsync("api/strategy/plan/", request, Json, cancellationToken);
        if (response.IsSuccessStatusCode)
            return ((await response.Content.ReadFromJsonAsync<PlanResponse>(Json, cancellationToken))!.CampaignId, null);
        return (null, await ReadRefusalAsync(response, cancellationToken));
    }

    /// <summary>Says retry, cancel or accept. Null when it was done, else why not.</summary>
    public async Task<ApiRefusal?> CommandAsync(string campaignId, string command, CancellationToken cancellationToken)
    {
        using var response = await clients.CreateClient(Long).PostAsync(
            new Uri($"api/campaigns/{Uri.EscapeDataString(campaignId)}/{command}", UriKind.Relative), null, cancellationToken);
        return response.IsSuccessStatusCode ? null : await ReadRefusalAsync(response, cancellationToken);
    }

    private static async Task<ApiRefusal> ReadRefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        const string unclear = "Janus could not do that just now. Nothing you typed is lost; please try again.";
        if (response.Content.Headers.ContentType?.MediaType is not ("application/problem+json" or "application/json"))
            return new ApiRefusal(unclear, new Dictionary<string, string[]>(StringComparer.Ordinal));
        var problem = await response.Content.ReadFromJsonAsync<Problem>(Json, cancellationToken);
        return new ApiRefusal(
            problem?.Message ?? problem?.Detail ?? problem?.Title ?? unclear, problem?.Errors ?? new Dictionary<string, string[]>(StringComparer.Ordinal));
    }

    private sealed record Problem(string? Title, string? Detail, string? Message, Dictionary<string, string[]>? Errors);
}

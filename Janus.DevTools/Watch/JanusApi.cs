using System.Net.Http.Json;
using System.Text.Json;
using Janus.Contracts;

namespace Janus.DevTools.Watch;

/// <summary>The API's calls that watching needs.</summary>
internal sealed class JanusApi(HttpClient http)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Plans a campaign.</summary>
    /// <returns>Its public id.</returns>
    /// <exception cref="CampaignFailedException">The API refused.</exception>
    public async Task<string> PlanAsync(string product, string goals, string name, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(
            "api/strategy/plan/", new PlanRequest { ProductDescription = product, GtmGoals = goals, CampaignName = name }, Json, cancellationToken);
        var plan = await ReadAsync<PlanResponse>(response, "planning", cancellationToken);
        return plan.CampaignId ?? throw new CampaignFailedException("The plan's answer names no campaign.");
    }

    /// <summary>Opens the event stream after an event.</summary>
    public async Task<HttpResponseMessage> OpenEventsAsync(string campaign, long after, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/campaigns/{Uri.EscapeDataString(campaign)}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("Last-Event-ID", after.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Reads an event's data.</summary>
    /// <exception cref="CampaignFailedException">It is not the JSON of an event.</exception>
    public static CampaignEventDto ReadEvent(string data)
    {
        try
        {
            return JsonSerializer.Deserialize<CampaignEventDto>(data, Json) ?? throw new CampaignFailedException("An event is empty.");
        }
        catch (JsonException exception)
        {
            throw new CampaignFailedException($"An event is not what the contract says: {exception.Message}");
        }
    }

    /// <summary>The campaign's graph.</summary>
    public Task<GraphResponse> ReadGraphAsync(string campaign, CancellationToken cancellationToken) =>
        GetAsync<GraphResponse>($"api/nodesJson/?campaign_id={Uri.EscapeDataString(campaign)}", "the graph", cancellationToken);

    /// <summary>A post's variants.</summary>
    public Task<VariantsResponse> ReadVariantsAsync(int post, CancellationToken cancellationToken) =>
        GetAsync<VariantsResponse>(FormattableString.Invariant($"getVariants/?pk={post}"), "the variants", cancellationToken);

    /// <summary>Refuses an answer that says that something is wrong with the request itself.</summary>
    public static async Task EnsureAsync(HttpResponseMessage response, string what, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        throw new CampaignFailedException($"The API answered {(int)response.StatusCode} to {what}: {Shorten(body)}");
    }

    private async Task<T> GetAsync<T>(string path, string what, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return await ReadAsync<T>(response, what, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, string what, CancellationToken cancellationToken)
    {
        await EnsureAsync(response, what, cancellationToken);
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken)
                ?? throw new CampaignFailedException($"The API answered nothing to {what}.");
        }
        catch (JsonException exception)
        {
            throw new CampaignFailedException($"The answer to {what} is not what the contract says: {exception.Message}");
        }
    }

    private static string Shorten(string body)
    {
        var line = string.Join(' ', body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 300 ? line : line[..300];
    }
}

/// <summary>The campaign did not go as it must, for the reason in the message.</summary>
internal sealed class CampaignFailedException(string reason) : Exception(reason);

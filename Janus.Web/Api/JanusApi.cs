using System.Net;
using System.Text.Json;
using Janus.Contracts;
using Janus.Web.Access;

namespace Janus.Web.Api;

/// <summary>
/// The API as the pages use it. Reads are repeated when they fail in passing; what changes something, or costs money, is sent once.
/// </summary>
/// <param name="connection">Where calls leave.</param>
/// <param name="session">For whom they are made; null for what is shared by everybody who looks, which only reads.</param>
internal sealed partial class JanusApi(ApiConnection connection, CurrentSession? session)
{
    /// <summary>The client for reads, which are safe to repeat.</summary>
    public const string Reads = "janus-reads";

    /// <summary>The client for planning, commands and streams: never resent, with a limit of its own.</summary>
    public const string Long = "janus-long";

    /// <summary>JSON as the API speaks it.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>A page of campaigns, newest first.</summary>
    public Task<Reply<CampaignListResponse>> ListAsync(string? search, string? phase, int limit, CancellationToken cancellationToken) =>
        GetAsync<CampaignListResponse>(
            $"api/agents/campaigns/?limit={limit}{Query("q", search)}{Query("phase", phase)}", cancellationToken);

    /// <summary>A campaign's graph as the API wrote it, unless it is the one with this tag; the value is null then.</summary>
    /// <exception cref="HttpRequestException">The API cannot be reached, or failed.</exception>
    public async Task<(HttpStatusCode Status, byte[]? Graph, string? Tag)> GraphAsync(string campaignId, string? knownTag, CancellationToken cancellationToken)
    {
        using var reading = CircuitTraces.Reading();
        using var request = new HttpRequestMessage(HttpMethod.Get, Relative($"api/nodesJson/?campaign_id={Uri.EscapeDataString(campaignId)}"));
        if (knownTag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", knownTag);
        using var response = await connection.SendAsync(Reads, request, session?.Person, HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.NotModified)
            return (response.StatusCode, null, knownTag);
        response.EnsureSuccessStatusCode();
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), response.Headers.ETag?.ToString());
    }

    /// <summary>Opens a campaign's event stream, or the one of all changes when no campaign is named.</summary>
    public async Task<HttpResponseMessage> OpenStreamAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Relative(path));
        request.Headers.Accept.ParseAdd("text/event-stream");
        return await connection.SendAsync(Streams, request, session?.Person, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>The client for event streams: no limit but the reader's.</summary>
    public const string Streams = "janus-streams";

    /// <summary>A post with both its faces.</summary>
    public Task<Reply<PostDetailResponse>> PostAsync(int pk, CancellationToken cancellationToken) =>
        GetAsync<PostDetailResponse>($"api/posts/{pk}", cancellationToken);

    /// <summary>A page of a campaign's log, newest first.</summary>
    public Task<Reply<CampaignLogResponse>> LogAsync(string campaignId, long? before, IReadOnlyList<string> kinds, int limit, CancellationToken cancellationToken) =>
        GetAsync<CampaignLogResponse>(
            $"api/campaigns/{Uri.EscapeDataString(campaignId)}/log?limit={limit}{Query("before", before?.ToString(System.Globalization.CultureInfo.InvariantCulture))}"
            + Query("kinds", kinds.Count == 0 ? null : string.Join(',', kinds)), cancellationToken);

    /// <summary>What is in use, and how busy it is.</summary>
    public Task<Reply<StatusResponse>> StatusAsync(CancellationToken cancellationToken) => GetAsync<StatusResponse>("api/status", cancellationToken);

    /// <summary>What a campaign will take.</summary>
    public Task<Reply<EstimateResponse>> EstimateAsync(int? postsPerPhase, CancellationToken cancellationToken) =>
        GetAsync<EstimateResponse>($"api/strategy/estimate{(postsPerPhase is { } posts ? $"?posts_per_phase={posts}" : "")}", cancellationToken);

    /// <summary>Plans a campaign. The key makes a second try of the same brief give the same campaign.</summary>
    public Task<Reply<PlanResponse>> PlanAsync(PlanRequest brief, string key, CancellationToken cancellationToken) =>
        SendAsync<PlanResponse>("plan", HttpMethod.Post, "api/strategy/plan/", brief, key, cancellationToken);

    /// <summary>Stops a plan that is being made.</summary>
    public Task<Reply<PlanCancelledResponse>> CancelPlanAsync(string key, CancellationToken cancellationToken) =>
        SendAsync<PlanCancelledResponse>("cancel_plan", HttpMethod.Delete, "api/strategy/plan", null, key, cancellationToken);

    /// <summary>What is spent, and what may be.</summary>
    public Task<Reply<BudgetResponse>> BudgetAsync(CancellationToken cancellationToken) => GetAsync<BudgetResponse>("api/budget", cancellationToken);

    /// <summary>Sets what all campaigns together may cost today.</summary>
    public Task<Reply<BudgetResponse>> SetDayCapAsync(decimal usd, CancellationToken cancellationToken) =>
        SendAsync<BudgetResponse>("set_day_cap", HttpMethod.Put, "api/budget/day", new CapRequest { CapUsd = usd }, null, cancellationToken);

    /// <summary>Sets what a campaign may cost.</summary>
    public Task<Reply<CampaignCommandResponse>> SetCapAsync(string campaignId, decimal usd, CancellationToken cancellationToken) =>
        SendAsync<CampaignCommandResponse>(
            "set_campaign_cap", HttpMethod.Put, $"api/campaigns/{Uri.EscapeDataString(campaignId)}/budget", new CapRequest { CapUsd = usd }, null, cancellationToken);

    /// <summary>Says retry, cancel, accept, pause or resume.</summary>
    public Task<Reply<CampaignCommandResponse>> CommandAsync(string campaignId, string command, CancellationToken cancellationToken) =>
        SendAsync<CampaignCommandResponse>(command, HttpMethod.Post, $"api/campaigns/{Uri.EscapeDataString(campaignId)}/{command}", null, null, cancellationToken);

    /// <summary>Makes what is missing of one post.</summary>
    public Task<Reply<CampaignCommandResponse>> RetryPostAsync(int pk, CancellationToken cancellationToken) =>
        SendAsync<CampaignCommandResponse>("retry_post", HttpMethod.Post, $"api/posts/{pk}/retry", null, null, cancellationToken);

    /// <summary>Chooses a letter.</summary>
    public Task<Reply<SelectVariantResponse>> SelectAsync(int pk, string letter, long seen, CancellationToken cancellationToken) =>
        SendAsync<SelectVariantResponse>(
            "select_variant", HttpMethod.Post, "selectVariant/",
            new SelectVariantRequest { Pk = JsonSerializer.SerializeToElement(pk), VariantId = letter, Seen = seen }, null, cancellationToken);

    /// <summary>Approves a post.</summary>
    public Task<Reply<ApproveResponse>> ApproveAsync(ApproveRequest approval, CancellationToken cancellationToken) =>
        SendAsync<ApproveResponse>("approve", HttpMethod.Post, "api/approve", approval, null, cancellationToken);

    /// <summary>Rejects a post.</summary>
    public Task<Reply<RejectResponse>> RejectAsync(RejectRequest rejection, CancellationToken cancellationToken) =>
        SendAsync<RejectResponse>("reject", HttpMethod.Post, "api/graph", rejection, null, cancellationToken);

    /// <summary>Takes back what was decided about a post.</summary>
    public Task<Reply<ReopenResponse>> ReopenAsync(int pk, ReopenRequest wish, CancellationToken cancellationToken) =>
        SendAsync<ReopenResponse>("reopen", HttpMethod.Post, $"api/posts/{pk}/reopen", wish, null, cancellationToken);

    /// <summary>Decides about several posts as they are shown.</summary>
    public Task<Reply<DecideResponse>> DecideAsync(IReadOnlyList<GraphNodeDto> posts, string action, string? reason, CancellationToken cancellationToken) =>
        SendAsync<DecideResponse>(
            "decide", HttpMethod.Post, "api/posts/decide",
            new DecideRequest
            {
                Decisions = [.. posts.Select(post => new DecideOnDto { Pk = JsonSerializer.SerializeToElement(post.Pk), Seen = post.Seen })],
                Action = action,
                Reason = reason,
            },
            null, cancellationToken);

    /// <summary>A person's words, as a new generation.</summary>
    public Task<Reply<PostDetailResponse>> EditAsync(int pk, string letter, EditVariantRequest edit, CancellationToken cancellationToken) =>
        SendAsync<PostDetailResponse>("edit_variant", HttpMethod.Post, $"api/posts/{pk}/variants/{letter}", edit, null, cancellationToken);

    /// <summary>Goes back to an earlier generation.</summary>
    public Task<Reply<PostDetailResponse>> UseGenerationAsync(int pk, string letter, int generation, long seen, CancellationToken cancellationToken) =>
        SendAsync<PostDetailResponse>(
            "use_generation", HttpMethod.Post, $"api/posts/{pk}/variants/{letter}/current",
            new UseGenerationRequest { Generation = generation, Seen = seen }, null, cancellationToken);

    /// <summary>Makes one part anew.</summary>
    public Task<Reply<PostDetailResponse>> RegenerateAsync(int pk, RegenerateRequest request, CancellationToken cancellationToken) =>
        SendAsync<PostDetailResponse>("regenerate", HttpMethod.Post, $"api/posts/{pk}/regenerate", request, null, cancellationToken);

    /// <summary>Plans a post that follows others.</summary>
    public Task<Reply<FollowUpResponse>> FollowUpAsync(IReadOnlyList<int> posts, string wish, CancellationToken cancellationToken) =>
        SendAsync<FollowUpResponse>(
            "follow_up", HttpMethod.Post, "api/agents/generate-new-post/", new FollowUpRequest { Nodes = JsonSerializer.SerializeToElement(posts), Prompt = wish }, null, cancellationToken);

    /// <summary>Plans a campaign anew from a phase on, to be looked at first.</summary>
    public Task<Reply<ReplanPreviewResponse>> ReplanAsync(string campaignId, int phase, string direction, CancellationToken cancellationToken) =>
        SendAsync<ReplanPreviewResponse>(
            "replan", HttpMethod.Post, $"api/campaigns/{Uri.EscapeDataString(campaignId)}/replan", new ReplanRequest { PhaseNum = phase, NewDirection = direction }, null, cancellationToken);

    /// <summary>The plan that was proposed and waits to be applied or dropped.</summary>
    public Task<Reply<ReplanPreviewResponse>> WaitingPlanAsync(string campaignId, CancellationToken cancellationToken) =>
        GetAsync<ReplanPreviewResponse>($"api/campaigns/{Uri.EscapeDataString(campaignId)}/replan", cancellationToken);

    /// <summary>Applies a plan that was proposed.</summary>
    public Task<Reply<RegenerateStrategyResponse>> ApplyReplanAsync(string campaignId, string proposalId, CancellationToken cancellationToken) =>
        SendAsync<RegenerateStrategyResponse>("apply_plan", HttpMethod.Post, $"{ProposalPath(campaignId, proposalId)}/apply", null, null, cancellationToken);

    /// <summary>Drops a plan that was proposed.</summary>
    public Task<Reply<ReplanDiscardedResponse>> DiscardReplanAsync(string campaignId, string proposalId, CancellationToken cancellationToken) =>
        SendAsync<ReplanDiscardedResponse>("discard_plan", HttpMethod.Delete, ProposalPath(campaignId, proposalId), null, null, cancellationToken);

    /// <summary>Counts a text as its platform counts.</summary>
    public Task<Reply<TextLengthResponse>> LengthAsync(string platform, string text, CancellationToken cancellationToken) =>
        SendAsync<TextLengthResponse>(null, HttpMethod.Post, "api/text/length", new TextLengthRequest { Platform = platform, Text = text }, null, cancellationToken);

    private async Task<Reply<T>> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        using var reading = CircuitTraces.Reading();
        using var request = new HttpRequestMessage(HttpMethod.Get, Relative(path));
        return await AskAsync<T>(Reads, request, cancellationToken);
    }

    private async Task<Reply<T>> SendAsync<T>(string? command, HttpMethod method, string path, object? body, string? key, CancellationToken cancellationToken)
        where T : class
    {
        using var content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json);
        return await SendContentAsync<T>(command, method, path, content, key, cancellationToken);
    }

    private async Task<Reply<T>> SendContentAsync<T>(string? command, HttpMethod method, string path, HttpContent? content, string? key, CancellationToken cancellationToken)
        where T : class
    {
        // What changes nothing is a read, whatever its method.
        using var span = command is null ? CircuitTraces.Reading() : CircuitTraces.Command(command);
        using var request = new HttpRequestMessage(method, Relative(path)) { Content = content };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await AskAsync<T>(Long, request, cancellationToken);
    }

    private async Task<Reply<T>> AskAsync<T>(string client, HttpRequestMessage request, CancellationToken cancellationToken)
        where T : class
    {
        if (session is { IsOver: true })
            return new Reply<T>(null, SessionOver.Refusal);
        try
        {
            using var response = await connection.SendAsync(client, request, session?.Person, HttpCompletionOption.ResponseContentRead, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized && session is { Person.HasAccount: true } ended)
            {
                ended.End();
                return new Reply<T>(null, SessionOver.Refusal);
            }

            return response.IsSuccessStatusCode
                ? new Reply<T>(await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken), null)
                : new Reply<T>(null, await ReadRefusalAsync(response, cancellationToken));
        }
        catch (Exception exception) when (Unreachable.Is(exception, cancellationToken))
        {
            return new Reply<T>(null, Unreachable.Refusal);
        }
    }

    private static async Task<ApiRefusal> ReadRefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json"
            ? await response.Content.ReadFromJsonAsync<Problem>(Json, cancellationToken)
            : null;
        return new ApiRefusal(
            response.StatusCode, problem?.Message ?? problem?.Detail ?? Unreachable.Refusal.Message,
            problem?.Errors ?? new Dictionary<string, string[]>(StringComparer.Ordinal), problem?.Current, problem?.Post) { Rows = problem?.Rows ?? [], RetryAfter = response.Headers.RetryAfter?.Delta };
    }

    private static string ProposalPath(string campaignId, string proposalId) =>
        $"api/campaigns/{Uri.EscapeDataString(campaignId)}/replan/{Uri.EscapeDataString(proposalId)}";

    private static Uri Relative(string path) => new(path, UriKind.Relative);

    private static string Query(string name, string? value) => string.IsNullOrWhiteSpace(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private sealed record Problem(
        string? Detail, string? Message, Dictionary<string, string[]>? Errors, GenerationDto? Current, PostDetailResponse? Post, IReadOnlyList<RefusedRowDto>? Rows);
}

using System.Text.Json;

namespace Janus.Contracts;

/// <summary>A campaign in lists and details.</summary>
/// <param name="Id">The internal integer.</param>
/// <param name="CampaignId">The opaque public id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">The product, in the marketer's words.</param>
/// <param name="Phase">planning, content_creation, scheduled, active, analyzing or completed.</param>
/// <param name="Strategy">The plan as a Mermaid diagram.</param>
/// <param name="Metadata">The brief, total_nodes and total_connections.</param>
/// <param name="Insights">Empty until something writes it.</param>
/// <param name="PostsCount">How many posts it has.</param>
/// <param name="CreatedAt">When it was planned, UTC.</param>
/// <param name="UpdatedAt">When it last changed, UTC.</param>
/// <param name="LastError">Why generation went back to planning, or null.</param>
/// <param name="Paused">Whether generation is paused.</param>
/// <param name="Version">The number of its latest event.</param>
/// <param name="Parts">Progress over all parts.</param>
public sealed record CampaignDto(
    int Id, string CampaignId, string Name, string Description, string Phase, string Strategy, CampaignMetadataDto Metadata,
    IReadOnlyList<JsonElement> Insights, int PostsCount, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? LastError, bool Paused, long Version,
    PartsDto Parts);

/// <summary>What a campaign was planned from, and how large the plan is.</summary>
public sealed record CampaignMetadataDto(JsonElement Brief, int TotalNodes, int TotalConnections);

/// <summary>GET /api/agents/campaigns/ : newest first.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Count">How many campaigns this answer holds.</param>
/// <param name="Campaigns">The campaigns.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record CampaignListResponse(bool Success, int Count, IReadOnlyList<CampaignDto> Campaigns, int Total);

/// <summary>A post in a campaign's details.</summary>
public sealed record PostDto(
    int Id, string PostId, string Campaign, string Title, string Description, string Phase, string Status, string? SelectedVariant, int VariantsCount,
    IReadOnlyList<int> NextPostsIds, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string Approval, string? RejectReason);

/// <summary>GET /api/agents/campaigns/{campaign_id}/</summary>
public sealed record CampaignDetailResponse(bool Success, CampaignDto Campaign, IReadOnlyList<PostDto> Posts);

/// <summary>The answer to retry, cancel and accept.</summary>
/// <param name="Success">Always true.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Phase">Its phase after the command.</param>
/// <param name="Version">The number of its latest event.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record CampaignCommandResponse(bool Success, string CampaignId, string Phase, long Version, string Message);

/// <summary>The body of POST /api/campaigns/{id}/cancel, which may be absent.</summary>
public sealed record CancelRequest
{
    /// <summary>Why, at most 500 characters.</summary>
    public string? Reason { get; init; }
}

/// <summary>One entry of a campaign's event log, as the feed carries it.</summary>
/// <param name="Version">The event's number within its campaign; also the Last-Event-ID.</param>
/// <param name="Kind">What happened, such as campaign_planned, phase_changed or step_done.</param>
/// <param name="At">When, UTC.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="TraceId">The trace in which it happened, or null.</param>
/// <param name="Data">What belongs to this kind.</param>
public sealed record CampaignEventDto(long Version, string Kind, DateTimeOffset At, string CampaignId, string? TraceId, JsonElement Data);

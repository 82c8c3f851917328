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
/// <param name="Parts">Progress over all parts of the plan; what is made anew later does not count.</param>
/// <param name="Platform">The platform its posts are for.</param>
/// <param name="IsSample">Whether the sample studio wrote any of it.</param>
/// <param name="Pictures">URL paths of at most four of its pictures, oldest first.</param>
/// <param name="PauseReason">Why it is paused, or null.</param>
/// <param name="PauseCause">Who or what paused it: person, campaign_budget, day_budget or operator; null when it is not paused.</param>
/// <param name="SpentMicroUsd">What it has cost so far, its plan included, in millionths of a US dollar.</param>
/// <param name="CapMicroUsd">What it may cost before it is paused, in millionths of a US dollar.</param>
public sealed record CampaignDto(
    int Id, string CampaignId, string Name, string Description, string Phase, string Strategy, CampaignMetadataDto Metadata,
    IReadOnlyList<JsonElement> Insights, int PostsCount, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? LastError, bool Paused, long Version,
    PartsDto Parts, string Platform, bool IsSample, IReadOnlyList<string> Pictures, string? PauseReason, string? PauseCause, long SpentMicroUsd,
    long CapMicroUsd);

/// <summary>What a campaign was planned from, and how large the plan is.</summary>
public sealed record CampaignMetadataDto(JsonElement Brief, int TotalNodes, int TotalConnections);

/// <summary>GET /api/agents/campaigns/ : newest first.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Count">How many campaigns this answer holds.</param>
/// <param name="Campaigns">The campaigns.</param>
/// <param name="Total">How many match in all.</param>
/// <param name="Counts">
/// How many match the search by phase, whatever phase was asked for. A campaign that went back to planning with a failure counts as
/// <c>failed</c> and not as <c>planning</c>. Phases without a campaign are left out.
/// </param>
public sealed record CampaignListResponse(
    bool Success, int Count, IReadOnlyList<CampaignDto> Campaigns, int Total, IReadOnlyDictionary<string, int> Counts);

/// <summary>One entry of GET /api/campaigns/changes : a campaign that was planned or changed.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Version">The number of its latest event.</param>
/// <param name="Deleted">Whether it is gone; the version is 0 then.</param>
public sealed record CampaignChangedDto(string CampaignId, long Version, bool Deleted = false);

/// <summary>GET /api/campaigns/{id}/log : a page of the event log, newest first.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">The number of its latest event.</param>
/// <param name="Events">The events.</param>
/// <param name="Before">What to send as <c>before</c> for the next, older page; null when this is the last.</param>
public sealed record CampaignLogResponse(string CampaignId, string Name, long Version, IReadOnlyList<CampaignEventDto> Events, long? Before);

/// <summary>A post in a campaign's details.</summary>
public sealed record PostDto(
    int Id, string PostId, string Campaign, string Title, string Description, string Phase, string Status, string? SelectedVariant, int VariantsCount,
    IReadOnlyList<int> NextPostsIds, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string Approval, string? RejectReason);

/// <summary>GET /api/agents/campaigns/{campaign_id}/</summary>
public sealed record CampaignDetailResponse(bool Success, CampaignDto Campaign, IReadOnlyList<PostDto> Posts);

/// <summary>The answer to retry, cancel, accept, pause, resume and a new limit.</summary>
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

/// <summary>The body of POST /api/campaigns/{id}/pause, which may be absent.</summary>
public sealed record PauseRequest
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
/// <param name="Actor">Who did it: an account's name, <c>operator</c>, or <c>local</c> where nobody signs in; null when it happened by itself.</param>
public sealed record CampaignEventDto(long Version, string Kind, DateTimeOffset At, string CampaignId, string? TraceId, JsonElement Data, string? Actor = null);

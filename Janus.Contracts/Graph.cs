namespace Janus.Contracts;

/// <summary>GET /api/nodesJson/ : the campaign's graph, metrics and status.</summary>
/// <param name="Diagram">The posts, in plan order.</param>
/// <param name="Metrics">Numbers of published posts of this campaign, by pk as text.</param>
/// <param name="Campaign">The campaign, or null when there is none at all.</param>
/// <param name="PostMetrics">At most four published posts, oldest first.</param>
public sealed record GraphResponse(
    IReadOnlyList<GraphNodeDto> Diagram, IReadOnlyDictionary<string, MetricsDto> Metrics, GraphCampaignDto? Campaign,
    IReadOnlyList<PostMetricsDto> PostMetrics);

/// <summary>A post in the graph.</summary>
/// <param name="Pk">The post's key.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">What it is about.</param>
/// <param name="NextPosts">The keys of the posts that follow it.</param>
/// <param name="Phase">"Phase 1", "Phase 2" or "Phase 3".</param>
/// <param name="Status">draft, scheduled, published or analyzed.</param>
/// <param name="AssetsReady">Whether A and B both have text and a picture.</param>
/// <param name="HasTrigger">Always false until triggers exist.</param>
/// <param name="Approval">none, approved or rejected.</param>
/// <param name="Platform">The platform it is for.</param>
/// <param name="SelectedVariant">A, B or null.</param>
/// <param name="RejectReason">Why it was rejected, or null.</param>
/// <param name="Parts">Its parts: how many are done, of how many, and what failed.</param>
/// <param name="Pictures">The pictures made so far, by letter.</param>
/// <param name="Faces">How far each letter is, by letter: always A and B.</param>
/// <param name="Seen">Grows with every change that people decide about. Who decides sends the number that they saw.</param>
public sealed record GraphNodeDto(
    int Pk, string Title, string Description, IReadOnlyList<int> NextPosts, string Phase, string Status, bool AssetsReady, bool HasTrigger,
    string Approval, string Platform, string? SelectedVariant, string? RejectReason, PartsDto Parts, IReadOnlyDictionary<string, string> Pictures,
    IReadOnlyDictionary<string, FaceStateDto> Faces, long Seen);

/// <summary>How far one letter of a post is.</summary>
/// <param name="Text">The state of its text: waiting, ready, running, done, dead or cancelled.</param>
/// <param name="Picture">The state of its picture, likewise.</param>
/// <param name="Reason">Why its text or picture is dead or cancelled, or null.</param>
/// <param name="Remaking">What is being made anew while the current one stays: text, picture, both (<c>text_picture</c>), or null.</param>
public sealed record FaceStateDto(string Text, string Picture, string? Reason, string? Remaking);

/// <summary>Numbers that people or integrations reported; none is ever made up: one that nobody reported is null.</summary>
public sealed record MetricsDto(long? Likes, long? Impressions, long? Retweets, long? Comments);

/// <summary>A published post with its numbers; one that nobody reported is null.</summary>
public sealed record PostMetricsDto(int Pk, string Title, string Description, long? Likes, long? Retweets, long? Impressions, long? Comments);

/// <summary>The campaign as the graph shows it.</summary>
/// <param name="CampaignId">The opaque id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Phase">planning, content_creation, scheduled, active, analyzing or completed.</param>
/// <param name="Description">The product, in the marketer's words.</param>
/// <param name="Version">The number of its latest event.</param>
/// <param name="LastError">Why generation went back to planning, or null.</param>
/// <param name="Paused">Whether generation is paused.</param>
/// <param name="PauseReason">Why it is paused, or null.</param>
/// <param name="Parts">Progress over all parts of the plan; what is made anew later does not count.</param>
/// <param name="Platform">The platform its posts are for.</param>
/// <param name="IsSample">Whether the sample studio wrote any of it.</param>
/// <param name="CreatedAt">When it was planned, UTC.</param>
/// <param name="UpdatedAt">When it last changed, UTC.</param>
/// <param name="PauseCause">Who or what paused it: person, campaign_budget, day_budget or operator; null when it is not paused.</param>
/// <param name="SpentMicroUsd">What it has cost so far, its plan included, in millionths of a US dollar.</param>
/// <param name="CapMicroUsd">What it may cost before it is paused, in millionths of a US dollar.</param>
/// <param name="ProposalId">The new plan that waits to be applied or dropped, see GET /api/campaigns/{id}/replan ; null when there is none.</param>
public sealed record GraphCampaignDto(
    string CampaignId, string Name, string Phase, string Description, long Version, string? LastError, bool Paused, string? PauseReason, PartsDto Parts,
    string Platform, bool IsSample, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? PauseCause, long SpentMicroUsd, long CapMicroUsd,
    string? ProposalId);

/// <summary>Progress: one text part and two picture parts for each post.</summary>
/// <param name="Done">Parts that are complete.</param>
/// <param name="Total">All parts.</param>
/// <param name="Failed">Parts that ended in failure.</param>
/// <param name="Running">Parts being made now.</param>
/// <param name="Reasons">Why parts failed, each reason once.</param>
public sealed record PartsDto(int Done, int Total, int Failed, int Running, IReadOnlyList<string> Reasons);

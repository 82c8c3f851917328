using System.Text.Json;

namespace Janus.Contracts;

/// <summary>POST /api/approve</summary>
public sealed record ApproveRequest
{
    /// <summary>The post, as a number or a string of digits.</summary>
    public JsonElement? Pk { get; init; }

    /// <summary>The post's <c>seen</c> as the client read it. Somebody has changed the post since: 409, and nothing is written. Not checked when absent.</summary>
    public long? Seen { get; init; }

    /// <summary>False refuses a post that lacks a picture, with 409; it is approved when true or absent.</summary>
    public bool? WithoutPictures { get; init; }
}

/// <summary>The answer to an approval.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Message">What was done, for a person.</param>
/// <param name="PostId">The post's key.</param>
/// <param name="Changed">False when the post was approved already.</param>
/// <param name="Seen">The post's number after it.</param>
public sealed record ApproveResponse(bool Success, string Message, int PostId, bool Changed, long Seen);

/// <summary>POST /api/approveAll</summary>
public sealed record ApproveAllRequest
{
    /// <summary>The campaign. Required.</summary>
    public string? CampaignId { get; init; }

    /// <summary>
    /// The campaign's <c>version</c> as the client read it with the graph. Posts that somebody has changed since are left as they are and told among
    /// the failed ones; not checked when absent.
    /// </summary>
    public long? Seen { get; init; }

    /// <summary>False leaves the posts that lack a picture as they are, and tells them; they are approved when true or absent.</summary>
    public bool? WithoutPictures { get; init; }
}

/// <summary>The answer to approving all.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Message">What was done, for a person.</param>
/// <param name="ApprovedCount">How many were approved now.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="FailedPosts">The posts that could not be approved.</param>
public sealed record ApproveAllResponse(
    bool Success, string Message, int ApprovedCount, string CampaignId, IReadOnlyList<FailedPostDto>? FailedPosts);

/// <summary>A post that could not be approved, and why.</summary>
/// <param name="Pk">Its key.</param>
/// <param name="Title">Its title.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Outcome"><c>stale</c>: somebody has changed it since it was seen; <c>conflict</c>: it does not fit how the post stands.</param>
/// <param name="Seen">Its number now: who has looked at it may approve it with that.</param>
public sealed record FailedPostDto(int Pk, string Title, string Reason, string Outcome, long Seen);

/// <summary>POST /api/graph : rejects a post.</summary>
public sealed record RejectRequest
{
    /// <summary>The post, as a number or a string of digits.</summary>
    public JsonElement? Pk { get; init; }

    /// <summary>Why, at most 1,000 characters.</summary>
    public string? RejectMessage { get; init; }

    /// <summary>The post's <c>seen</c> as the client read it. Somebody has changed the post since: 409, and nothing is written. Not checked when absent.</summary>
    public long? Seen { get; init; }
}

/// <summary>The answer to a rejection.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Message">What was done, for a person.</param>
/// <param name="RejectMessage">The reason that is kept, or null.</param>
/// <param name="PostId">The post's key.</param>
/// <param name="Changed">False when the post was rejected for this reason already.</param>
/// <param name="Seen">The post's number after it.</param>
public sealed record RejectResponse(bool Success, string Message, string? RejectMessage, int PostId, bool Changed, long Seen);

/// <summary>POST /api/posts/{pk}/reopen : takes back an approval or a rejection.</summary>
public sealed record ReopenRequest
{
    /// <summary>The post's <c>seen</c> as the client read it. Somebody has changed the post since: 409, and nothing is written. Not checked when absent.</summary>
    public long? Seen { get; init; }
}

/// <summary>The answer to taking a decision back.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Message">What was done, for a person.</param>
/// <param name="PostId">The post's key.</param>
/// <param name="Changed">False when the post was a draft already.</param>
/// <param name="Seen">The post's number after it.</param>
public sealed record ReopenResponse(bool Success, string Message, int PostId, bool Changed, long Seen);

/// <summary>POST /api/posts/decide : one decision about several posts of one campaign.</summary>
public sealed record DecideRequest
{
    /// <summary>The posts, each once, at most 500. Required.</summary>
    public IReadOnlyList<DecideOnDto?>? Decisions { get; init; }

    /// <summary>approve, reject or reopen. Required.</summary>
    public string? Action { get; init; }

    /// <summary>Of a rejection: why, at most 1,000 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Of an approval: false refuses the posts that lack a picture; they are approved when true or absent.</summary>
    public bool? WithoutPictures { get; init; }
}

/// <summary>A post that is decided about.</summary>
public sealed record DecideOnDto
{
    /// <summary>The post, as a number or a string of digits.</summary>
    public JsonElement? Pk { get; init; }

    /// <summary>The post's <c>seen</c> as the client read it; not checked when absent.</summary>
    public long? Seen { get; init; }
}

/// <summary>What became of a decision about several posts. Those that could be decided are; the others say why not.</summary>
/// <param name="Success">Whether it holds for every post now.</param>
/// <param name="Message">What was done, for a person.</param>
/// <param name="CampaignId">Their campaign.</param>
/// <param name="Action">approve, reject or reopen.</param>
/// <param name="Done">How many were decided now.</param>
/// <param name="Results">One for each post, in the order in which they were sent.</param>
public sealed record DecideResponse(bool Success, string Message, string CampaignId, string Action, int Done, IReadOnlyList<DecidedDto> Results);

/// <summary>What became of a decision about one of several posts.</summary>
/// <param name="Pk">The post's key.</param>
/// <param name="Title">Its title, or null when there is no such post.</param>
/// <param name="Outcome"><c>done</c>; <c>unchanged</c>: it stood so already; <c>stale</c>: somebody has changed it since it was seen; <c>conflict</c>: it does not fit how the post stands; <c>not_found</c>.</param>
/// <param name="Reason">Why nothing was changed, or null.</param>
/// <param name="Status">Its status now, or null when there is no such post.</param>
/// <param name="Approval">none, approved or rejected, or null when there is no such post.</param>
/// <param name="Seen">Its number now, or null when there is no such post.</param>
public sealed record DecidedDto(int Pk, string? Title, string Outcome, string? Reason, string? Status, string? Approval, long? Seen);

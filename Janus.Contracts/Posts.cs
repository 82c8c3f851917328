using System.Text.Json;

namespace Janus.Contracts;

/// <summary>A text of a post, with its picture when there is one.</summary>
/// <param name="VariantId">A or B.</param>
/// <param name="Content">The text.</param>
/// <param name="Platform">The platform it was written for.</param>
/// <param name="Metadata">image_caption, angle, generation, author, and whether it is the current one.</param>
/// <param name="Asset">The picture's URL path, or null.</param>
/// <param name="CreatedAt">When it was written, UTC.</param>
public sealed record VariantDto(
    string VariantId, string Content, string Platform, VariantMetadataDto Metadata, string? Asset, DateTimeOffset CreatedAt);

/// <summary>What is known about a variant beside its text.</summary>
public sealed record VariantMetadataDto(string ImageCaption, string Angle, int Generation, string Author, bool Current);

/// <summary>GET /getVariants/?pk= : A before B, newest generation first within a letter.</summary>
public sealed record VariantsResponse(IReadOnlyList<VariantDto> Variants);

/// <summary>POST /selectVariant/</summary>
public sealed record SelectVariantRequest
{
    /// <summary>The post, as a number or a string of digits.</summary>
    public JsonElement? Pk { get; init; }

    /// <summary>A or B.</summary>
    public string? VariantId { get; init; }
}

/// <summary>The answer to a selection.</summary>
public sealed record SelectVariantResponse(bool Success, string Message, int PostId, string SelectedVariant);

/// <summary>POST /api/approve</summary>
public sealed record ApproveRequest
{
    /// <summary>The post, as a number or a string of digits.</summary>
    public JsonElement? Pk { get; init; }
}

/// <summary>The answer to an approval.</summary>
public sealed record ApproveResponse(bool Success, string Message, int PostId);

/// <summary>POST /api/approveAll</summary>
public sealed record ApproveAllRequest
{
    /// <summary>The campaign.</summary>
    public string? CampaignId { get; init; }
}

/// <summary>The answer to approving all.</summary>
public sealed record ApproveAllResponse(
    bool Success, string Message, int ApprovedCount, string CampaignId, IReadOnlyList<FailedPostDto>? FailedPosts);

/// <summary>A post that could not be approved, and why.</summary>
public sealed record FailedPostDto(int Pk, string Title, string Reason);

/// <summary>POST /api/graph : rejects a post.</summary>
public sealed record RejectRequest
{
    /// <summary>The post, as a number or a string of digits.</summary>
    public JsonElement? Pk { get; init; }

    /// <summary>Why, at most 1,000 characters.</summary>
    public string? RejectMessage { get; init; }
}

/// <summary>The answer to a rejection.</summary>
public sealed record RejectResponse(bool Success, string Message, string? RejectMessage, int PostId);

/// <summary>GET /api/status : what is in use.</summary>
public sealed record StatusResponse(string Generator, string TextModel, string ImageModel, string Database, int QueueDepth, bool ContentCapture);

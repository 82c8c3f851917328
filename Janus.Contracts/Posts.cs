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

    /// <summary>The post's <c>seen</c> as the client read it. Somebody has changed the post since: 409, and nothing is written. Not checked when absent.</summary>
    public long? Seen { get; init; }
}

/// <summary>The answer to a selection, with the post's number after it.</summary>
public sealed record SelectVariantResponse(bool Success, string Message, int PostId, string SelectedVariant, long Seen);


/// <summary>GET /api/posts/{pk} : a post with both its faces, what they are made of and what they were before.</summary>
/// <param name="Pk">The post's key.</param>
/// <param name="CampaignId">Its campaign.</param>
/// <param name="Title">Its title.</param>
/// <param name="Description">What it is about.</param>
/// <param name="Phase">"Phase 1", "Phase 2" or "Phase 3".</param>
/// <param name="Status">draft, scheduled, published or analyzed.</param>
/// <param name="Approval">none, approved or rejected.</param>
/// <param name="RejectReason">Why it was rejected, or null.</param>
/// <param name="Platform">The platform it is for.</param>
/// <param name="Limit">The most that a text may count there, as the platform counts.</param>
/// <param name="CountedIn">What the platform counts in: <c>weighted characters</c>, <c>graphemes</c> or <c>characters</c>.</param>
/// <param name="SelectedVariant">A, B or null.</param>
/// <param name="Faces">A and B, in this order.</param>
/// <param name="Seen">Grows with every change that people decide about. Who decides sends the number that they saw.</param>
public sealed record PostDetailResponse(
    int Pk, string CampaignId, string Title, string Description, string Phase, string Status, string Approval, string? RejectReason,
    string Platform, int Limit, string CountedIn, string? SelectedVariant, IReadOnlyList<FaceDto> Faces, long Seen);

/// <summary>One letter of a post.</summary>
/// <param name="Letter">A or B.</param>
/// <param name="Current">The generation in use, or null while there is none.</param>
/// <param name="Text">The latest step that made or makes its text.</param>
/// <param name="Picture">The latest step that made or makes its picture.</param>
/// <param name="History">Every generation, newest first, the current one among them.</param>
public sealed record FaceDto(string Letter, GenerationDto? Current, PartDto Text, PartDto Picture, IReadOnlyList<GenerationDto> History);

/// <summary>A generation of a letter: never changed, only followed by a newer one.</summary>
/// <param name="Generation">1 for the first.</param>
/// <param name="Text">The text.</param>
/// <param name="Length">How much of the platform's limit the text uses up.</param>
/// <param name="Angle">The idea that the text leads with.</param>
/// <param name="ImageCaption">What the picture shows; its alternative text.</param>
/// <param name="Asset">The picture's URL path, or null.</param>
/// <param name="Author">Who wrote the text: ai, person or sample.</param>
/// <param name="Current">Whether it is the one in use.</param>
/// <param name="Origin">How it came about: <c>first</c>, <c>text</c> (written anew), <c>picture</c> (drawn anew) or <c>edit</c>.</param>
/// <param name="Hint">What was asked for when it was made anew, or null.</param>
/// <param name="Model">The model that made it, or null for a person.</param>
/// <param name="DurationMs">How long the call took, in milliseconds, or null for a person.</param>
/// <param name="CostMicroUsd">What it cost, in millionths of a US dollar.</param>
/// <param name="CreatedAt">When it was written, UTC.</param>
/// <param name="Scores">How well it keeps to the brief and the platform.</param>
public sealed record GenerationDto(
    int Generation, string Text, int Length, string Angle, string ImageCaption, string? Asset, string Author, bool Current, string Origin,
    string? Hint, string? Model, long? DurationMs, long CostMicroUsd, DateTimeOffset CreatedAt, IReadOnlyList<ScoreDto> Scores);

/// <summary>How well a text keeps one rule.</summary>
/// <param name="Name">length_limit, variant_diversity, use_words or avoid_words.</param>
/// <param name="Value">A share: of the limit that is used up, of the words that differ from the other letter's current text, of the words that are kept to.</param>
/// <param name="Passed">Whether that is good enough.</param>
/// <param name="Explanation">Why, in a sentence.</param>
/// <param name="Words">Words to use that are missing, or words to avoid that are there.</param>
public sealed record ScoreDto(string Name, double Value, bool Passed, string Explanation, IReadOnlyList<string> Words);

/// <summary>The latest step for one part of a letter.</summary>
/// <param name="State">waiting, ready, running, done, dead or cancelled.</param>
/// <param name="Attempt">How often it was tried; 0 before the first time.</param>
/// <param name="Reason">Why it failed last, or null.</param>
/// <param name="Hint">What was asked for, or null.</param>
/// <param name="IsRemake">Whether it makes the part anew while the current one stays.</param>
/// <param name="NextTryAt">When a failed attempt is followed by the next, UTC, or null.</param>
public sealed record PartDto(string State, int Attempt, string? Reason, string? Hint, bool IsRemake, DateTimeOffset? NextTryAt);

/// <summary>POST /api/posts/{pk}/variants/{letter} : a person's words, as a new generation.</summary>
public sealed record EditVariantRequest
{
    /// <summary>The new text, within the platform's limit; the current one stays when absent.</summary>
    public string? Text { get; init; }

    /// <summary>The new caption of the picture, at most 500 characters; the current one stays when absent.</summary>
    public string? ImageCaption { get; init; }

    /// <summary>The generation that was current when the editing began. Another one is current by now: 409, with both to compare. Required.</summary>
    public int? BaseGeneration { get; init; }

    /// <summary>The post's <c>seen</c> when the editing began. Somebody has decided about the post since: 409, and nothing is written. Not checked when absent.</summary>
    public long? Seen { get; init; }
}

/// <summary>POST /api/posts/{pk}/variants/{letter}/current : goes back to an earlier generation.</summary>
public sealed record UseGenerationRequest
{
    /// <summary>The generation to use. Required.</summary>
    public int? Generation { get; init; }

    /// <summary>The post's <c>seen</c> as the client read it. Somebody has decided about the post since: 409, and nothing is written. Not checked when absent.</summary>
    public long? Seen { get; init; }
}

/// <summary>POST /api/posts/{pk}/regenerate : makes one part anew; the current one stays until the new one is complete.</summary>
public sealed record RegenerateRequest
{
    /// <summary>A or B. Required.</summary>
    public string? Letter { get; init; }

    /// <summary>text or picture. Required.</summary>
    public string? Kind { get; init; }

    /// <summary>What to do differently, at most 500 characters.</summary>
    public string? Hint { get; init; }
}

/// <summary>POST /api/text/length : counts as a platform counts.</summary>
public sealed record TextLengthRequest
{
    /// <summary>The platform; X when absent.</summary>
    public string? Platform { get; init; }

    /// <summary>The text, at most 100,000 characters; none counts 0.</summary>
    public string? Text { get; init; }
}

/// <summary>How long a text is on a platform.</summary>
/// <param name="Platform">The platform in its own spelling.</param>
/// <param name="Length">How much of the limit the text uses up.</param>
/// <param name="Limit">The most that a text may count.</param>
/// <param name="Over">By how much it is too long; 0 when it fits.</param>
/// <param name="CountedIn">What the platform counts in: <c>weighted characters</c>, <c>graphemes</c> or <c>characters</c>.</param>
public sealed record TextLengthResponse(string Platform, int Length, int Limit, int Over, string CountedIn);

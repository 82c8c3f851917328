namespace Janus.Campaigns.Planning;

/// <summary>A key that makes a resent plan request give the same campaign for 24 hours.</summary>
public sealed class IdempotencyKey
{
    /// <summary>The caller's key.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the request, in hexadecimal: the same key with another body is refused.</summary>
    public required string BodyHash { get; init; }

    /// <summary>The campaign that it gave.</summary>
    public int CampaignId { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

namespace Janus.Generation;

/// <summary>What a marketer asks for, as the agents see it.</summary>
public sealed record CampaignBrief
{
    /// <summary>The product, in the marketer's words.</summary>
    public required string ProductDescription { get; init; }

    /// <summary>The go-to-market goals, in the marketer's words.</summary>
    public required string Goals { get; init; }

    /// <summary>The campaign's name.</summary>
    public required string CampaignName { get; init; }

    /// <summary>Whose calls these are, such as the campaign's id; calls of different owners take turns. Null before the campaign has one.</summary>
    public string? Owner { get; init; }

    /// <summary>The platform that the posts are for: X, Threads, Bluesky, Mastodon, Instagram, LinkedIn or Facebook.</summary>
    public string Platform { get; init; } = "X";

    /// <summary>Who is spoken to, or null.</summary>
    public string? Audience { get; init; }

    /// <summary>How it should sound, or null.</summary>
    public string? Tone { get; init; }

    /// <summary>Words that the copy should use.</summary>
    public IReadOnlyList<string> UseWords { get; init; } = [];

    /// <summary>Words that the copy must not use.</summary>
    public IReadOnlyList<string> AvoidWords { get; init; } = [];

    /// <summary>Posts per phase, 2 to 4, or null to let the planner decide.</summary>
    public int? PostsPerPhase { get; init; }
}

/// <summary>One planned post, as the agents see it.</summary>
/// <param name="Title">The post's title in the plan.</param>
/// <param name="Description">What the post is about.</param>
/// <param name="Phase">The campaign phase it belongs to, 1 to 3.</param>
public sealed record PostBrief(string Title, string Description, int Phase);

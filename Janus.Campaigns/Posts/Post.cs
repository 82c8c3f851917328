namespace Janus.Campaigns;

/// <summary>Where a post stands.</summary>
public enum PostStatus
{
    /// <summary>Not yet decided.</summary>
    Draft,

    /// <summary>A person approved it.</summary>
    Approved,

    /// <summary>A person rejected it, with the reason in <see cref="Post.RejectReason"/>.</summary>
    Rejected,

    /// <summary>It has a date.</summary>
    Scheduled,

    /// <summary>It is out.</summary>
    Published,

    /// <summary>Its numbers were read.</summary>
    Analyzed,

    /// <summary>A new plan took its place.</summary>
    Archived,
}

/// <summary>A post of a campaign.</summary>
public sealed class Post
{
    /// <summary>The key that clients call <c>pk</c>.</summary>
    public int Id { get; init; }

    /// <summary>The campaign.</summary>
    public int CampaignId { get; init; }

    /// <summary>The node's id in the plan diagram, unique within the campaign.</summary>
    public required string NodeId { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; set; }

    /// <summary>What it is about.</summary>
    public required string Description { get; set; }

    /// <summary>The campaign phase it belongs to, 1 to 3.</summary>
    public int PhaseNumber { get; init; }

    /// <summary>The platform it is written for.</summary>
    public required string Platform { get; init; }

    /// <summary>Where it stands.</summary>
    public PostStatus Status { get; set; }

    /// <summary>Why it was rejected.</summary>
    public string? RejectReason { get; set; }

    /// <summary>The letter a person chose, A or B, or null.</summary>
    public string? SelectedVariant { get; set; }

    /// <summary>The current generation of A; 0 when there is none.</summary>
    public int CurrentA { get; set; }

    /// <summary>The current generation of B; 0 when there is none.</summary>
    public int CurrentB { get; set; }

    /// <summary>The campaign's plan that it came with: 1 for the first. See <see cref="Campaign.PlanNumber"/>.</summary>
    public int PlanNumber { get; init; } = 1;

    /// <summary>
    /// The campaign's version at the last change of what a person decides about: its content or its status. Who decides sends the number that they
    /// saw, so that nobody decides about what somebody else has changed meanwhile.
    /// </summary>
    public long ChangedVersion { get; set; }

    /// <summary>When it is to go out, UTC; null while it has no date.</summary>
    public DateTimeOffset? ScheduledAt { get; set; }

    /// <summary>When it went out, as a person said, UTC.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Where it can be seen, as a person said.</summary>
    public string? PublishedUrl { get; set; }

    /// <summary>When it was planned, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The current generation of a letter.</summary>
    public int CurrentOf(string letter) => letter == "A" ? CurrentA : CurrentB;

    /// <summary>Whether its content may still be changed: what is out, or has been replaced, stays as it is.</summary>
    public bool IsOpen => Status is not (PostStatus.Published or PostStatus.Analyzed or PostStatus.Archived);

    /// <summary>
    /// Takes a generation of a letter into use. What was approved were other words or another picture, so a post that was approved, or has a date,
    /// becomes a draft without one; what was rejected stays rejected until a person says otherwise. Of a post that is out, or has been replaced,
    /// another generation is only history: what people saw stays as they saw it.
    /// </summary>
    /// <returns>Where it stood before it became a draft; null when it stands where it stood.</returns>
    internal PostStatus? UseGeneration(string letter, int generation)
    {
        var isFirst = CurrentOf(letter) == 0;
        if (!isFirst && !IsOpen)
            return null;
        if (letter == "A")
            CurrentA = generation;
        else
            CurrentB = generation;
        if (isFirst || Status is not (PostStatus.Approved or PostStatus.Scheduled))
            return null;

        var stood = Status;
        (Status, ScheduledAt) = (PostStatus.Draft, null);
        return stood;
    }
}

/// <summary>An edge of the graph: one post leads to another.</summary>
public sealed class PostEdge
{
    /// <summary>The campaign.</summary>
    public int CampaignId { get; init; }

    /// <summary>The earlier post.</summary>
    public int FromPostId { get; init; }

    /// <summary>The later post.</summary>
    public int ToPostId { get; init; }
}

/// <summary>Numbers of a published post, as people and integrations reported them; null where nobody has.</summary>
public sealed class PostMetrics
{
    /// <summary>The post.</summary>
    public int PostId { get; init; }

    /// <summary>Likes.</summary>
    public long? Likes { get; set; }

    /// <summary>Impressions.</summary>
    public long? Impressions { get; set; }

    /// <summary>Reposts.</summary>
    public long? Retweets { get; set; }

    /// <summary>Comments.</summary>
    public long? Comments { get; set; }

    /// <summary>When they were last reported, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}

namespace Janus.Campaigns;

/// <summary>A campaign's row. Every writing transaction of the campaign first adds one to <see cref="Version"/>.</summary>
public sealed class Campaign
{
    /// <summary>The internal key.</summary>
    public int Id { get; init; }

    /// <summary>The opaque public id: <c>c_</c> and 22 base-62 characters.</summary>
    public required string PublicId { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; set; }

    /// <summary>The brief, stored whole as one JSON column.</summary>
    public required Brief Brief { get; init; }

    /// <summary>
    /// The name and the product in lower case, where a search looks. Kept beside them, because a database folds only the letters of English.
    /// </summary>
    public string SearchText { get; init; } = "";

    /// <summary>The plan as a Mermaid diagram.</summary>
    public required string Diagram { get; set; }

    /// <summary>The number of its plan: 1 for the first, one more each time a part was planned anew.</summary>
    public int PlanNumber { get; set; } = 1;

    /// <summary>When its posts go out; null while nobody has said so, and the brief's first day and time zone hold.</summary>
    public ScheduleRules? Schedule { get; set; }

    /// <summary>Where it stands. Changed only through <see cref="CampaignChange.Move"/>.</summary>
    public Phase Phase { get; internal set; }

    /// <summary>Whether no step of it is claimed at present.</summary>
    public bool Paused { get; set; }

    /// <summary>Why it is paused, in a sentence for a person.</summary>
    public string? PauseReason { get; set; }

    /// <summary>Who or what paused it.</summary>
    public PauseCause? PauseCause { get; set; }

    /// <summary>When it was paused, UTC.</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>What it has cost so far, its plans included, in millionths of a US dollar: the sum of its attempts and its plans, at any moment.</summary>
    public long SpentMicroUsd { get; internal set; }

    /// <summary>What it may cost, in millionths of a US dollar; null when it is the limit that holds for every campaign.</summary>
    public long? CapMicroUsd { get; internal set; }

    /// <summary>The model that planned it.</summary>
    public string? PlanModel { get; init; }

    /// <summary>Tokens sent for its plans: the first, those that were proposed since, and follow-up posts.</summary>
    public long PlanInputTokens { get; internal set; }

    /// <summary>Tokens answered for its plans.</summary>
    public long PlanOutputTokens { get; internal set; }

    /// <summary>What its plans cost, in millionths of a US dollar.</summary>
    public long PlanCostMicroUsd { get; internal set; }

    /// <summary>Why generation went back to planning; null when nothing failed.</summary>
    public string? LastError { get; set; }

    /// <summary>The number of the latest event, the ETag of the graph, and the concurrency token.</summary>
    public long Version { get; internal set; }

    /// <summary>W3C trace context of the command that set the generation going.</summary>
    public string? TraceParent { get; set; }

    /// <summary>W3C trace state of the same.</summary>
    public string? TraceState { get; set; }

    /// <summary>When it was planned, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; internal set; }

    /// <summary>A text as <see cref="SearchText"/> holds it.</summary>
    public static string Searchable(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToLowerInvariant();
    }
}

/// <summary>Who or what paused a campaign, which tells what makes it go on.</summary>
public enum PauseCause
{
    /// <summary>A person, who also ends it.</summary>
    Person,

    /// <summary>The campaign's own limit; raising it makes it go on.</summary>
    CampaignBudget,

    /// <summary>The limit of the day; the next day makes it go on, or raising it.</summary>
    DayBudget,

    /// <summary>The operator, who paused all campaigns at once and makes them go on at once; a person may do so for one of them.</summary>
    Operator,
}

/// <summary>What a marketer asked for.</summary>
public sealed record Brief
{
    /// <summary>The product.</summary>
    public required string ProductDescription { get; init; }

    /// <summary>The go-to-market goals.</summary>
    public required string GtmGoals { get; init; }

    /// <summary>The campaign's name.</summary>
    public required string CampaignName { get; init; }

    /// <summary>The platform of the posts.</summary>
    public required string Platform { get; init; }

    /// <summary>Who is spoken to.</summary>
    public string? Audience { get; init; }

    /// <summary>How it should sound.</summary>
    public string? Tone { get; init; }

    /// <summary>Words to use.</summary>
    public IReadOnlyList<string> UseWords { get; init; } = [];

    /// <summary>Words to avoid.</summary>
    public IReadOnlyList<string> AvoidWords { get; init; } = [];

    /// <summary>Posts per phase, 2 to 4, or null.</summary>
    public int? PostsPerPhase { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>The IANA time zone.</summary>
    public required string TimeZone { get; init; }
}

/// <summary>When the posts of a campaign go out.</summary>
public sealed record ScheduleRules
{
    /// <summary>The first day, in the time zone; null for the day after the rules are first used.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>The last day, in the time zone, or null when there is none.</summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>The IANA time zone in which days and hours are meant.</summary>
    public required string TimeZone { get; init; }

    /// <summary>From when on nothing goes out, local time; equal to <see cref="QuietTo"/> when there are no quiet hours.</summary>
    public TimeOnly QuietFrom { get; init; }

    /// <summary>Until when nothing goes out, local time; before <see cref="QuietFrom"/> when the quiet hours span midnight.</summary>
    public TimeOnly QuietTo { get; init; }
}

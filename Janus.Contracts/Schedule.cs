namespace Janus.Contracts;

/// <summary>GET /api/campaigns/{id}/schedule : when the posts of a campaign go out.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Name">Its name.</param>
/// <param name="Phase">Its phase.</param>
/// <param name="Version">The number of its latest event.</param>
/// <param name="Today">The day that it is in its time zone.</param>
/// <param name="Rules">The rules that hold.</param>
/// <param name="Posts">Posts with a date, and those that are out, in the order in which they go out.</param>
/// <param name="WithoutDate">The other posts, in the order of the plan.</param>
public sealed record ScheduleResponse(
    string CampaignId, string Name, string Phase, long Version, DateOnly Today, ScheduleRulesDto Rules, IReadOnlyList<PostScheduleDto> Posts,
    IReadOnlyList<PostScheduleDto> WithoutDate);

/// <summary>The rules of a campaign's schedule.</summary>
/// <param name="StartDate">The first day, or null.</param>
/// <param name="EndDate">The last day, or null.</param>
/// <param name="TimeZone">The IANA time zone in which days and hours are meant.</param>
/// <param name="QuietFrom">From when on nothing is proposed, HH:mm; the same as <paramref name="QuietTo"/> when no hour is quiet.</param>
/// <param name="QuietTo">Until when.</param>
/// <param name="IsSet">Whether a person set them; otherwise they come from the brief.</param>
public sealed record ScheduleRulesDto(DateOnly? StartDate, DateOnly? EndDate, string TimeZone, string QuietFrom, string QuietTo, bool IsSet);

/// <summary>A post in a schedule.</summary>
/// <param name="Pk">The post's key.</param>
/// <param name="Title">Its title.</param>
/// <param name="Phase">"Phase 1", "Phase 2" or "Phase 3".</param>
/// <param name="Platform">The platform it is for.</param>
/// <param name="Status">draft, scheduled, published or analyzed.</param>
/// <param name="Approval">none, approved or rejected.</param>
/// <param name="Date">When it is to go out, or null.</param>
/// <param name="Published">When it went out, or null.</param>
/// <param name="PublishedUrl">Where it can be seen, or null.</param>
/// <param name="Metrics">Its reported numbers, or null.</param>
/// <param name="Version">What to send as <c>seen</c> with a decision about it.</param>
public sealed record PostScheduleDto(
    int Pk, string Title, string Phase, string Platform, string Status, string Approval, PostDateDto? Date, PostDateDto? Published, string? PublishedUrl,
    MetricsDto? Metrics, long Version);

/// <summary>A date, as an instant and as the time on the wall of the campaign's time zone.</summary>
/// <param name="At">The instant, UTC.</param>
/// <param name="LocalTime">The time on the wall, yyyy-MM-ddTHH:mm.</param>
/// <param name="Offset">What that wall is ahead of UTC: +02:00.</param>
/// <param name="TimeZone">The IANA time zone.</param>
/// <param name="Notes">What a person should know: changes of the clocks, quiet hours, days outside the campaign.</param>
public sealed record PostDateDto(DateTimeOffset At, string LocalTime, string Offset, string TimeZone, IReadOnlyList<string> Notes);

/// <summary>PUT /api/campaigns/{id}/schedule : the rules. What is absent is taken as empty, except the time zone, which stays.</summary>
public sealed record ScheduleRulesRequest
{
    /// <summary>The first day, yyyy-MM-dd, not before today in the time zone.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>The last day, yyyy-MM-dd, not before the first.</summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>The IANA time zone; the one that holds when absent.</summary>
    public string? TimeZone { get; init; }

    /// <summary>From when on nothing is proposed, HH:mm; together with quiet_to, or neither for no quiet hours.</summary>
    public string? QuietFrom { get; init; }

    /// <summary>Until when, HH:mm; before quiet_from when the quiet hours span midnight.</summary>
    public string? QuietTo { get; init; }
}

/// <summary>POST /api/campaigns/{id}/schedule/propose and /apply : dates for the approved posts that have none.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="IsApplied">Whether the posts have these dates now; false for a preview.</param>
/// <param name="Dates">The dates, in order.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record ProposedDatesResponse(string CampaignId, bool IsApplied, IReadOnlyList<ProposedDateDto> Dates, string Message);

/// <summary>A date for a post.</summary>
public sealed record ProposedDateDto(int Pk, string Title, string Phase, PostDateDto Date);

/// <summary>PUT /api/posts/{pk}/schedule : a date for an approved post. Exactly one of local_time and at is required.</summary>
public sealed record PostDateRequest
{
    /// <summary>The time on the wall of the campaign's time zone: 2027-03-28T09:30.</summary>
    public string? LocalTime { get; init; }

    /// <summary>The instant, ISO 8601 with Z or an offset.</summary>
    public string? At { get; init; }

    /// <summary>The post's version that the person saw. A higher one is there by now: 409, with the post as it is.</summary>
    public long? Seen { get; init; }
}

/// <summary>POST /api/posts/{pk}/publish , whose body may be absent: a post is out.</summary>
public sealed record PublishRequest
{
    /// <summary>Where it can be seen: http or https, at most 2,000 characters.</summary>
    public string? Url { get; init; }

    /// <summary>When it went out, ISO 8601 with Z or an offset; now when absent.</summary>
    public string? PublishedAt { get; init; }

    /// <summary>The post's version that the person saw. A higher one is there by now: 409, with the post as it is.</summary>
    public long? Seen { get; init; }
}

/// <summary>PUT /api/posts/{pk}/metrics : numbers of a post that is out; at least one. What is absent stays as it was reported before.</summary>
public sealed record MetricsRequest
{
    /// <summary>Likes, 0 or more.</summary>
    public long? Likes { get; init; }

    /// <summary>Impressions, 0 or more.</summary>
    public long? Impressions { get; init; }

    /// <summary>Reposts, 0 or more.</summary>
    public long? Retweets { get; init; }

    /// <summary>Comments, 0 or more.</summary>
    public long? Comments { get; init; }
}

/// <summary>The answer to POST /api/campaigns/{id}/metrics : a table of numbers was taken.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Posts">How many posts got numbers.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record MetricsImportResponse(string CampaignId, int Posts, string Message);

/// <summary>A row of a table of numbers that cannot be taken; a 400 carries them as <c>rows</c>.</summary>
/// <param name="Row">The row as a spreadsheet counts: 1 is the one that names the columns.</param>
/// <param name="Column">The column, or null when the whole row is meant.</param>
/// <param name="Value">What stands there, or null.</param>
/// <param name="Reason">What is wrong, in a sentence.</param>
public sealed record RefusedRowDto(int Row, string? Column, string? Value, string Reason);

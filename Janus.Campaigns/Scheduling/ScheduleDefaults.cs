namespace Janus.Campaigns.Scheduling;

/// <summary>The rules by which a campaign's posts go out, and what is wrong with rules that a person gave.</summary>
public static class ScheduleDefaults
{
    /// <summary>How far ahead a campaign may be planned, in years.</summary>
    public const int YearsAhead = 5;

    private static readonly TimeOnly QuietFrom = new(22, 0);
    private static readonly TimeOnly QuietTo = new(7, 0);

    /// <summary>The rules that hold for a campaign: those that a person gave, else the brief's first day and time zone with quiet nights.</summary>
    public static ScheduleRules RulesOf(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return campaign.Schedule ?? new ScheduleRules
        {
            StartDate = campaign.Brief.StartDate,
            TimeZone = campaign.Brief.TimeZone,
            QuietFrom = QuietFrom,
            QuietTo = QuietTo,
        };
    }

    /// <summary>The time zone of rules that are stored. A zone that this machine no longer knows is read as UTC, which the caller can see by its id.</summary>
    public static TimeZoneInfo Zone(this ScheduleRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return IanaZone.Find(rules.TimeZone) ?? TimeZoneInfo.Utc;
    }

    /// <summary>The quiet hours of rules.</summary>
    public static QuietHours Quiet(this ScheduleRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return new QuietHours(rules.QuietFrom, rules.QuietTo);
    }

    /// <summary>What is wrong with rules that a person gave, by field: the field, then what is wrong with it.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="before">The rules that hold now. A first day that stays as it is may have passed.</param>
    /// <param name="now">The instant, UTC.</param>
    public static IReadOnlyList<(string Field, string What)> Check(ScheduleRules rules, ScheduleRules before, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(before);
        if (IanaZone.Find(rules.TimeZone) is not { } zone)
            return [("time_zone", "must be an IANA time zone such as Europe/Berlin or UTC.")];

        var wrong = new List<(string, string)>();
        var today = LocalClock.Today(now, zone);
        var latest = today.AddYears(YearsAhead);
        if (rules.StartDate < today && rules.StartDate != before.StartDate)
            wrong.Add(("start_date", $"lies in the past: in {zone.Id} it is {today:yyyy-MM-dd}."));
        if (rules.StartDate > latest)
            wrong.Add(("start_date", $"must be at most {YearsAhead} years ahead."));
        if (rules.EndDate < rules.StartDate)
            wrong.Add(("end_date", $"lies before the first day, {rules.StartDate:yyyy-MM-dd}."));
        else if (rules.EndDate < today)
            wrong.Add(("end_date", $"lies in the past: in {zone.Id} it is {today:yyyy-MM-dd}."));
        else if (rules.EndDate > latest)
            wrong.Add(("end_date", $"must be at most {YearsAhead} years ahead."));
        if (rules.Quiet().Open < TimeSpan.FromMinutes(QuietHours.LeastOpenMinutes))
            wrong.Add(("quiet_to", "must leave at least one hour of the day in which posts can go out."));
        return wrong;
    }
}

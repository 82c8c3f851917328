namespace Janus.Campaigns.Scheduling;

/// <summary>A date that Janus proposes for a post.</summary>
public sealed record ProposedDate(Post Post, PostDate Date);

/// <summary>
/// Proposes dates for the approved posts that have none: phase by phase and in the order of the plan, one a day, or spread evenly
/// when the campaign has a last day; never in quiet hours, never before what leads to them. The same campaign and day give the same dates.
/// </summary>
public static class ScheduleProposal
{
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(30);

    /// <summary>Proposes. Posts that have a date, or that are still to be approved, keep their places in the order.</summary>
    /// <param name="rules">The campaign's rules.</param>
    /// <param name="posts">Its posts.</param>
    /// <param name="edges">Its edges.</param>
    /// <param name="now">The instant, UTC. The first day that is proposed is the next one in the campaign's time zone.</param>
    /// <returns>The dates in order; null when the campaign's last day leaves no day to propose.</returns>
    public static IReadOnlyList<ProposedDate>? Make(ScheduleRules rules, IReadOnlyList<Post> posts, IReadOnlyList<PostEdge> edges, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(posts);
        ArgumentNullException.ThrowIfNull(edges);
        var tomorrow = LocalClock.Today(now, rules.Zone()).AddDays(1);
        var first = rules.StartDate > tomorrow ? rules.StartDate.Value : tomorrow;
        if (rules.EndDate < first)
            return null;

        var order = PlanOrdering.InOrder([.. posts.Where(post => post.Status is PostStatus.Draft or PostStatus.Approved or PostStatus.Scheduled)], edges);
        var slots = Slots(order.Count, first, rules);
        var dates = posts.Where(post => post.ScheduledAt is not null).ToDictionary(post => post.Id, post => post.PublishedAt ?? post.ScheduledAt!.Value);
        var before = edges.ToLookup(edge => edge.ToPostId, edge => edge.FromPostId);
        var proposed = new List<ProposedDate>();
        foreach (var (post, slot) in order.Zip(slots))
        {
            if (post is not { Status: PostStatus.Approved, ScheduledAt: null })
                continue;
            var led = before[post.Id].Where(dates.ContainsKey).Select(id => dates[id]).DefaultIfEmpty().Max();
            var date = Place(slot, led, [.. dates.Values], rules);
            dates[post.Id] = date.At;
            proposed.Add(new ProposedDate(post, date));
        }

        return proposed;
    }

    private static IEnumerable<DateTime> Slots(int posts, DateOnly first, ScheduleRules rules)
    {
        var days = rules.EndDate is { } last ? last.DayNumber - first.DayNumber + 1 : Math.Max(posts, 1);
        return Enumerable.Range(0, posts).GroupBy(number => (int)((long)number * days / posts))
            .SelectMany(day => rules.Quiet().Spread(day.Count()).Select(time => first.AddDays(day.Key).ToDateTime(time)));
    }

    // After what leads to it, on the day that follows; beside what goes out at the same instant, half an hour later.
    private static PostDate Place(DateTime slot, DateTimeOffset led, HashSet<DateTimeOffset> taken, ScheduleRules rules)
    {
        var date = PostDate.Of(slot, rules);
        if (date.At <= led)
            date = PostDate.Of(LocalClock.At(led, rules.Zone()).Local.Date.AddDays(1) + slot.TimeOfDay, rules);
        while (taken.Contains(date.At) || rules.Quiet().Contains(TimeOnly.FromDateTime(date.Local)))
            date = PostDate.Of(date.At + Apart, rules);
        return date;
    }
}

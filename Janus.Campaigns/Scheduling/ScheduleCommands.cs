using System.Globalization;
using Janus.Campaigns.Events;
using Janus.Campaigns.Posts;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Scheduling;

/// <summary>When a post should go out: at a time on the wall of the campaign's time zone, or at an instant.</summary>
/// <param name="Local">The time on the wall; null when an instant is given.</param>
/// <param name="At">The instant; null when a time on the wall is given.</param>
public readonly record struct WantedTime(DateTime? Local, DateTimeOffset? At)
{
    internal PostDate Resolve(ScheduleRules rules) => Local is { } local
        ? PostDate.Of(local, rules)
        : PostDate.Of(At ?? throw new InvalidOperationException("Neither a time on the wall nor an instant was given."), rules);
}

/// <summary>What a person decides about when posts go out.</summary>
public sealed class ScheduleCommands(CampaignWriter writer)
{
    /// <summary>Sets the rules of a campaign. Posts that have a date keep their instant.</summary>
    /// <returns>Where the campaign stands; or a refusal: <see cref="RefusalKind.Unchanged"/>, or <see cref="RefusalKind.Invalid"/> for rules that make no sense.</returns>
    public Task<Decision<CampaignStanding>> SetRulesAsync(string publicId, ScheduleRules rules, CancellationToken cancellationToken) =>
        writer.ChangeAsync("set_schedule_rules", publicId, (change, _) =>
        {
            var before = ScheduleDefaults.RulesOf(change.Campaign);
            if (ScheduleDefaults.Check(rules, before, change.Now) is [var (field, what), ..])
                return Refuse<CampaignStanding>(RefusalKind.Invalid, $"{field} {what}");
            if (rules == change.Campaign.Schedule)
                return Refuse<CampaignStanding>(RefusalKind.Unchanged, "These are the rules already.");

            change.Campaign.Schedule = rules;
            change.Record(EventKind.ScheduleChanged, rules);
            return Task.FromResult(Decision<CampaignStanding>.Accept(CampaignStanding.Of(change, 0)));
        }, cancellationToken);

    /// <summary>Gives every approved post without a date the one that is proposed now, in one transaction.</summary>
    /// <returns>The dates in order; or a refusal when there is nothing to give.</returns>
    public Task<Decision<IReadOnlyList<ProposedDate>>> ApplyAsync(string publicId, CancellationToken cancellationToken) =>
        writer.ChangeAsync("apply_schedule", publicId, async (change, token) =>
        {
            if (WhyNoDates(change.Campaign) is { } reason)
                return Decision<IReadOnlyList<ProposedDate>>.Refuse(RefusalKind.Conflict, reason);
            var posts = await change.Context.Posts.AsTracking()
                .Where(post => post.CampaignId == change.Campaign.Id && post.Status != PostStatus.Archived).ToListAsync(token);
            var edges = await change.Context.Edges.Where(edge => edge.CampaignId == change.Campaign.Id).ToListAsync(token);
            var rules = ScheduleDefaults.RulesOf(change.Campaign);
            var decision = Propose(rules, posts, edges, change.Now);
            if (decision.IsAccepted)
            {
                foreach (var (post, date) in decision.Value)
                    Schedule(change, post, date, rules);
            }

            return decision;
        }, cancellationToken);

    /// <summary>Gives an approved post a date, or a scheduled one another.</summary>
    /// <param name="pk">The post's key.</param>
    /// <param name="wanted">When. Quiet hours and days outside the campaign are allowed, and said in the notes.</param>
    /// <param name="seen">The post's <see cref="Post.ChangedVersion"/> that the person saw; null to decide without having looked.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>The date; or a refusal: <see cref="RefusalKind.Invalid"/> for a date in the past, <see cref="RefusalKind.Stale"/>, <see cref="RefusalKind.Unchanged"/>.</returns>
    public Task<Decision<PostDate>> SetDateAsync(int pk, WantedTime wanted, long? seen, CancellationToken cancellationToken) =>
        writer.ChangePostAsync("schedule_post", pk, async (change, post, token) =>
        {
            if ((WhyNoDates(change.Campaign) ?? WhyNoDate(post)) is { } reason)
                return Decision<PostDate>.Refuse(RefusalKind.Conflict, reason);
            if (await Meanwhile.RefuseAsync(change, post, seen, token) is { } stale)
                return Decision<PostDate>.Refuse(stale);

            var rules = ScheduleDefaults.RulesOf(change.Campaign);
            var date = wanted.Resolve(rules);
            if (date.At <= change.Now)
                return Decision<PostDate>.Refuse(RefusalKind.Invalid, $"{LocalClock.SayDay(date.Local)}, {LocalClock.SayTime(date.Local)} in {rules.TimeZone} lies in the past. Give a date that is still to come.");
            if (LocalClock.Today(date.At, TimeZoneInfo.Utc) > LocalClock.Today(change.Now, TimeZoneInfo.Utc).AddYears(ScheduleDefaults.YearsAhead))
                return Decision<PostDate>.Refuse(RefusalKind.Invalid, $"A date must be at most {ScheduleDefaults.YearsAhead} years ahead.");
            if (post.ScheduledAt == date.At)
                return Decision<PostDate>.Refuse(RefusalKind.Unchanged, "The post has this date already.");

            Schedule(change, post, date, rules);
            return Decision<PostDate>.Accept(date);
        }, cancellationToken);

    /// <summary>Takes a scheduled post's date away; it is approved still.</summary>
    public Task<Decision<Post>> UnscheduleAsync(int pk, CancellationToken cancellationToken) =>
        writer.ChangePostAsync("unschedule_post", pk, (change, post, _) =>
        {
            if (post.Status is not PostStatus.Scheduled)
                return Refuse<Post>(RefusalKind.Conflict, $"A post that is {post.Status.ToWord()} has no date to take away.");

            post.Status = PostStatus.Approved;
            post.ScheduledAt = null;
            change.Record(EventKind.PostUnscheduled, new { post_pk = pk });
            return Task.FromResult(Decision<Post>.Accept(post));
        }, cancellationToken);

    internal static Decision<IReadOnlyList<ProposedDate>> Propose(
        ScheduleRules rules, IReadOnlyList<Post> posts, IReadOnlyList<PostEdge> edges, DateTimeOffset now) =>
        ScheduleProposal.Make(rules, posts, edges, now) switch
        {
            null => Decision<IReadOnlyList<ProposedDate>>.Refuse(
                RefusalKind.Conflict, string.Create(CultureInfo.InvariantCulture, $"The campaign's last day, {rules.EndDate:yyyy-MM-dd}, leaves no day to propose. Give it a later one.")),
            { Count: 0 } => Decision<IReadOnlyList<ProposedDate>>.Refuse(RefusalKind.Conflict, "No approved post is without a date."),
            var dates => Decision<IReadOnlyList<ProposedDate>>.Accept(dates),
        };

    private static void Schedule(CampaignChange change, Post post, PostDate date, ScheduleRules rules)
    {
        post.Status = PostStatus.Scheduled;
        post.ScheduledAt = date.At;
        post.UpdatedAt = change.Now;
        change.Record(EventKind.PostScheduled, new
        {
            post_pk = post.Id,
            at = date.At,
            local = date.Local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
            time_zone = rules.TimeZone,
            notes = date.Notes.Count > 0 ? date.Notes : null,
        });
    }

    private static string? WhyNoDates(Campaign campaign) =>
        campaign.Phase == Phase.Completed ? "A completed campaign gets no new dates." : null;

    private static string? WhyNoDate(Post post) => post.Status switch
    {
        PostStatus.Approved or PostStatus.Scheduled => null,
        PostStatus.Draft => $"\"{post.Title}\" is a draft. Approve it first, then give it a date.",
        PostStatus.Rejected => $"\"{post.Title}\" is rejected. Approve it first, then give it a date.",
        _ => $"A post that is {post.Status.ToWord()} gets no other date.",
    };

    private static Task<Decision<T>> Refuse<T>(RefusalKind kind, string reason) => Task.FromResult(Decision<T>.Refuse(kind, reason));
}

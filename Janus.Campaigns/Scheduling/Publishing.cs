using Janus.Campaigns.Events;
using Janus.Campaigns.Posts;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Scheduling;

/// <summary>Numbers that somebody reported of a post; null where they said nothing, which leaves what was reported before.</summary>
public sealed record ReportedNumbers(long? Likes, long? Impressions, long? Retweets, long? Comments)
{
    /// <summary>Whether anything was said at all.</summary>
    public bool Any => (Likes ?? Impressions ?? Retweets ?? Comments) is not null;
}

/// <summary>What people and integrations say about posts that are out. Janus itself publishes nothing and makes up no number.</summary>
public sealed class Publishing(CampaignWriter writer)
{
    /// <summary>Says that a post is out. The first one of a scheduled campaign makes it active.</summary>
    /// <param name="pk">The post's key.</param>
    /// <param name="at">When it went out, UTC; now when null.</param>
    /// <param name="url">Where it can be seen, or null.</param>
    /// <param name="seen">The post's <see cref="Post.ChangedVersion"/> that the person saw; null to decide without having looked.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public Task<Decision<Post>> PublishAsync(int pk, DateTimeOffset? at, Uri? url, long? seen, CancellationToken cancellationToken) =>
        writer.ChangePostAsync("publish_post", pk, async (change, post, token) =>
        {
            if ((WhyNotPublish(post) ?? WhyNotPublish(change.Campaign)) is { } reason)
                return Decision<Post>.Refuse(RefusalKind.Conflict, reason);
            if (await Meanwhile.RefuseAsync(change, post, seen, token) is { } stale)
                return Decision<Post>.Refuse(stale);
            if (at > change.Now)
                return Decision<Post>.Refuse(RefusalKind.Invalid, "A post that is out went out before now, not later.");

            post.Status = PostStatus.Published;
            post.PublishedAt = at ?? change.Now;
            post.PublishedUrl = url?.AbsoluteUri;
            change.Record(EventKind.PostPublished, new { post_pk = pk, at = post.PublishedAt, url = post.PublishedUrl });
            return change.Campaign.Phase == Phase.Scheduled && change.Move(Phase.Active, PhaseCause.FirstPostOut, null) is { } refusal
                ? Decision<Post>.Refuse(refusal)
                : Decision<Post>.Accept(post);
        }, cancellationToken);

    /// <summary>Takes what was reported of a post that is out.</summary>
    public Task<Decision<Post>> ReportAsync(int pk, ReportedNumbers numbers, CancellationToken cancellationToken) =>
        writer.ChangePostAsync("report_metrics", pk, async (change, post, token) =>
        {
            if (WhyNoNumbers(post) is { } reason)
                return Decision<Post>.Refuse(RefusalKind.Conflict, reason);

            await TakeAsync(change, post, numbers, token);
            return Decision<Post>.Accept(post);
        }, cancellationToken);

    /// <summary>
    /// Takes what was reported of many posts of one campaign, in one transaction: all of it or nothing.
    /// </summary>
    /// <param name="publicId">The campaign.</param>
    /// <param name="rows">The numbers by post. The caller has checked what can be checked without the campaign.</param>
    /// <param name="refused">Receives the posts that are not of this campaign or not out, with the reason; nothing is written then.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="isWhole">False when the caller has refused a part of the table: nothing is written, but the posts are looked at all the same.</param>
    public Task<Decision<CampaignStanding>> ImportAsync(
        string publicId, IReadOnlyDictionary<int, ReportedNumbers> rows, IDictionary<int, string> refused, CancellationToken cancellationToken, bool isWhole = true) =>
        writer.ChangeAsync("import_metrics", publicId, async (change, token) =>
        {
            // A block that a lock refused runs again from its start.
            refused.Clear();
            var posts = await change.Context.Posts.AsTracking().Where(post => post.CampaignId == change.Campaign.Id).ToDictionaryAsync(post => post.Id, token);
            foreach (var pk in rows.Keys)
            {
                if ((posts.TryGetValue(pk, out var post) ? WhyNoNumbers(post, rows[pk]) : "This campaign has no such post.") is { } reason)
                    refused[pk] = reason;
            }

            if (refused.Count > 0 || !isWhole)
                return Decision<CampaignStanding>.Refuse(RefusalKind.Invalid, "Nothing was imported.");
            var told = rows.Where(row => row.Value.Any).OrderBy(row => row.Key).ToList();
            if (told.Count == 0)
                return Decision<CampaignStanding>.Refuse(RefusalKind.Unchanged, "The file holds no number.");
            foreach (var (pk, numbers) in told)
                await TakeAsync(change, posts[pk], numbers, token);
            return Decision<CampaignStanding>.Accept(CampaignStanding.Of(change, told.Count));
        }, cancellationToken);

    private static async Task TakeAsync(CampaignChange change, Post post, ReportedNumbers numbers, CancellationToken cancellationToken)
    {
        var metrics = await change.Context.Metrics.AsTracking().SingleOrDefaultAsync(row => row.PostId == post.Id, cancellationToken);
        if (metrics is null)
            change.Context.Metrics.Add(metrics = new PostMetrics { PostId = post.Id });
        metrics.Likes = numbers.Likes ?? metrics.Likes;
        metrics.Impressions = numbers.Impressions ?? metrics.Impressions;
        metrics.Retweets = numbers.Retweets ?? metrics.Retweets;
        metrics.Comments = numbers.Comments ?? metrics.Comments;
        metrics.UpdatedAt = change.Now;
        post.Status = PostStatus.Analyzed;
        post.UpdatedAt = change.Now;
        change.Record(EventKind.MetricsReported, new
        {
            post_pk = post.Id, likes = numbers.Likes, impressions = numbers.Impressions, retweets = numbers.Retweets, comments = numbers.Comments,
        });
    }

    private static string? WhyNotPublish(Post post) => post.Status switch
    {
        PostStatus.Approved or PostStatus.Scheduled => null,
        PostStatus.Draft or PostStatus.Rejected => $"\"{post.Title}\" is {(post.Status == PostStatus.Draft ? "a draft" : "rejected")}. Approve it before you say that it is out.",
        PostStatus.Archived => "A new plan took this post's place.",
        _ => "This post is out already.",
    };

    private static string? WhyNotPublish(Campaign campaign) => campaign.Phase switch
    {
        Phase.Planning or Phase.ContentCreation => "The campaign's content is still being made. Posts go out once it is scheduled.",
        Phase.Completed => "The campaign is completed; nothing of it goes out any more.",
        _ => null,
    };

    private static string? WhyNoNumbers(Post post) =>
        post.Status is PostStatus.Published or PostStatus.Analyzed ? null : $"\"{post.Title}\" is not out yet, so it has no numbers.";

    // A row without numbers says nothing about its post, so its post may be one that is not out.
    private static string? WhyNoNumbers(Post post, ReportedNumbers numbers) => numbers.Any ? WhyNoNumbers(post) : null;

}

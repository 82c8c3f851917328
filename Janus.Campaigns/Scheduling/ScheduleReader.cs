using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Scheduling;

/// <summary>A post as a schedule shows it.</summary>
/// <param name="Post">The post.</param>
/// <param name="Date">When it is to go out; null while it has no date.</param>
/// <param name="Published">When it went out; null while it has not.</param>
/// <param name="Metrics">Its reported numbers, or null.</param>
/// <param name="Texts">Its current texts by letter.</param>
public sealed record TimedPost(Post Post, PostDate? Date, PostDate? Published, PostMetrics? Metrics, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>When it went out, else when it is to; null while it has no date.</summary>
    public PostDate? GoesOut => Published ?? Date;

    /// <summary>The text that a person chose; both, each with its letter, while nobody has.</summary>
    public string ChosenText() => Post.SelectedVariant is { } letter && Texts.TryGetValue(letter, out var chosen)
        ? chosen
        : string.Join("\n\n", Texts.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => $"{text.Key}: {text.Value}"));
}

/// <summary>When the posts of a campaign go out, read in one snapshot.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Rules">The rules that hold.</param>
/// <param name="Today">The day that it is in its time zone.</param>
/// <param name="Posts">Its posts that are not archived, in the order of the plan.</param>
/// <param name="Edges">Its edges.</param>
public sealed record CampaignTimes(
    Campaign Campaign, ScheduleRules Rules, DateOnly Today, IReadOnlyList<TimedPost> Posts, IReadOnlyList<PostEdge> Edges);

/// <summary>Reads when posts go out. The number of queries does not grow with the number of posts.</summary>
public sealed class ScheduleReader(CampaignDatabase database, TimeProvider time)
{
    /// <summary>A campaign's schedule; null when there is no such campaign.</summary>
    public Task<CampaignTimes?> ReadAsync(string publicId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "read_schedule",
            async (context, token) => await context.Campaigns.SingleOrDefaultAsync(row => row.PublicId == publicId, token) is { } campaign
                ? await ReadAsync(context, campaign, token)
                : null,
            cancellationToken);

    /// <summary>The schedule of a post's campaign; null when there is no such post.</summary>
    public Task<CampaignTimes?> OfPostAsync(int pk, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "read_post_schedule",
            async (context, token) => await context.Campaigns
                .SingleOrDefaultAsync(row => context.Posts.Any(post => post.Id == pk && post.CampaignId == row.Id), token) is { } campaign
                ? await ReadAsync(context, campaign, token)
                : null,
            cancellationToken);

    /// <summary>The dates that would be given now; nothing is stored. Null when there is no such campaign.</summary>
    public async Task<Decision<IReadOnlyList<ProposedDate>>> ProposeAsync(string publicId, CancellationToken cancellationToken) =>
        await ReadAsync(publicId, cancellationToken) is { } times
            ? ScheduleCommands.Propose(times.Rules, [.. times.Posts.Select(timed => timed.Post)], times.Edges, time.GetUtcNow())
            : Decision<IReadOnlyList<ProposedDate>>.Refuse(RefusalKind.NotFound, "There is no such campaign.");

    private async Task<CampaignTimes?> ReadAsync(CampaignsContext context, Campaign campaign, CancellationToken cancellationToken)
    {
        var rules = ScheduleDefaults.RulesOf(campaign);
        var posts = await context.Posts.Where(post => post.CampaignId == campaign.Id && post.Status != PostStatus.Archived).ToListAsync(cancellationToken);
        var edges = await context.Edges.Where(edge => edge.CampaignId == campaign.Id).ToListAsync(cancellationToken);
        var metrics = await context.Metrics.Where(row => context.Posts.Any(post => post.Id == row.PostId && post.CampaignId == campaign.Id))
            .ToDictionaryAsync(row => row.PostId, cancellationToken);
        var texts = (await context.Posts.Where(post => post.CampaignId == campaign.Id)
            .Join(context.Variants, post => post.Id, variant => variant.PostId, (post, variant) => new { post, variant })
            .Where(pair => pair.variant.Generation == (pair.variant.Letter == "A" ? pair.post.CurrentA : pair.post.CurrentB))
            .Select(pair => new { pair.variant.PostId, pair.variant.Letter, pair.variant.Text }).ToListAsync(cancellationToken))
            .ToLookup(row => row.PostId);
        return new CampaignTimes(
            campaign, rules, LocalClock.Today(time.GetUtcNow(), rules.Zone()),
            [.. PlanOrdering.InOrder(posts, edges).Select(post => new TimedPost(
                post, DateOf(post.ScheduledAt, rules), WentOut(post.PublishedAt, rules), metrics.GetValueOrDefault(post.Id),
                texts[post.Id].ToDictionary(row => row.Letter, row => row.Text, StringComparer.Ordinal)))],
            edges);
    }

    // Nobody can still do anything about the hour at which a post went out, so nothing is said about it.
    private static PostDate? WentOut(DateTimeOffset? at, ScheduleRules rules) => DateOf(at, rules) is { } date ? date with { Notes = [] } : null;

    private static PostDate? DateOf(DateTimeOffset? at, ScheduleRules rules) => at is { } instant ? PostDate.Of(instant, rules) : null;
}

using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Reading;

/// <summary>Progress of a campaign or a post, in parts: one text and two pictures for each post.</summary>
/// <param name="Done">Complete.</param>
/// <param name="Total">All.</param>
/// <param name="Failed">Dead.</param>
/// <param name="Running">Being made.</param>
/// <param name="Reasons">Why parts failed, each reason once.</param>
public sealed record PartProgress(int Done, int Total, int Failed, int Running, IReadOnlyList<string> Reasons)
{
    /// <summary>No parts at all.</summary>
    public static PartProgress None { get; } = new(0, 0, 0, 0, []);
}

/// <summary>A campaign in a list.</summary>
public sealed record CampaignSummary(Campaign Campaign, int Posts, int Connections, PartProgress Parts);

/// <summary>A post with what a graph shows of it.</summary>
/// <param name="Post">The post.</param>
/// <param name="Next">The posts that follow it.</param>
/// <param name="Parts">Its progress.</param>
/// <param name="Variants">Its variants, A before B, newest generation first.</param>
/// <param name="Metrics">Its reported numbers, or null.</param>
public sealed record PostView(Post Post, IReadOnlyList<int> Next, PartProgress Parts, IReadOnlyList<Variant> Variants, PostMetrics? Metrics)
{
    /// <summary>The current variant of a letter, or null.</summary>
    public Variant? Current(string letter) => Variants.FirstOrDefault(variant => variant.Letter == letter && variant.Generation == Post.CurrentOf(letter));

    /// <summary>Whether A and B both have text and a picture.</summary>
    public bool AssetsReady => Current("A")?.Asset is not null && Current("B")?.Asset is not null;
}

/// <summary>A campaign with all its posts, read in one snapshot.</summary>
public sealed record CampaignGraph(Campaign Campaign, IReadOnlyList<PostView> Posts, int Connections, PartProgress Parts);

/// <summary>Reads campaigns. Nothing here writes; the number of queries does not grow with the number of posts.</summary>
public sealed class CampaignReader(CampaignDatabase database)
{
    /// <summary>A page of campaigns, newest first, and how many there are in all.</summary>
    public Task<(IReadOnlyList<CampaignSummary> Campaigns, int Total)> ListAsync(int skip, int take, CancellationToken cancellationToken) =>
        database.ReadAsync<(IReadOnlyList<CampaignSummary>, int)>(
            "list_campaigns",
            async (context, token) =>
            {
                var total = await context.Campaigns.CountAsync(token);
                var campaigns = await context.Campaigns.OrderByDescending(campaign => campaign.Id).Skip(skip).Take(take).ToListAsync(token);
                var ids = campaigns.Select(campaign => campaign.Id).ToList();
                var posts = await context.Posts.Where(post => ids.Contains(post.CampaignId) && post.Status != PostStatus.Archived)
                    .GroupBy(post => post.CampaignId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, token);
                var edges = await context.Edges.Where(edge => ids.Contains(edge.CampaignId))
                    .GroupBy(edge => edge.CampaignId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, token);
                var parts = (await context.Steps.Where(step => ids.Contains(step.CampaignId))
                    .GroupBy(step => new { step.CampaignId, step.State, step.LastError })
                    .Select(group => new { group.Key.CampaignId, group.Key.State, group.Key.LastError, Count = group.Count() }).ToListAsync(token))
                    .ToLookup(group => group.CampaignId, group => new StateCount(group.State, group.LastError, group.Count));
                return ([.. campaigns.Select(campaign => new CampaignSummary(
                    campaign, posts.GetValueOrDefault(campaign.Id), edges.GetValueOrDefault(campaign.Id), Progress(parts[campaign.Id])))], total);
            },
            cancellationToken);

    /// <summary>The id and version of a campaign, or of the newest one when no id is given; null when there is none. Cheap: for ETags.</summary>
    public Task<(string PublicId, int Id, long Version)?> VersionAsync(string? publicId, CancellationToken cancellationToken) =>
        database.ReadAsync<(string, int, long)?>(
            "read_version",
            async (context, token) =>
            {
                var wanted = publicId is null ? context.Campaigns.OrderByDescending(c => c.Id) : context.Campaigns.Where(c => c.PublicId == publicId);
                var found = await wanted.Select(c => new { c.PublicId, c.Id, c.Version }).FirstOrDefaultAsync(token);
                return found is null ? null : (found.PublicId, found.Id, found.Version);
            },
            cancellationToken);

    /// <summary>A whole campaign, or the newest when no id is given; null when there is none.</summary>
    public Task<CampaignGraph?> GraphAsync(string? publicId, CancellationToken cancellationToken) =>
        database.ReadAsync("read_graph", (context, token) => GraphAsync(context, publicId, token), cancellationToken);

    /// <summary>A post's variants, A before B, newest generation first within a letter; null when there is no such post.</summary>
    public Task<PostView?> PostAsync(int pk, CancellationToken cancellationToken) =>
        database.ReadAsync<PostView?>(
            "read_post",
            async (context, token) =>
            {
                var post = await context.Posts.SingleOrDefaultAsync(p => p.Id == pk, token);
                if (post is null)
                    return null;
                var variants = await context.Variants.Where(v => v.PostId == pk).OrderBy(v => v.Letter).ThenByDescending(v => v.Generation).ToListAsync(token);
                return new PostView(post, [], PartProgress.None, variants, null);
            },
            cancellationToken);

    private static async Task<CampaignGraph?> GraphAsync(CampaignsContext context, string? publicId, CancellationToken cancellationToken)
    {
        var wanted = publicId is null ? context.Campaigns.OrderByDescending(c => c.Id) : context.Campaigns.Where(c => c.PublicId == publicId).OrderBy(c => c.Id);
        var campaign = await wanted.FirstOrDefaultAsync(cancellationToken);
        if (campaign is null)
            return null;

        var posts = await context.Posts.Where(post => post.CampaignId == campaign.Id && post.Status != PostStatus.Archived)
            .OrderBy(post => post.Id).ToListAsync(cancellationToken);
        var edges = await context.Edges.Where(edge => edge.CampaignId == campaign.Id).OrderBy(edge => edge.ToPostId).ToListAsync(cancellationToken);
        var ofCampaign = context.Posts.Where(post => post.CampaignId == campaign.Id).Select(post => post.Id);
        var variants = (await context.Variants.Where(variant => ofCampaign.Contains(variant.PostId))
            .OrderBy(variant => variant.Letter).ThenByDescending(variant => variant.Generation).ToListAsync(cancellationToken)).ToLookup(variant => variant.PostId);
        var metrics = await context.Metrics.Where(m => ofCampaign.Contains(m.PostId)).ToDictionaryAsync(m => m.PostId, cancellationToken);
        var steps = (await context.Steps.Where(step => step.CampaignId == campaign.Id)
            .Select(step => new { step.PostId, step.State, step.LastError }).ToListAsync(cancellationToken))
            .ToLookup(step => step.PostId, step => new StateCount(step.State, step.LastError, 1));

        var shown = posts.Select(post => post.Id).ToHashSet();
        var next = edges.Where(edge => shown.Contains(edge.FromPostId) && shown.Contains(edge.ToPostId)).ToLookup(edge => edge.FromPostId, edge => edge.ToPostId);
        return new CampaignGraph(
            campaign,
            [.. posts.Select(post => new PostView(
                post, [.. next[post.Id]], Progress(steps[post.Id]), [.. variants[post.Id]], metrics.GetValueOrDefault(post.Id)))],
            next.Sum(group => group.Count()), Progress(steps.SelectMany(group => group)));
    }

    private sealed record StateCount(StepState State, string? Error, int Count);

    private static PartProgress Progress(IEnumerable<StateCount> states)
    {
        var counts = states.ToList();
        int Count(StepState state) => counts.Where(c => c.State == state).Sum(c => c.Count);
        return new PartProgress(
            Count(StepState.Done), counts.Sum(c => c.Count), Count(StepState.Dead), Count(StepState.Running),
            [.. counts.Where(c => c is { State: StepState.Dead, Error: not null }).Select(c => c.Error!).Distinct(StringComparer.Ordinal)]);
    }
}

using Janus.Campaigns.Spending;
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
/// <param name="Campaign">The campaign.</param>
/// <param name="Posts">How many posts it has.</param>
/// <param name="Connections">How many edges.</param>
/// <param name="Parts">Its progress.</param>
/// <param name="IsSample">Whether the sample studio wrote any of it.</param>
/// <param name="Pictures">At most <see cref="CampaignReader.MostPictures"/> of its pictures, oldest first.</param>
/// <param name="CapMicroUsd">What it may cost, in millionths of a US dollar.</param>
public sealed record CampaignSummary(
    Campaign Campaign, int Posts, int Connections, PartProgress Parts, bool IsSample, IReadOnlyList<string> Pictures, long CapMicroUsd);

/// <summary>A campaign that changed.</summary>
/// <param name="PublicId">Its public id.</param>
/// <param name="Version">The number of its latest event.</param>
/// <param name="UpdatedAt">When it changed last, UTC.</param>
/// <param name="IsDeleted">Whether that change was its end; the version is 0 then.</param>
public sealed record ChangedCampaign(string PublicId, long Version, DateTimeOffset UpdatedAt, bool IsDeleted);

/// <summary>A page of campaigns.</summary>
/// <param name="Campaigns">The campaigns.</param>
/// <param name="Total">How many match in all.</param>
/// <param name="Counts">How many hold the text that was searched for, by where they stand; those without any are left out.</param>
public sealed record CampaignPage(IReadOnlyList<CampaignSummary> Campaigns, int Total, IReadOnlyDictionary<string, int> Counts);

/// <summary>What a graph reads of a variant: not its words, which are the most of it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="PostId">Its post.</param>
/// <param name="Letter">A or B.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="Asset">Its picture's file name, or null.</param>
/// <param name="Author">Who wrote it.</param>
public sealed record VariantView(int Id, int PostId, string Letter, int Generation, string? Asset, Author Author);

/// <summary>A post with its variants in full.</summary>
/// <param name="Post">The post.</param>
/// <param name="Variants">Its variants, A before B, newest generation first.</param>
public sealed record PostVariants(Post Post, IReadOnlyList<Variant> Variants)
{
    /// <summary>The current variant of a letter, or null.</summary>
    public Variant? Current(string letter) => Variants.FirstOrDefault(variant => variant.Letter == letter && variant.Generation == Post.CurrentOf(letter));
}

/// <summary>A post with what a graph shows of it.</summary>
/// <param name="Post">The post.</param>
/// <param name="Next">The posts that follow it.</param>
/// <param name="Parts">Its progress.</param>
/// <param name="Variants">Its variants, A before B, newest generation first.</param>
/// <param name="Metrics">Its reported numbers, or null.</param>
/// <param name="Faces">How far each letter is, by letter.</param>
public sealed record PostView(
    Post Post, IReadOnlyList<int> Next, PartProgress Parts, IReadOnlyList<VariantView> Variants, PostMetrics? Metrics,
    IReadOnlyDictionary<string, FaceState> Faces)
{
    /// <summary>The current variant of a letter, or null.</summary>
    public VariantView? Current(string letter) => Variants.FirstOrDefault(variant => variant.Letter == letter && variant.Generation == Post.CurrentOf(letter));

    /// <summary>Whether A and B both have text and a picture.</summary>
    public bool AssetsReady => Current("A")?.Asset is not null && Current("B")?.Asset is not null;
}

/// <summary>A campaign with all its posts, read in one snapshot.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Posts">Its posts, in plan order.</param>
/// <param name="Connections">How many edges it has.</param>
/// <param name="Parts">Its progress.</param>
/// <param name="CapMicroUsd">What it may cost, in millionths of a US dollar.</param>
/// <param name="ProposalId">The public id of the new plan that waits for a person, or null.</param>
public sealed record CampaignGraph(
    Campaign Campaign, IReadOnlyList<PostView> Posts, int Connections, PartProgress Parts, long CapMicroUsd, string? ProposalId)
{
    /// <summary>Whether the sample studio wrote any of it.</summary>
    public bool IsSample => Posts.Any(post => post.Variants.Any(variant => variant.Author == Author.Sample));

    /// <summary>At most <see cref="CampaignReader.MostPictures"/> of its pictures, oldest first.</summary>
    public IReadOnlyList<string> Pictures => [.. Posts.SelectMany(post => (VariantView?[])[post.Current("A"), post.Current("B")])
        .OfType<VariantView>().Where(variant => variant.Asset is not null).OrderBy(variant => variant.Id).Select(variant => variant.Asset!).Take(CampaignReader.MostPictures)];
}

/// <summary>Reads campaigns. Nothing here writes; the number of queries does not grow with the number of posts.</summary>
public sealed class CampaignReader(CampaignDatabase database, BudgetOptions budget)
{
    /// <summary>The most pictures that stand for a campaign in a list.</summary>
    public const int MostPictures = 4;

    private static readonly string[] Letters = ["A", "B"];

    /// <summary>A page of campaigns, newest first, and how many there are in all.</summary>
    public Task<CampaignPage> ListAsync(CampaignSearch search, int skip, int take, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "list_campaigns",
            async (context, token) =>
            {
                var counts = await CountAsync(context, search, token);
                var campaigns = await search.Shown(context).OrderByDescending(campaign => campaign.Id).Skip(skip).Take(take).ToListAsync(token);
                var ids = campaigns.Select(campaign => campaign.Id).ToList();
                var posts = await context.Posts.Where(post => ids.Contains(post.CampaignId) && post.Status != PostStatus.Archived)
                    .GroupBy(post => post.CampaignId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, token);
                var edges = await context.Edges.Where(edge => ids.Contains(edge.CampaignId))
                    .GroupBy(edge => edge.CampaignId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, token);
                var parts = (await context.Steps
                    .Where(step => ids.Contains(step.CampaignId) && step.BaseGeneration == null
                        && !context.Posts.Any(post => post.Id == step.PostId && post.Status == PostStatus.Archived))
                    .GroupBy(step => new { step.CampaignId, step.State, step.LastError })
                    .Select(group => new { group.Key.CampaignId, group.Key.State, group.Key.LastError, Count = group.Count() }).ToListAsync(token))
                    .ToLookup(group => group.CampaignId, group => new StateCount(group.State, group.LastError, group.Count));
                var samples = await context.Posts
                    .Where(post => ids.Contains(post.CampaignId) && post.Status != PostStatus.Archived && context.Variants.Any(variant => variant.PostId == post.Id && variant.Author == Author.Sample))
                    .Select(post => post.CampaignId).Distinct().ToHashSetAsync(token);
                var pictures = await PicturesAsync(context, ids, token);
                return new CampaignPage(
                    [.. campaigns.Select(campaign => new CampaignSummary(
                        campaign, posts.GetValueOrDefault(campaign.Id), edges.GetValueOrDefault(campaign.Id), Progress(parts[campaign.Id]),
                        samples.Contains(campaign.Id), [.. pictures[campaign.Id]], budget.CampaignCap(campaign.CapMicroUsd)))],
                    search.Standing is { } stage ? counts.GetValueOrDefault(stage.Word) : counts.Values.Sum(),
                    counts);
            },
            cancellationToken);

    /// <summary>The campaigns that changed at or after an instant, in the order of their changes. As many as have: a minute's worth is few.</summary>
    public Task<IReadOnlyList<ChangedCampaign>> ChangedAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ChangedCampaign>>(
            "read_changed",
            async (context, token) =>
            {
                var changed = await context.Campaigns.Where(campaign => campaign.UpdatedAt >= from)
                    .OrderBy(campaign => campaign.UpdatedAt).ThenBy(campaign => campaign.Id)
                    .Select(campaign => new ChangedCampaign(campaign.PublicId, campaign.Version, campaign.UpdatedAt, false)).ToListAsync(token);
                // The word as it is in the filter of the index, so that nothing else of the audit log is read.
                changed.AddRange(await context.Audit.Where(entry => entry.Action == "campaign_deleted" && entry.At >= from)
                    .OrderBy(entry => entry.At).Select(entry => new ChangedCampaign(entry.Subject!, 0, entry.At, true)).ToListAsync(token));
                return changed;
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

    /// <summary>Where a campaign stands, as a command that changes nothing says it; null when there is none.</summary>
    public Task<CampaignStanding?> StandingAsync(string publicId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "read_standing",
            (context, token) => context.Campaigns.Where(c => c.PublicId == publicId)
                .Select(c => new CampaignStanding(c.PublicId, c.Phase, c.Version, 0)).SingleOrDefaultAsync(token),
            cancellationToken);

    /// <summary>A whole campaign, or the newest when no id is given; null when there is none.</summary>
    public Task<CampaignGraph?> GraphAsync(string? publicId, CancellationToken cancellationToken) =>
        database.ReadAsync("read_graph", (context, token) => GraphAsync(context, publicId, token), cancellationToken);

    /// <summary>A post's variants, A before B, newest generation first within a letter; null when there is no such post.</summary>
    public Task<PostVariants?> PostAsync(int pk, CancellationToken cancellationToken) =>
        database.ReadAsync<PostVariants?>(
            "read_post",
            async (context, token) =>
            {
                var post = await context.Posts.SingleOrDefaultAsync(p => p.Id == pk, token);
                if (post is null)
                    return null;
                var variants = await context.Variants.Where(v => v.PostId == pk).OrderBy(v => v.Letter).ThenByDescending(v => v.Generation).ToListAsync(token);
                return new PostVariants(post, variants);
            },
            cancellationToken);

    private static async Task<Dictionary<string, int>> CountAsync(CampaignsContext context, CampaignSearch search, CancellationToken cancellationToken)
    {
        var groups = await search.Matching(context)
            .GroupBy(campaign => new { campaign.Phase, HasFailed = campaign.Phase == Phase.Planning && campaign.LastError != null })
            .Select(group => new { group.Key.Phase, group.Key.HasFailed, Count = group.Count() }).ToListAsync(cancellationToken);
        // In an order of their own: each database groups in another.
        return groups.OrderBy(group => group.Phase).ThenBy(group => group.HasFailed).ToDictionary(group => new CampaignStage(group.Phase, group.HasFailed).Word, group => group.Count, StringComparer.Ordinal);
    }

    // A few of each campaign, cut off by the database: a campaign may have any number of them.
    private static async Task<ILookup<int, string>> PicturesAsync(CampaignsContext context, List<int> campaignIds, CancellationToken cancellationToken)
    {
        var current = context.Posts.Where(post => campaignIds.Contains(post.CampaignId) && post.Status != PostStatus.Archived)
            .Join(context.Variants.Where(variant => variant.Asset != null), post => post.Id, variant => variant.PostId, (post, variant) => new { post, variant })
            .Where(pair => pair.variant.Generation == (pair.variant.Letter == "A" ? pair.post.CurrentA : pair.post.CurrentB))
            .Select(pair => new { pair.post.CampaignId, pair.variant.Id, pair.variant.Asset });
        var pictures = await context.Campaigns.Where(campaign => campaignIds.Contains(campaign.Id))
            .SelectMany(campaign => current.Where(picture => picture.CampaignId == campaign.Id).OrderBy(picture => picture.Id).Take(MostPictures))
            .ToListAsync(cancellationToken);
        return pictures.OrderBy(picture => picture.Id).ToLookup(picture => picture.CampaignId, picture => picture.Asset!);
    }

    private async Task<CampaignGraph?> GraphAsync(CampaignsContext context, string? publicId, CancellationToken cancellationToken)
    {
        if (await GraphQueries.CampaignAsync(context, publicId, cancellationToken) is not { } campaign)
            return null;

        var posts = await GraphQueries.PostsAsync(context, campaign.Id, cancellationToken);
        var edges = await GraphQueries.EdgesAsync(context, campaign.Id, cancellationToken);
        var variants = (await GraphQueries.VariantsAsync(context, campaign.Id, cancellationToken)).ToLookup(variant => variant.PostId);
        var metrics = (await GraphQueries.MetricsAsync(context, campaign.Id, cancellationToken)).ToDictionary(m => m.PostId);
        var steps = (await GraphQueries.StepsAsync(context, campaign.Id, cancellationToken)).ToLookup(step => step.PostId);

        var shown = posts.Select(post => post.Id).ToHashSet();
        var next = edges.Where(edge => shown.Contains(edge.FromPostId) && shown.Contains(edge.ToPostId)).ToLookup(edge => edge.FromPostId, edge => edge.ToPostId);
        return new CampaignGraph(
            campaign,
            [.. posts.Select(post => View(post, [.. next[post.Id]], [.. variants[post.Id]], [.. steps[post.Id]], metrics.GetValueOrDefault(post.Id)))],
            next.Sum(group => group.Count()), Progress(steps.SelectMany(group => group)), budget.CampaignCap(campaign.CapMicroUsd),
            await GraphQueries.ProposalAsync(context, campaign.Id, cancellationToken));
    }

    private static PostView View(Post post, IReadOnlyList<int> next, IReadOnlyList<VariantView> variants, IReadOnlyList<StepView> steps, PostMetrics? metrics) => new(
        post, next, Progress(steps), variants, metrics,
        Letters.ToDictionary(
            letter => letter,
            letter => FaceState.Of(letter, variants.FirstOrDefault(v => v.Letter == letter && v.Generation == post.CurrentOf(letter)), steps),
            StringComparer.Ordinal));

    private readonly record struct StateCount(StepState State, string? Error, int Count);

    private static PartProgress Progress(IEnumerable<StepView> steps) =>
        Progress(steps.Where(step => !step.IsRemake).Select(step => new StateCount(step.State, step.Error, 1)));

    private static PartProgress Progress(IEnumerable<StateCount> states)
    {
        var (done, total, failed, running) = (0, 0, 0, 0);
        List<string> reasons = [];
        foreach (var (state, error, count) in states)
        {
            total += count;
            done += state == StepState.Done ? count : 0;
            failed += state == StepState.Dead ? count : 0;
            running += state == StepState.Running ? count : 0;
            if (state == StepState.Dead && error is not null && !reasons.Contains(error))
                reasons.Add(error);
        }

        return new PartProgress(done, total, failed, running, reasons);
    }
}

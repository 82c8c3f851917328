using Janus.Campaigns.Events;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Posts;

/// <summary>The result of approving every post of a campaign.</summary>
/// <param name="Approved">How many were approved now.</param>
/// <param name="Failed">Those that could not be: each with its post and the reason.</param>
public sealed record ApprovedAll(int Approved, IReadOnlyList<PostOutcome> Failed);

/// <summary>A post that is decided about, and the <see cref="Post.ChangedVersion"/> that the person saw; null when they do not say.</summary>
public sealed record SeenPost(int Pk, long? Seen);

/// <summary>What became of a verdict on one of several posts.</summary>
/// <param name="Pk">The post's key.</param>
/// <param name="Post">The post as it is now; null when there is none of that key.</param>
/// <param name="Refusal">Why nothing was changed, or null.</param>
public sealed record PostOutcome(int Pk, Post? Post, Refusal? Refusal);

/// <summary>What became of a verdict on several posts of one campaign.</summary>
/// <param name="CampaignId">The campaign's public id.</param>
/// <param name="Outcomes">One for each post, in the order in which they were named.</param>
public sealed record DecidedPosts(string CampaignId, IReadOnlyList<PostOutcome> Outcomes);

/// <summary>
/// What a person decides about posts. Who says what they saw is refused when somebody else has changed the post since, with a sentence that says
/// what happened: see <see cref="RefusalKind.Stale"/>.
/// </summary>
public sealed class PostDecisions(CampaignDatabase database, CampaignWriter writer)
{
    private const string NoSuchPost = "There is no such post.";

    /// <summary>Chooses a letter.</summary>
    public Task<Decision<Post>> SelectAsync(int pk, string letter, CancellationToken cancellationToken, long? seen = null) =>
        writer.ChangePostAsync("select_variant", pk, async (change, post, token) =>
        {
            if (!await change.Context.Variants.AnyAsync(variant => variant.PostId == pk && variant.Letter == letter, token))
                return Decision<Post>.Refuse(RefusalKind.NotFound, $"Post {pk} has no variant {letter}.");
            if (!post.IsOpen)
                return Decision<Post>.Refuse(RefusalKind.Conflict, $"A post that is {post.Status.ToWord()} is not changed any more.");
            if (await Meanwhile.RefuseAsync(change, post, seen, token) is { } stale)
                return Decision<Post>.Refuse(stale);

            post.SelectedVariant = letter;
            change.Record(EventKind.VariantSelected, new { post_pk = pk, variant = letter });
            return Decision<Post>.Accept(post);
        }, cancellationToken);

    /// <summary>Approves a post.</summary>
    /// <param name="pk">The post's key.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="seen">What the person saw; null when they do not say.</param>
    /// <param name="withoutPictures">Whether a post that lacks a picture is approved too.</param>
    public Task<Decision<Post>> ApproveAsync(int pk, CancellationToken cancellationToken, long? seen = null, bool withoutPictures = true) =>
        DecideAsync("approve", pk, new Verdict(VerdictKind.Approve, WithoutPictures: withoutPictures), seen, cancellationToken);

    /// <summary>Rejects a post, keeping it and the reason.</summary>
    public Task<Decision<Post>> RejectAsync(int pk, string? reason, CancellationToken cancellationToken, long? seen = null) =>
        DecideAsync("reject", pk, new Verdict(VerdictKind.Reject, reason), seen, cancellationToken);

    /// <summary>Takes back an approval or a rejection: the post is a draft again.</summary>
    public Task<Decision<Post>> ReopenAsync(int pk, CancellationToken cancellationToken, long? seen = null) =>
        DecideAsync("reopen", pk, new Verdict(VerdictKind.Reopen), seen, cancellationToken);

    /// <summary>
    /// Gives one verdict on several posts of one campaign, in one transaction. A post that it cannot be given on is in nobody's way: the answer says why.
    /// </summary>
    /// <param name="posts">The posts, each once.</param>
    /// <param name="verdict">What is said.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>What became of each; refused when there is none of them, or they are of several campaigns.</returns>
    public async Task<Decision<DecidedPosts>> DecideAsync(IReadOnlyList<SeenPost> posts, Verdict verdict, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        var keys = posts.Select(post => post.Pk).ToList();
        var campaigns = await database.ReadAsync(
            "find_posts",
            (context, token) => context.Posts.Where(post => keys.Contains(post.Id))
                .Join(context.Campaigns, post => post.CampaignId, campaign => campaign.Id, (_, campaign) => campaign.PublicId).Distinct().OrderBy(id => id).Take(2).ToListAsync(token),
            cancellationToken);
        if (campaigns is not [var campaignId])
        {
            return campaigns.Count == 0
                ? Decision<DecidedPosts>.Refuse(RefusalKind.NotFound, "There are no such posts.")
                : Decision<DecidedPosts>.Refuse(RefusalKind.Invalid, "The posts are of several campaigns; decide about those of one at a time.");
        }

        var outcomes = new List<PostOutcome>();
        var decision = await writer.ChangeAsync("decide", campaignId, async (change, token) =>
        {
            // A block that a lock refused runs again from its start.
            outcomes.Clear();
            var rows = await change.Context.Posts.AsTracking().Where(post => post.CampaignId == change.Campaign.Id && keys.Contains(post.Id)).ToDictionaryAsync(post => post.Id, token);
            foreach (var (pk, seen) in posts)
            {
                outcomes.Add(rows.TryGetValue(pk, out var post)
                    ? new PostOutcome(pk, post, await verdict.GiveAsync(change, post, seen, token))
                    : new PostOutcome(pk, null, new Refusal(RefusalKind.NotFound, NoSuchPost)));
            }

            // A change without an event would leave a gap in the log's numbers, so one that decides nothing is rolled back.
            return outcomes.Exists(outcome => outcome.Refusal is null)
                ? Decision<DecidedPosts>.Accept(new DecidedPosts(campaignId, outcomes))
                : Decision<DecidedPosts>.Refuse(RefusalKind.Unchanged, "Nothing was changed.");
        }, cancellationToken);
        return decision.Refusal?.Kind is RefusalKind.Unchanged ? Decision<DecidedPosts>.Accept(new DecidedPosts(campaignId, outcomes)) : decision;
    }

    /// <summary>
    /// Approves every draft of a campaign that has text; rejected posts stay rejected. Who says what they saw is told of the posts that were changed since,
    /// also of one that was rejected since, and those stay as they are.
    /// </summary>
    /// <param name="publicId">The campaign.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="seen">The campaign's version that the person saw; null when they do not say.</param>
    /// <param name="withoutPictures">Whether a post that lacks a picture is approved too.</param>
    public async Task<Decision<ApprovedAll>> ApproveAllAsync(string publicId, CancellationToken cancellationToken, long? seen = null, bool withoutPictures = true)
    {
        var id = await database.ReadAsync(
            "find_campaign",
            (context, token) => context.Campaigns.Where(c => c.PublicId == publicId).Select(c => (int?)c.Id).SingleOrDefaultAsync(token),
            cancellationToken);
        if (id is not { } campaignId)
            return Decision<ApprovedAll>.Refuse(RefusalKind.NotFound, "There is no such campaign.");

        var drafts = await database.ReadAsync("find_drafts", (context, token) => Drafts(context, campaignId, seen).CountAsync(token), cancellationToken);
        if (drafts == 0)
            return Decision<ApprovedAll>.Accept(new ApprovedAll(0, []));

        var approval = new Verdict(VerdictKind.Approve, WithoutPictures: withoutPictures);
        var failed = new List<PostOutcome>();
        var decision = await writer.ChangeAsync("approve_all", campaignId, async (change, token) =>
        {
            failed.Clear();
            var approved = 0;
            foreach (var post in await Drafts(change.Context, campaignId, seen).AsTracking().OrderBy(post => post.Id).ToListAsync(token))
            {
                if (await approval.GiveAsync(change, post, seen, token) is { } refusal)
                    failed.Add(new PostOutcome(post.Id, post, refusal));
                else
                    approved++;
            }

            // A change without an event would leave a gap in the log's numbers, so one that approves nothing is rolled back.
            return approved > 0
                ? Decision<ApprovedAll>.Accept(new ApprovedAll(approved, failed))
                : Decision<ApprovedAll>.Refuse(RefusalKind.Conflict, "Nothing was approved.");
        }, cancellationToken);
        return decision.Refusal?.Kind is RefusalKind.Conflict ? Decision<ApprovedAll>.Accept(new ApprovedAll(0, failed)) : decision;
    }

    private Task<Decision<Post>> DecideAsync(string operation, int pk, Verdict verdict, long? seen, CancellationToken cancellationToken) =>
        writer.ChangePostAsync(
            operation, pk,
            async (change, post, token) => await verdict.GiveAsync(change, post, seen, token) is { } refusal ? Decision<Post>.Refuse(refusal) : Decision<Post>.Accept(post),
            cancellationToken);

    // What was seen as a draft may have been rejected since: whoever approves all is told.
    private static IQueryable<Post> Drafts(CampaignsContext context, int campaignId, long? seen) =>
        context.Posts.Where(post => post.CampaignId == campaignId
            && (post.Status == PostStatus.Draft || (post.Status == PostStatus.Rejected && post.ChangedVersion > seen)));
}

using Janus.Campaigns.Events;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Posts;

/// <summary>The result of approving every post of a campaign.</summary>
/// <param name="Approved">How many were approved now.</param>
/// <param name="Failed">Those that could not be, and why.</param>
public sealed record ApprovedAll(int Approved, IReadOnlyList<(int Pk, string Title, string Reason)> Failed);

/// <summary>What a person decides about posts.</summary>
public sealed class PostDecisions(CampaignDatabase database, CampaignWriter writer)
{
    /// <summary>Chooses a letter.</summary>
    public Task<Decision<Post>> SelectAsync(int pk, string letter, CancellationToken cancellationToken) =>
        writer.ChangePostAsync("select_variant", pk, async (change, post, token) =>
        {
            if (!await change.Context.Variants.AnyAsync(variant => variant.PostId == pk && variant.Letter == letter, token))
                return Decision<Post>.Refuse(RefusalKind.NotFound, $"Post {pk} has no variant {letter}.");
            if (!post.IsOpen)
                return Decision<Post>.Refuse(RefusalKind.Conflict, $"A post that is {post.Status.ToWord()} is not changed any more.");

            post.SelectedVariant = letter;
            change.Record(EventKind.VariantSelected, new { post_pk = pk, variant = letter });
            return Decision<Post>.Accept(post);
        }, cancellationToken);

    /// <summary>Approves a post.</summary>
    public Task<Decision<Post>> ApproveAsync(int pk, CancellationToken cancellationToken) =>
        writer.ChangePostAsync("approve", pk, (change, post, _) =>
        {
            if (WhyNotApprove(post) is { } reason)
                return Task.FromResult(Decision<Post>.Refuse(RefusalKind.Conflict, reason));

            Approve(change, post);
            return Task.FromResult(Decision<Post>.Accept(post));
        }, cancellationToken);

    /// <summary>Rejects a post, keeping it and the reason.</summary>
    public Task<Decision<Post>> RejectAsync(int pk, string? reason, CancellationToken cancellationToken) =>
        writer.ChangePostAsync("reject", pk, (change, post, _) =>
        {
            if (post.Status is not (PostStatus.Draft or PostStatus.Approved or PostStatus.Rejected))
                return Task.FromResult(Decision<Post>.Refuse(RefusalKind.Conflict, $"A post that is {post.Status.ToWord()} cannot be rejected."));

            post.Status = PostStatus.Rejected;
            post.RejectReason = reason;
            change.Record(EventKind.PostRejected, new { post_pk = pk, reason });
            return Task.FromResult(Decision<Post>.Accept(post));
        }, cancellationToken);

    /// <summary>Approves every draft of a campaign that has text; rejected posts stay rejected.</summary>
    public async Task<Decision<ApprovedAll>> ApproveAllAsync(string publicId, CancellationToken cancellationToken)
    {
        var id = await database.ReadAsync(
            "find_campaign",
            (context, token) => context.Campaigns.Where(c => c.PublicId == publicId).Select(c => (int?)c.Id).SingleOrDefaultAsync(token),
            cancellationToken);
        if (id is not { } campaignId)
            return Decision<ApprovedAll>.Refuse(RefusalKind.NotFound, "There is no such campaign.");

        var drafts = await database.ReadAsync("find_drafts", (context, token) => Drafts(context, campaignId).CountAsync(token), cancellationToken);
        if (drafts == 0)
            return Decision<ApprovedAll>.Accept(new ApprovedAll(0, []));

        var failed = new List<(int, string, string)>();
        var decision = await writer.ChangeAsync("approve_all", campaignId, async (change, token) =>
        {
            // A block that a lock refused runs again from its start.
            failed.Clear();
            var approved = 0;
            foreach (var post in await Drafts(change.Context, campaignId).AsTracking().OrderBy(post => post.Id).ToListAsync(token))
            {
                if (WhyNotApprove(post) is { } reason)
                {
                    failed.Add((post.Id, post.Title, reason));
                    continue;
                }

                Approve(change, post);
                approved++;
            }

            // A change without an event would leave a gap in the log's numbers, so one that approves nothing is rolled back.
            return approved > 0
                ? Decision<ApprovedAll>.Accept(new ApprovedAll(approved, failed))
                : Decision<ApprovedAll>.Refuse(RefusalKind.Conflict, "No post has text yet.");
        }, cancellationToken);
        return decision.Refusal?.Kind is RefusalKind.Conflict ? Decision<ApprovedAll>.Accept(new ApprovedAll(0, failed)) : decision;
    }

    private static IQueryable<Post> Drafts(CampaignsContext context, int campaignId) =>
        context.Posts.Where(post => post.CampaignId == campaignId && post.Status == PostStatus.Draft);

    private static string? WhyNotApprove(Post post) => post switch
    {
        { Status: not (PostStatus.Draft or PostStatus.Approved or PostStatus.Rejected) } => $"A post that is {post.Status.ToWord()} cannot be approved.",
        { CurrentA: 0, CurrentB: 0 } => $"\"{post.Title}\" has no text yet.",
        _ => null,
    };

    private static void Approve(CampaignChange change, Post post)
    {
        post.Status = PostStatus.Approved;
        post.RejectReason = null;
        post.UpdatedAt = change.Now;
        change.Record(EventKind.PostApproved, new { post_pk = post.Id });
    }
}

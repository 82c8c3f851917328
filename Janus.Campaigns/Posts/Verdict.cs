using Janus.Campaigns.Events;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Posts;

/// <summary>What a person says about a post.</summary>
public enum VerdictKind
{
    /// <summary>It may go out.</summary>
    Approve,

    /// <summary>It may not, for a reason that is kept.</summary>
    Reject,

    /// <summary>What was said before is taken back.</summary>
    Reopen,
}

/// <summary>A verdict on one post or on several.</summary>
/// <param name="Kind">What is said.</param>
/// <param name="Reason">Of a rejection: why, or null.</param>
/// <param name="WithoutPictures">Of an approval: whether it also holds for a post that lacks a picture.</param>
public sealed record Verdict(VerdictKind Kind, string? Reason = null, bool WithoutPictures = true)
{
    /// <summary>Carries the verdict out, or refuses it; nothing is changed then.</summary>
    internal async Task<Refusal?> GiveAsync(CampaignChange change, Post post, long? seen, CancellationToken cancellationToken)
    {
        if (await Meanwhile.RefuseAsync(change, post, seen, cancellationToken) is { } stale)
            return stale;
        if (WhyNot(post) is { } refusal)
            return refusal;
        if (this is { Kind: VerdictKind.Approve, WithoutPictures: false } && await MissingPictureAsync(change, post, cancellationToken) is { } letter)
            return new Refusal(RefusalKind.Conflict, $"\"{post.Title}\" has no picture {letter} yet.");

        switch (Kind)
        {
            case VerdictKind.Approve:
                change.Record(EventKind.PostApproved, new { post_pk = post.Id });
                (post.Status, post.RejectReason) = (PostStatus.Approved, null);
                break;
            case VerdictKind.Reject:
                change.Record(EventKind.PostRejected, new { post_pk = post.Id, reason = Reason });
                (post.Status, post.RejectReason) = (PostStatus.Rejected, Reason);
                break;
            default:
                // The row forgets the reason; the log does not.
                change.Record(EventKind.PostReopened, new { post_pk = post.Id, from = post.Status.ToWord(), reason = post.RejectReason });
                (post.Status, post.RejectReason) = (PostStatus.Draft, null);
                break;
        }

        post.UpdatedAt = change.Now;
        return null;
    }

    private Refusal? WhyNot(Post post) => (Kind, post.Status) switch
    {
        (VerdictKind.Approve, PostStatus.Approved) => Unchanged("It is approved already."),
        (VerdictKind.Approve, PostStatus.Draft or PostStatus.Rejected) => post is { CurrentA: 0, CurrentB: 0 } ? Conflict($"\"{post.Title}\" has no text yet.") : null,
        (VerdictKind.Reject, PostStatus.Rejected) => post.RejectReason == Reason ? Unchanged("It is rejected already, for the same reason.") : null,
        (VerdictKind.Reject, PostStatus.Draft or PostStatus.Approved) => null,
        (VerdictKind.Reopen, PostStatus.Draft) => Unchanged("It is a draft already; there is nothing to take back."),
        (VerdictKind.Reopen, PostStatus.Approved or PostStatus.Rejected) => null,
        (not VerdictKind.Approve, PostStatus.Scheduled) => Conflict($"\"{post.Title}\" has a date. Take its date away first."),
        _ => Conflict($"A post that is {post.Status.ToWord()} cannot be {Done}."),
    };

    private string Done => Kind switch
    {
        VerdictKind.Approve => "approved",
        VerdictKind.Reject => "rejected",
        _ => "reopened",
    };

    private static Refusal Conflict(string reason) => new(RefusalKind.Conflict, reason);

    private static Refusal Unchanged(string reason) => new(RefusalKind.Unchanged, reason);

    private static async Task<string?> MissingPictureAsync(CampaignChange change, Post post, CancellationToken cancellationToken)
    {
        var pictured = await change.Context.Variants
            .Where(variant => variant.PostId == post.Id && variant.Asset != null && variant.Generation == (variant.Letter == "A" ? post.CurrentA : post.CurrentB))
            .Select(variant => variant.Letter).ToListAsync(cancellationToken);
        return pictured.Contains("A") ? pictured.Contains("B") ? null : "B" : "A";
    }
}

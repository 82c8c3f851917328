using Janus.Campaigns.Auditing;
using Janus.Campaigns.Media;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns;

/// <summary>A campaign that is gone.</summary>
/// <param name="Name">What it was called.</param>
/// <param name="Posts">How many posts went with it.</param>
/// <param name="Pictures">How many pictures went with it.</param>
public sealed record DeletedCampaign(string Name, int Posts, int Pictures);

/// <summary>
/// Deletes a campaign with everything in it: rows in one transaction, then its pictures. The audit log keeps who did what to it, and what it cost stays
/// in the day's spending. A call that is under way comes to nothing: its step is gone, so its write touches no row.
/// </summary>
public sealed class CampaignDeletion(CampaignWriter writer, IMediaStore media, TimeProvider time)
{
    /// <summary>Deletes it.</summary>
    public async Task<Decision<DeletedCampaign>> DeleteAsync(string publicId, CancellationToken cancellationToken)
    {
        List<string> pictures = [];
        var decision = await writer.ChangeAsync(
            "delete_campaign", publicId,
            async (change, token) =>
            {
                var (context, id) = (change.Context, change.Campaign.Id);
                var posts = await context.Posts.CountAsync(post => post.CampaignId == id, token);
                pictures = await context.Variants.Where(variant => variant.Asset != null && context.Posts.Any(post => post.Id == variant.PostId && post.CampaignId == id))
                    .Select(variant => variant.Asset!).Distinct().ToListAsync(token);
                context.Audit.Add(AuditEntry.Of(
                    AuditAction.CampaignDeleted, publicId, time.GetUtcNow(),
                    new { name = change.Campaign.Name, phase = change.Campaign.Phase.ToWord(), posts, pictures = pictures.Count }));
                await context.SaveChangesAsync(token);
                // Everything else hangs on this row. The tracker forgets it, so that nothing of it is written once more.
                context.ChangeTracker.Clear();
                await context.Campaigns.Where(campaign => campaign.Id == id).ExecuteDeleteAsync(token);
                return Decision<DeletedCampaign>.Accept(new DeletedCampaign(change.Campaign.Name, posts, pictures.Count));
            },
            cancellationToken);
        // A process that dies here leaves files that no row names, which the sweep deletes.
        if (decision.IsAccepted)
            await media.DeleteAsync(pictures, cancellationToken);
        return decision;
    }
}

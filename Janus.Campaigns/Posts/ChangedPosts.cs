using System.Collections.Frozen;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Janus.Campaigns.Posts;

/// <summary>
/// Gives a post the campaign's version whenever something changes that people decide about, see <see cref="Post.ChangedVersion"/>. It looks at what a
/// transaction is about to save, so that no command, of a person or of the engine, has to think of it.
/// </summary>
internal static class ChangedPosts
{
    private static readonly FrozenSet<string> DecidedUpon = FrozenSet.Create(
        StringComparer.Ordinal,
        nameof(Post.Status), nameof(Post.RejectReason), nameof(Post.SelectedVariant), nameof(Post.CurrentA), nameof(Post.CurrentB), nameof(Post.Title), nameof(Post.Description),
        nameof(Post.ScheduledAt), nameof(Post.PublishedAt), nameof(Post.PublishedUrl));

    /// <summary>Marks the posts that the context is about to save, and those whose current picture it is. Its changes must have been detected.</summary>
    public static void Mark(CampaignsContext context)
    {
        var posts = context.ChangeTracker.Entries<Post>().ToList();
        if (posts.Count == 0)
            return;
        var pictured = context.ChangeTracker.Entries<Variant>()
            .Where(variant => variant.State == EntityState.Modified && variant.Property(v => v.Asset).IsModified)
            .Select(variant => variant.Entity).ToList();
        var versions = context.ChangeTracker.Entries<Campaign>().Where(campaign => campaign.State != EntityState.Added)
            .ToDictionary(campaign => campaign.Entity.Id, campaign => campaign.Entity.Version);
        foreach (var post in posts)
        {
            if ((IsChanged(post) || pictured.Exists(variant => IsCurrent(variant, post.Entity))) && versions.TryGetValue(post.Entity.CampaignId, out var version))
                post.Property(p => p.ChangedVersion).CurrentValue = version;
        }
    }

    private static bool IsChanged(EntityEntry<Post> post) => post.State switch
    {
        EntityState.Added => true,
        EntityState.Modified => post.Properties.Any(property => property.IsModified && DecidedUpon.Contains(property.Metadata.Name)),
        _ => false,
    };

    private static bool IsCurrent(Variant variant, Post post) => variant.PostId == post.Id && variant.Generation == post.CurrentOf(variant.Letter);
}

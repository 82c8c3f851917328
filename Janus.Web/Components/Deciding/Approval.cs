using Janus.Contracts;
using Janus.Web.Design;

namespace Janus.Web.Components.Deciding;

/// <summary>How far the approval of a campaign's posts is, and what can be said about each.</summary>
internal static class Approval
{
    private const int MostNamed = 3;

    /// <summary>Whether it was approved: a post that has a date, or is out, was.</summary>
    public static bool IsApproved(this GraphNodeDto post) => post.Approval == "approved";

    /// <summary>Whether it can be approved now.</summary>
    public static bool CanApprove(this GraphNodeDto post) => !post.IsApproved();

    /// <summary>Whether it can be rejected, or rejected for another reason.</summary>
    public static bool CanReject(this GraphNodeDto post) => post.Status == "draft";

    /// <summary>Whether a decision can be taken back.</summary>
    public static bool CanReopen(this GraphNodeDto post) => post is { Status: "draft", Approval: "approved" or "rejected" };

    /// <summary>Whether one of its letters has a text.</summary>
    public static bool HasText(this GraphNodeDto post) => post.Faces.Values.Any(face => face.Text == "done");

    /// <summary>"5 of 12 approved", with what was rejected.</summary>
    public static string Progress(IReadOnlyList<GraphNodeDto> posts)
    {
        var rejected = posts.Count(post => post.Approval == "rejected");
        return $"{posts.Count(IsApproved)} of {posts.Count} approved{(rejected == 0 ? "" : $", {rejected} rejected")}";
    }

    /// <summary>What a person should know before they approve posts, or null when there is nothing to say.</summary>
    /// <param name="approved">The posts that will be.</param>
    public static string? Warn(IReadOnlyList<GraphNodeDto> approved)
    {
        var bare = approved.Where(post => !post.AssetsReady).ToList();
        return bare.Count == 0 ? null : bare.Count == approved.Count && bare.Count == 1
            ? $"{Named(bare)} has not both of its pictures yet. Those that come later need no approval of their own."
            : $"Of these, {Say.Count(bare.Count, "post")} {(bare.Count == 1 ? "has" : "have")} not both pictures yet: {Named(bare)}. Pictures that come later need no approval of their own.";
    }

    /// <summary>The titles of a few posts, and how many more there are.</summary>
    public static string Named(IReadOnlyList<GraphNodeDto> posts)
    {
        var named = string.Join(", ", posts.Take(MostNamed).Select(post => $"“{post.Title}”"));
        return posts.Count <= MostNamed ? named : $"{named} and {posts.Count - MostNamed} more";
    }
}

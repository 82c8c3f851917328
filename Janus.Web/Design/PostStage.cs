using Janus.Contracts;

namespace Janus.Web.Design;

/// <summary>Where a post stands on its way out, as a chip says it.</summary>
/// <param name="Label">In a word.</param>
/// <param name="Css">The chip's class.</param>
public sealed record PostStage(string Label, string Css)
{
    /// <summary>The stage of a post.</summary>
    public static PostStage Of(PostScheduleDto post)
    {
        ArgumentNullException.ThrowIfNull(post);
        return (post.Status, post.Approval) switch
        {
            ("scheduled", _) => new PostStage("Scheduled", "look scheduled"),
            ("published", _) => new PostStage("Published", "ok"),
            ("analyzed", _) => new PostStage("Published, with numbers", "ok"),
            (_, "approved") => new PostStage("Approved", "look planning"),
            (_, "rejected") => new PostStage("Rejected", "bad"),
            _ => new PostStage("Draft", ""),
        };
    }
}

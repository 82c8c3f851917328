using Janus.Contracts;

namespace Janus.Web.Design;

/// <summary>Where a post stands between the brief and the public, in a word: one place for every page.</summary>
/// <param name="Label">The word.</param>
/// <param name="Css">The chip's class: none for a draft.</param>
public sealed record PostStanding(string Label, string Css)
{
    /// <summary>The standing of a post on its way out.</summary>
    public static PostStanding Of(PostScheduleDto post)
    {
        ArgumentNullException.ThrowIfNull(post);
        return Of(post.Status, post.Approval);
    }

    /// <summary>The standing of a post.</summary>
    /// <param name="status">draft, scheduled, published or analyzed.</param>
    /// <param name="approval">none, approved or rejected.</param>
    public static PostStanding Of(string status, string approval) => (status, approval) switch
    {
        ("scheduled", _) => new("Scheduled", "look scheduled"),
        ("published" or "analyzed", _) => new("Published", "ok"),
        (_, "approved") => new("Approved", "ok"),
        (_, "rejected") => new("Rejected", "bad"),
        _ => new("Draft", ""),
    };
}

namespace Janus.Web.Design;

/// <summary>Where a post stands between the brief and the public, in a word: one place for every page.</summary>
/// <param name="Label">The word.</param>
/// <param name="Css">ok, bad, or nothing for a draft.</param>
public sealed record PostStanding(string Label, string Css)
{
    /// <summary>The standing of a post.</summary>
    /// <param name="status">draft, scheduled, published or analyzed.</param>
    /// <param name="approval">none, approved or rejected.</param>
    public static PostStanding Of(string status, string approval) => (status, approval) switch
    {
        ("scheduled", _) => new("Scheduled", "ok"),
        ("published" or "analyzed", _) => new("Published", "ok"),
        (_, "approved") => new("Approved", "ok"),
        (_, "rejected") => new("Rejected", "bad"),
        _ => new("Draft", ""),
    };
}

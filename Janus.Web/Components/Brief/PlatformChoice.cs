namespace Janus.Web.Components.Brief;

/// <summary>The platforms that a brief can be for, each with what a marketer should know of it.</summary>
internal sealed record PlatformChoice(string Name, string Note)
{
    /// <summary>In the order in which they are offered. The API says how long a text may be on each.</summary>
    public static IReadOnlyList<PlatformChoice> All { get; } =
    [
        new("X", "280"), new("Threads", "500"), new("Bluesky", "300"), new("Mastodon", "500"),
        new("Instagram", "2,200"), new("LinkedIn", "3,000"), new("Facebook", "63,206"),
    ];
}

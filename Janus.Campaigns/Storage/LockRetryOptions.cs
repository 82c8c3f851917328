using System.ComponentModel.DataAnnotations;

namespace Janus.Campaigns.Storage;

/// <summary>How long a refused block of statements is tried again.</summary>
public sealed class LockRetryOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Janus:LockRetry";

    /// <summary>From the first try to giving up; 20 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan Budget { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The first wait; each further one is a quarter longer. 4 ms by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(4);

    /// <summary>The longest wait; 400 ms by default. Never more than a fiftieth of what is left of the budget either.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// How long SQLite itself waits within one statement; 10 ms by default. Its own waits grow quickly to 100 ms, and a lock that is held for a
    /// millisecond at a time, again and again, is then missed again and again by whoever has waited longest.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromMilliseconds(10);
}

using System.ComponentModel.DataAnnotations;

namespace Janus.Gemini;

/// <summary>
/// When a request is sent again. Only two refusals are: 503, by the policy of Google's own clients, and a per-minute 429 that says how
/// long to wait. In both the model has not run, so nothing is paid for twice; everything else is the caller's decision.
/// </summary>
public sealed class GeminiRetryOptions
{
    /// <summary>How often a request is sent in all when the service answers 503; at least 1.</summary>
    [Range(1, 100)]
    public int OverloadedAttempts { get; set; } = 5;

    /// <summary>The wait after the first 503.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan OverloadedFirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>By how much the wait grows with every further 503; at least 1.</summary>
    [Range(1.0, 100.0)]
    public double OverloadedDelayFactor { get; set; } = 1.3;

    /// <summary>The longest wait after a 503.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan OverloadedLongestDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a request is sent again after a per-minute 429; 0 for never.</summary>
    [Range(0, 100)]
    public int QuotaResends { get; set; } = 2;

    /// <summary>The longest wait after a per-minute 429. A longer one becomes a <see cref="GeminiException"/> at once, with the wait in it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan QuotaLongestDelay { get; set; } = TimeSpan.FromSeconds(30);
}

using System.ComponentModel.DataAnnotations;

namespace Janus.Gemini;

/// <summary>
/// How much is asked of Gemini at once. Google's limits belong to a project and are shown only in its console, so they are options here.
/// Every limit is for the whole installation: a process takes its part of it.
/// </summary>
public sealed class GeminiLimits
{
    /// <summary>Text calls at once; at least 1.</summary>
    [Range(1, 10_000)]
    public int TextConcurrency { get; set; } = 16;

    /// <summary>Picture calls at once; at least 1.</summary>
    [Range(1, 10_000)]
    public int ImageConcurrency { get; set; } = 16;

    /// <summary>Requests a minute to the text model, resends included; 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public int TextRequestsPerMinute { get; set; }

    /// <summary>Requests a minute to the image model, resends included; 0 for no limit.</summary>
    [Range(0, 1_000_000)]
    public int ImageRequestsPerMinute { get; set; }

    /// <summary>The part of the text limits that is kept for planning, 0 to 0.9: whoever waits before a page is not behind a queue of posts.</summary>
    [Range(0.0, 0.9)]
    public double PlanningShare { get; set; } = 0.10;

    /// <summary>How many processes like this one share the limits, 1 to 1000.</summary>
    [Range(1, 1000)]
    public int Replicas { get; set; } = 1;

    /// <summary>How long a call may wait for its turn.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>When calls are held back because Gemini is down.</summary>
    public GeminiCircuitOptions Circuit { get; set; } = new();
}

/// <summary>When Gemini counts as down: then calls fail at once, unsent, until a single call that is let through succeeds.</summary>
public sealed class GeminiCircuitOptions
{
    /// <summary>The share of calls in <see cref="Window"/> that must have failed for want of an answer; more than 0, at most 1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>The fewest calls in <see cref="Window"/> that say anything; at least 2.</summary>
    [Range(2, 1_000_000)]
    public int FewestCalls { get; set; } = 4;

    /// <summary>The time that is looked at; at least half a second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "1.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long calls are held back at first; at least half a second. Doubled with every call that is let through in vain.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "1.00:00:00")]
    public TimeSpan FirstBreak { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time between two calls that are let through; at least <see cref="FirstBreak"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "1.00:00:00")]
    public TimeSpan LongestBreak { get; set; } = TimeSpan.FromMinutes(2);
}

/// <summary>Which part of the limits a process takes.</summary>
public enum GeminiPart
{
    /// <summary>All of them: the only process that asks.</summary>
    Everything,

    /// <summary>What is kept for planning.</summary>
    Planning,

    /// <summary>What planning leaves.</summary>
    Content,
}

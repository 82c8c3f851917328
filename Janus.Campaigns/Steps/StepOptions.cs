using System.ComponentModel.DataAnnotations;

namespace Janus.Campaigns.Steps;

/// <summary>The rules of attempts. Bound from the section <c>Janus:Steps</c>.</summary>
public sealed class StepOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Janus:Steps";

    /// <summary>How long a claim holds without being renewed; 15 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Attempts that may fail before the step is dead; 4 by default.</summary>
    [Range(1, 1000)]
    public int MaxFailures { get; set; } = 4;

    /// <summary>Attempts whose worker may be lost before the step is dead: a step that kills its worker must end. 12 by default.</summary>
    [Range(1, 1000)]
    public int MaxLosses { get; set; } = 12;

    /// <summary>The wait after the first failure; doubled each time. 500 ms by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait after a failure; 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait after a number of failures.</summary>
    public TimeSpan BackoffAfter(int failures) =>
        TimeSpan.FromTicks(Math.Min(MaxBackoff.Ticks, FirstBackoff.Ticks << Math.Clamp(failures - 1, 0, 16)));
}

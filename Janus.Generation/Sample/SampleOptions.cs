using System.ComponentModel.DataAnnotations;

namespace Janus.Generation.Sample;

/// <summary>How the sample studio behaves. Bound from the configuration section <c>Sample</c>.</summary>
public sealed class SampleOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Sample";

    /// <summary>The name under which the sample studio answers as a model.</summary>
    public const string Model = "sample-studio";

    /// <summary>How long a plan takes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan PlanLatency { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long the texts of a post take.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan TextLatency { get; set; } = TimeSpan.FromMilliseconds(600);

    /// <summary>How long a picture takes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan PictureLatency { get; set; } = TimeSpan.FromMilliseconds(1200);

    /// <summary>The share of calls, 0 to 1, that fail in a way that goes away: for practising retries.</summary>
    [Range(0.0, 1.0)]
    public double FailureRate { get; set; }

    /// <summary>A post whose title holds this, in any case, fails for good: for practising what a campaign does then. Empty means none.</summary>
    public string FailTitle { get; set; } = "";

    /// <summary>The same seed and brief give the same campaign; another seed gives another.</summary>
    [Range(int.MinValue, int.MaxValue)]
    public int Seed { get; set; }
}

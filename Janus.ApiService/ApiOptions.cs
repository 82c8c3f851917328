using System.ComponentModel.DataAnnotations;

namespace Janus.ApiService;

/// <summary>The API's own limits. Bound from the section <c>Janus:Api</c>.</summary>
internal sealed class ApiOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Janus:Api";

    /// <summary>The longest that the planner may take; 3 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan PlanLimit { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>The longest that any other request may take before it is told to come back; 60 s by default. Above the 20 s for which a locked database is waited for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Event streams that may be open at once in this process; 500 by default.</summary>
    [Range(1, 100_000)]
    public int MaxEventStreams { get; set; } = 500;

    /// <summary>The longest silence of an event stream; 15 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);
}

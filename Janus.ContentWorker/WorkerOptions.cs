using System.ComponentModel.DataAnnotations;

namespace Janus.ContentWorker;

/// <summary>How much a worker does at once. Bound from the section <c>Janus:Worker</c>.</summary>
public sealed class WorkerOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Janus:Worker";

    /// <summary>Text calls at once, 1 to 256; 8 by default.</summary>
    [Range(1, 256)]
    public int TextConcurrency { get; set; } = 8;

    /// <summary>Picture calls at once, 1 to 256; 8 by default.</summary>
    [Range(1, 256)]
    public int PictureConcurrency { get; set; } = 8;

    /// <summary>
    /// How long a step may take before it counts as failed; 30 minutes by default. The net below the limits of its calls, each of which may wait
    /// ten minutes for its turn and ten for its answer.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan CallLimit { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long running calls may go on once the worker is told to stop; 4 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>The safety net: how long the worker waits for a commit before it looks for itself; 5 s by default. While anything is due, a quarter of a lease at most.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan SafetyInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the media folder is swept of orphans; 10 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the size of the write-ahead log is looked at; 15 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan UpkeepInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often SQLite may look whether its statistics are still right; every hour by default, and when the worker stops.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan OptimizeInterval { get; set; } = TimeSpan.FromHours(1);
}

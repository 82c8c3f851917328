using Janus.Campaigns.Steps;

namespace Janus.ContentWorker.Running;

/// <summary>
/// Keeps leases and waits true when the system's clock is set. Set forward, it makes every lease look expired: this worker renews its own, and
/// judges nobody's before all have had the time to do the same. Set back, it makes every wait long: they are ended.
/// </summary>
internal sealed partial class ClockLeaps(StepQueue queue, ClockRepair repair, RunningSteps running, TimeProvider time, ILogger<ClockLeaps> log)
{
    private readonly ClockWatch _clock = new(time);
    private bool? _isBehind;
    private bool _leaseIsDoubtful;
    private long? _leaptAt;

    /// <summary>Looks at the clock, and mends what a leap has done.</summary>
    /// <returns>The instant of the look, UTC, by which leases may be judged: whatever the clock is set to from here on, is met by the next look. Null when none may be.</returns>
    public async Task<DateTimeOffset?> MeetAsync(CancellationToken cancellationToken)
    {
        if (_clock.Look() is var leap && leap != TimeSpan.Zero)
        {
            Leapt(leap.TotalSeconds);
            _leaptAt = time.GetTimestamp();
            _leaseIsDoubtful = true;
            if (leap < TimeSpan.Zero)
                _isBehind = true;
        }

        // Each is done until it has worked: the database may be busy just now.
        _isBehind ??= await repair.IsBehindAsync(cancellationToken);
        if (_isBehind is true)
        {
            Mended(await repair.EndWaitsAsync(cancellationToken));
            _isBehind = false;
        }

        if (_leaseIsDoubtful)
        {
            var held = running.Claims;
            await running.EndAllButAsync(held, await queue.RenewAsync(held, cancellationToken));
            _leaseIsDoubtful = false;
        }

        if (_leaptAt is { } leapt && time.GetElapsedTime(leapt) >= queue.Options.Lease)
            _leaptAt = null;
        return _leaptAt is null ? _clock.Now : null;
    }

    [LoggerMessage(1, LogLevel.Warning, "The system's clock was set by {Seconds:0} s")]
    private partial void Leapt(double seconds);

    [LoggerMessage(2, LogLevel.Warning, "The clock is behind what was recorded; the waits of {Count} steps were ended")]
    private partial void Mended(int count);
}

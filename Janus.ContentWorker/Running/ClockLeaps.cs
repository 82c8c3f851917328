using Janus.Campaigns.Steps;

namespace Janus.ContentWorker.Running;

/// <summary>
/// Keeps leases and waits true when the system's clock is set or this process stood still. A clock set forward makes every lease look expired, and so
/// does the end of a standstill: this worker renews its own, and judges nobody's before all have had the time to do the same, because who shares
/// its machine or its container stood still with it. A clock set back makes every wait long: they are ended.
/// </summary>
internal sealed partial class ClockLeaps(StepQueue queue, ClockRepair repair, RunningSteps running, TimeProvider time, ILogger<ClockLeaps> log)
{
    private readonly ClockWatch _clock = new(time);
    private bool? _isBehind;
    private bool _leaseIsDoubtful;
    private long? _leaptAt;

    /// <summary>Looks at the clock, and mends what a leap or a standstill has done.</summary>
    /// <param name="waited">How long the worker meant to wait since the last look; a quarter of a lease at most while anybody holds one.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>The instant of the look, UTC, by which leases may be judged: whatever the clock is set to from here on, is met by the next look. Null when none may be.</returns>
    public async Task<DateTimeOffset?> MeetAsync(TimeSpan waited, CancellationToken cancellationToken)
    {
        var leap = _clock.Look();
        var late = _clock.Between - waited;
        // A lease has two thirds of its length left when its renewal is due: it runs out in no standstill that is shorter.
        var stoodStill = late > queue.Options.Lease / 3;
        if (leap != TimeSpan.Zero)
            Leapt(leap.TotalSeconds);
        else if (stoodStill)
            StoodStill(late.TotalSeconds);
        if (leap != TimeSpan.Zero || stoodStill)
        {
            _leaptAt = time.GetTimestamp();
            _leaseIsDoubtful = true;
        }

        if (leap < TimeSpan.Zero)
            _isBehind = true;

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

    [LoggerMessage(3, LogLevel.Warning, "Leases were looked at {Seconds:0} s late: this process stood still, or the database kept it waiting")]
    private partial void StoodStill(double seconds);
}

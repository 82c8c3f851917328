namespace Janus.ContentWorker.Running;

/// <summary>Notices that the system's clock was set: it has moved otherwise than the time that has passed. A suspended machine looks like a clock that was set forward.</summary>
internal sealed class ClockWatch(TimeProvider time)
{
    // Slewing a clock moves it by less between two looks.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);
    private long _stamp = time.GetTimestamp();

    /// <summary>What the clock said at the last look, UTC.</summary>
    public DateTimeOffset Now { get; private set; } = time.GetUtcNow();

    /// <summary>How much time had passed between the last look and the one before, whatever the clock said.</summary>
    public TimeSpan Between { get; private set; }

    /// <summary>How far the clock was set since the last look: forward, or back when it is negative; zero when it was not.</summary>
    public TimeSpan Look()
    {
        var (now, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        Between = time.GetElapsedTime(_stamp, stamp);
        var leap = now - Now - Between;
        (Now, _stamp) = (now, stamp);
        return leap.Duration() < Tolerance ? TimeSpan.Zero : leap;
    }
}

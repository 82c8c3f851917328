namespace Janus.Tests.Time;

/// <summary>
/// A clock that stands still until a test moves it, with the timers that <c>Task.Delay</c>, <c>PeriodicTimer</c> and
/// <c>CancellationTokenSource</c> make. With <see cref="SkipsWaits"/> it jumps to the end of every wait as soon as one begins.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly DateTimeOffset _start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private TimeSpan _elapsed;

    /// <summary>Whether each wait ends at once, the clock having jumped to its end.</summary>
    public bool SkipsWaits { get; init; }

    /// <summary>How far the clock was moved since it was made.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
                return _elapsed;
        }
    }

    /// <summary>How far the clock was set, without any time having passed.</summary>
    public TimeSpan Set { get; set; }

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _start + Elapsed + Set;

    /// <inheritdoc />
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>Moves the clock and fires what became due, in the order of time, on the calling thread.</summary>
    public void Advance(TimeSpan by)
    {
        var end = Elapsed + by;
        while (NextDue(end) is { } timer)
            timer.Fire();
        lock (_gate)
            _elapsed = end > _elapsed ? end : _elapsed;
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? NextDue(TimeSpan end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is null)
                return null;
            _elapsed = next.Due > _elapsed ? next.Due : _elapsed;
            if (next.Period > TimeSpan.Zero)
                next.Due += next.Period;
            else
                _timers.Remove(next);
            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Period = period;
                Due = time._elapsed + dueTime;
                time._timers.Add(this);
            }

            // Never on the caller's thread: whoever makes a timer has not stored it yet.
            if (time.SkipsWaits)
                ThreadPool.QueueUserWorkItem(_ => time.Advance(dueTime));
            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
                time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

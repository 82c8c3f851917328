using System.Collections.Concurrent;

namespace Janus.Tests.Gemini;

/// <summary>
/// A clock that stands still: waits up to a minute are over at once and are noted, longer ones are over when <see cref="ElapseLimits"/> says so.
/// </summary>
internal sealed class HurriedTime : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> waits = new();
    private readonly ConcurrentQueue<Limit> limits = new();

    /// <summary>Half past one in the afternoon in California, in winter.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 12, 1, 21, 30, 0, TimeSpan.Zero);

    public IReadOnlyList<TimeSpan> Waits => [.. waits];

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.FromMinutes(1))
        {
            waits.Enqueue(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }

        var limit = new Limit(callback, state);
        limits.Enqueue(limit);
        return limit;
    }

    public void ElapseLimits()
    {
        while (limits.TryDequeue(out var limit)) limit.Elapse();
    }

    private sealed class Limit(TimerCallback callback, object? state) : ITimer
    {
        private bool disposed;

        public void Elapse()
        {
            if (!Volatile.Read(ref disposed)) callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => Volatile.Write(ref disposed, true);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

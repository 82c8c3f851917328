namespace Janus.Gemini.Limits;

/// <summary>A clock that nobody can set: what has passed since it was made, added to the instant at which it was made. Timers are those of the other clock.</summary>
internal sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset start = time.GetUtcNow();
    private readonly long stamp = time.GetTimestamp();

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => start + time.GetElapsedTime(stamp);

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}

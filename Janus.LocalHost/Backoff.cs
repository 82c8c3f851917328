namespace Janus.LocalHost;

/// <summary>How long a service that ended waits before it is started again: 0.2 s, doubled each time up to 10 s.</summary>
internal sealed class Backoff
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(0.2);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>A service that was healthy for this long starts again from <see cref="First"/>.</summary>
    public static readonly TimeSpan Forgiven = TimeSpan.FromSeconds(30);

    private TimeSpan _next = First;

    /// <summary>The wait before the next start, given how long the service that just ended had been healthy.</summary>
    public TimeSpan Next(TimeSpan healthyFor)
    {
        var wait = healthyFor >= Forgiven ? First : _next;
        _next = wait * 2 < Longest ? wait * 2 : Longest;
        return wait;
    }
}

namespace Janus.DevTools.Traces.Receiving;

/// <summary>Times of the protocol: nanoseconds since 1970 (UTC).</summary>
internal static class Nanoseconds
{
    /// <summary>The time between two instants, to the tick of 100 ns.</summary>
    public static TimeSpan Between(long from, long to) => TimeSpan.FromTicks((to - from) / TimeSpan.NanosecondsPerTick);

    /// <summary>An unsigned time of the wire; what no clock says becomes the last instant that can be written.</summary>
    public static long Of(ulong time) => time > long.MaxValue ? long.MaxValue : (long)time;
}

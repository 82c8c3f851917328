using System.Globalization;

namespace Janus.DevTools.Traces.Report;

/// <summary>Times in a trace as people read them.</summary>
internal static class TimeText
{
    /// <summary>A length of time with the unit that suits it: <c>0.4 ms</c>, <c>812 ms</c>, <c>12.34 s</c>, <c>3 min 5 s</c>.</summary>
    public static string Of(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms"),
        { TotalMilliseconds: < 999.5 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 100 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
    };

    /// <summary>How long after the beginning: <c>+12.345s</c>.</summary>
    public static string Offset(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:+0.000;-0.000}s");
}

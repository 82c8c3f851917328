using System.Globalization;

namespace Janus.DevTools.FakeGemini;

/// <summary>Lengths of time as a script has them (<c>200ms</c>, <c>1.5s</c>, <c>2m</c>) and as protobuf's JSON has them (<c>1.5s</c>).</summary>
internal static class Duration
{
    /// <summary>What is accepted, in words.</summary>
    public const string Form = "a length of time up to an hour such as 200ms, 1.5s or 2m";

    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60)];

    /// <summary>Reads a length of time of at most an hour.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        foreach (var (unit, seconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number * seconds <= 3600)
            {
                duration = TimeSpan.FromSeconds(number * seconds);
                return true;
            }
        }

        duration = default;
        return false;
    }

    /// <summary>Writes google.protobuf.Duration.</summary>
    public static string ToProtobuf(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.###}s");
}

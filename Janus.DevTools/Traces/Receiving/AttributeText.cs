using System.Globalization;

namespace Janus.DevTools.Traces.Receiving;

/// <summary>Values of attributes as people read them.</summary>
internal static class AttributeText
{
    /// <summary>A value in the invariant culture; null for null.</summary>
    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        true => "true",
        false => "false",
        byte[] bytes => $"{bytes.Length} bytes",
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Of))}]",
        IReadOnlyDictionary<string, object?> map => $"{{{string.Join(", ", map.Select(pair => $"{pair.Key}={Of(pair.Value)}"))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}

using System.Globalization;
using Janus.DevTools.Traces.Receiving;

namespace Janus.DevTools.Traces.Report;

/// <summary>Prints the latest values of metrics.</summary>
internal static class MetricText
{
    /// <summary>One line for each series.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ReceivedMetric> metrics) => metrics
        .OrderBy(metric => metric.Name, StringComparer.Ordinal).ThenBy(metric => metric.Service, StringComparer.Ordinal)
        .ThenBy(metric => metric.Series, StringComparer.Ordinal)
        .Select(metric => $"metric {metric.Name}  {Value(metric)}  {metric.Service}  {metric.Series}".TrimEnd());

    private static string Value(ReceivedMetric metric)
    {
        // A unit in braces only says what is counted.
        var unit = metric.Unit.StartsWith('{') || metric.Unit.Length == 0 ? "" : $" {metric.Unit}";
        var value = string.Create(CultureInfo.InvariantCulture, $"{metric.Value:0.######}{unit}");
        return metric.Count is { } count ? $"{value} in {count}" : value;
    }
}

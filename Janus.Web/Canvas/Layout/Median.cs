namespace Janus.Web.Canvas.Layout;

/// <summary>The middle value.</summary>
internal static class Median
{
    /// <summary>The middle one of an odd number of values, the mean of the middle two of an even number.</summary>
    /// <param name="values">At least one. They are sorted in place: this is asked so often that a copy each time would be most of the work.</param>
    public static double Of(Span<double> values)
    {
        values.Sort();
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}

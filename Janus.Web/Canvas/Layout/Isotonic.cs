namespace Janus.Web.Canvas.Layout;

/// <summary>The rising row of numbers nearest to a given one, by weighted squares: pool adjacent violators.</summary>
internal static class Isotonic
{
    /// <summary>Fits a row that never falls.</summary>
    /// <param name="wishes">The numbers to come near to.</param>
    /// <param name="weights">How much each wish counts, above 0.</param>
    public static double[] Fit(double[] wishes, double[] weights)
    {
        // Blocks of one value each. A wish below its forerunner's value is pooled with it, and they meet at their weighted mean.
        var blocks = new Stack<(double Value, double Weight, int Length)>();
        for (var at = 0; at < wishes.Length; at++)
        {
            var block = (Value: wishes[at], Weight: weights[at], Length: 1);
            while (blocks.TryPeek(out var last) && last.Value > block.Value)
            {
                blocks.Pop();
                var weight = last.Weight + block.Weight;
                block = (((last.Value * last.Weight) + (block.Value * block.Weight)) / weight, weight, last.Length + block.Length);
            }

            blocks.Push(block);
        }

        var fitted = new double[wishes.Length];
        for (var end = fitted.Length; blocks.TryPop(out var block); end -= block.Length)
            fitted.AsSpan(end - block.Length, block.Length).Fill(block.Value);
        return fitted;
    }
}

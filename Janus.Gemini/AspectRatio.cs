using System.Drawing;

namespace Janus.Gemini;

/// <summary>The shapes of picture that Gemini makes (imageConfig.aspectRatio).</summary>
internal static class AspectRatio
{
    private static readonly (int Width, int Height)[] Supported =
        [(1, 1), (2, 3), (3, 2), (3, 4), (4, 3), (4, 5), (5, 4), (9, 16), (16, 9), (21, 9)];

    public static IEnumerable<string> Names => Supported.Select(Name);

    /// <summary>
    /// The supported shape nearest to a size in pixels. Twice as wide and twice as high are equally far from square, hence the logarithm.
    /// </summary>
    public static string Nearest(Size size)
    {
        if (size is not { Width: > 0, Height: > 0 }) throw new ArgumentOutOfRangeException(nameof(size), size, "A picture has a width and a height.");
        var wanted = Math.Log((double)size.Width / size.Height);
        return Name(Supported.MinBy(ratio => Math.Abs(Math.Log((double)ratio.Width / ratio.Height) - wanted)));
    }

    private static string Name((int Width, int Height) ratio) => $"{ratio.Width}:{ratio.Height}";
}

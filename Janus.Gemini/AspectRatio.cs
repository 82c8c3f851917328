using System.Drawing;

namespace Janus.Gemini;

/// <summary>The shapes of picture that Gemini makes (imageConfig.aspectRatio).</summary>
internal static class AspectRatio
{
    private static readonly (int Width, int Height)[] Supported =
        [(1, 1), (2, 3), (3, 2), (3, 4), (4, 3), (4, 5), (5, 4), (9, 16), (16, 9), (21, 9)];

    /// <summary>The sizes of imageConfig.imageSize.</summary>
    public static IReadOnlyList<string> SizeNames { get; } = ["1K", "2K", "4K"];

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

    /// <summary>The smallest of Gemini's sizes (1K, 2K, 4K: the longer side, roughly) that has all the pixels of a size, allowing for half as many again.</summary>
    public static string SizeName(Size size) => Math.Max(size.Width, size.Height) switch
    {
        <= 1536 => "1K",
        <= 3072 => "2K",
        _ => "4K",
    };
}

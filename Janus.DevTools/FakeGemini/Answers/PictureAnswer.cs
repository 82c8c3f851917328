using Janus.DevTools.FakeGemini.Protocol;

namespace Janus.DevTools.FakeGemini.Answers;

/// <summary>A picture of the asked shape: a sky of two colours over a ground of grain, which gives the file its size.</summary>
internal static class PictureAnswer
{
    private const string UsualShape = "1:1";
    private const int Pixels1K = 1024 * 1024;

    // About what a row of sky needs when it is compressed; grain is not compressed at all.
    private const int BytesOfSkyRow = 16;

    /// <summary>Draws one.</summary>
    /// <param name="shape">imageConfig.aspectRatio, or null.</param>
    /// <param name="size">imageConfig.imageSize, or null.</param>
    /// <param name="bytes">About how large the file is.</param>
    /// <param name="dice">Throws colours and grain.</param>
    public static byte[] Draw(string? shape, string? size, int bytes, Dice dice)
    {
        var (width, height) = Measure(shape ?? UsualShape, size);
        var ground = height - Math.Clamp((bytes - (BytesOfSkyRow * height)) / (3 * width), 1, height);
        Span<byte> colours = stackalloc byte[6];
        dice.Fill(colours);
        byte[] top = colours[..3].ToArray(), bottom = colours[3..].ToArray();
        return Png.Write(width, height, (y, row) =>
        {
            if (y >= ground)
            {
                dice.Fill(row);
                return;
            }

            for (var at = 0; at < row.Length; at++)
                row[at] = (byte)(top[at % 3] + ((bottom[at % 3] - top[at % 3]) * y / height));
        });
    }

    /// <summary>Width and height in pixels: exactly the shape, and about a million pixels for 1K, four for 2K, sixteen for 4K.</summary>
    public static (int Width, int Height) Measure(string shape, string? size)
    {
        var (across, down) = RequestShape.AspectRatio(shape);
        var side = size switch { "4K" => 4, "2K" => 2, _ => 1 };
        var unit = side * (int)Math.Round(Math.Sqrt((double)Pixels1K / (across * down)));
        return (across * unit, down * unit);
    }
}

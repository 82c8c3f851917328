namespace Janus.Gemini;

/// <summary>What kind of picture some bytes are, by their signature. A label that came with them may be wrong.</summary>
public static class ImageType
{
    /// <summary>Reads the signature at the start of <paramref name="picture"/>.</summary>
    /// <param name="picture">The picture's bytes, or at least its first twelve.</param>
    /// <returns><c>image/png</c>, <c>image/jpeg</c>, <c>image/webp</c>, <c>image/gif</c>, or null for anything else.</returns>
    public static string? Sniff(ReadOnlySpan<byte> picture) => picture switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "image/gif",
        _ => null,
    };
}

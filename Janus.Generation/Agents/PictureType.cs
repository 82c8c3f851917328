using System.Xml;

namespace Janus.Generation;

/// <summary>Tells what kind of picture a file is by looking at its bytes; what a server declares may be wrong.</summary>
public static class PictureType
{
    private static ReadOnlySpan<byte> Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    /// <summary>The media type: image/png, image/jpeg, image/webp, image/svg+xml, or null when it is none of these.</summary>
    public static string? Of(ReadOnlyMemory<byte> bytes)
    {
        var start = bytes.Span;
        if (start.StartsWith(Png))
            return "image/png";
        if (start.StartsWith(Jpeg))
            return "image/jpeg";
        if (start.Length >= 12 && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8))
            return "image/webp";
        return IsSvg(bytes) ? "image/svg+xml" : null;
    }

    private static bool IsSvg(ReadOnlyMemory<byte> bytes)
    {
        // Anything but a mark or a space before the first bracket is no XML, and need not be parsed to know.
        var text = bytes.Span.StartsWith("\uFEFF"u8) ? bytes.Span[3..] : bytes.Span;
        if (!text.TrimStart(" \t\r\n"u8).StartsWith("<"u8))
            return false;
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        try
        {
            return reader.MoveToContent() == XmlNodeType.Element && reader.LocalName == "svg" && reader.NamespaceURI == "http://www.w3.org/2000/svg";
        }
        catch (XmlException)
        {
            return false;
        }
    }
}

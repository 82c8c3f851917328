using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Janus.Tests.DevTools;

/// <summary>A PNG, read as a viewer would: signature, every checksum, the size, the pixels.</summary>
internal sealed record DecodedPng(int Width, int Height, byte[] Pixels)
{
    public static DecodedPng Read(byte[] png)
    {
        png[..8].ShouldBe([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var (width, height) = (0, 0);
        using var data = new MemoryStream();
        List<string> types = [];
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var chunk = png.AsSpan(at + 4, 4 + length);
            BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)).ShouldBe(Checksum(chunk));
            types.Add(Encoding.ASCII.GetString(chunk[..4]));
            if (types[^1] == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunk[4..]), BinaryPrimitives.ReadInt32BigEndian(chunk[8..]));
                chunk[12..].ToArray().ShouldBe([8, 2, 0, 0, 0]);
            }
            else if (types[^1] == "IDAT")
            {
                data.Write(chunk[4..]);
            }

            at += 12 + length;
        }

        types.ShouldBe(["IHDR", "IDAT", "IEND"]);
        return new(width, height, Rows(data, width, height));
    }

    private static byte[] Rows(MemoryStream data, int width, int height)
    {
        data.Position = 0;
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        var pixels = new byte[3 * width * height];
        for (var row = 0; row < height; row++)
        {
            zlib.ReadByte().ShouldBe(0);
            zlib.ReadExactly(pixels, 3 * width * row, 3 * width);
        }

        zlib.ReadByte().ShouldBe(-1);
        return pixels;
    }

    // Bit by bit, as the specification's text has it.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var octet in bytes)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}

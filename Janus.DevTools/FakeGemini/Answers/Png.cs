using System.Buffers.Binary;
using System.IO.Compression;

namespace Janus.DevTools.FakeGemini.Answers;

/// <summary>Writes a PNG of 8-bit RGB (PNG specification, third edition: signature, IHDR, IDAT, IEND).</summary>
internal static class Png
{
    private const int Signature = 8;

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(octet => CrcOf((uint)octet))];

    /// <summary>Draws row by row.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="drawRow">Gets a row's number and its bytes, three for each pixel.</param>
    public static byte[] Write(int width, int height, Action<int, Span<byte>> drawRow)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits for each sample
        header[9] = 2; // RGB
        WriteChunk(png, "IHDR"u8, header);

        using (var data = new MemoryStream())
        {
            using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
            {
                // Every row begins with its filter: 0, none.
                var row = new byte[1 + (3 * width)];
                for (var y = 0; y < height; y++)
                {
                    drawRow(y, row.AsSpan(1));
                    zlib.Write(row);
                }
            }

            WriteChunk(png, "IDAT"u8, data.GetBuffer().AsSpan(0, (int)data.Length));
        }

        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>Whether bytes begin as a PNG does.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.Length > Signature && bytes[1..4].SequenceEqual("PNG"u8);

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var octet in bytes)
            crc = CrcTable[(crc ^ octet) & 0xFF] ^ (crc >> 8);
        return crc;
    }

    private static uint CrcOf(uint octet)
    {
        for (var bit = 0; bit < 8; bit++)
            octet = (octet & 1) == 1 ? 0xEDB88320 ^ (octet >> 1) : octet >> 1;
        return octet;
    }
}

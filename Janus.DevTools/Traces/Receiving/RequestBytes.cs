using System.IO.Compression;

namespace Janus.DevTools.Traces.Receiving;

/// <summary>Reads bodies into memory up to a limit, and unpacks them up to the same limit.</summary>
internal static class RequestBytes
{
    private const string Gzip = "gzip";
    private const string NotPacked = "identity";
    private const int Block = 64 * 1024;

    /// <summary>Reads a whole body.</summary>
    /// <exception cref="OtlpRefusedException">It is longer than <paramref name="longest"/>.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, int longest, CancellationToken cancellationToken)
    {
        var read = new MemoryStream();
        var block = new byte[Block];
        for (int count; (count = await body.ReadAsync(block, cancellationToken)) > 0;)
        {
            if (read.Length + count > longest)
                throw OtlpRefusedException.TooLong(longest);
            await read.WriteAsync(block.AsMemory(0, count), cancellationToken);
        }

        return read.GetBuffer().AsMemory(0, (int)read.Length);
    }

    /// <summary>Unpacks a body.</summary>
    /// <param name="body">The body as it came.</param>
    /// <param name="encoding">What packed it: <c>gzip</c>, <c>identity</c> or nothing.</param>
    /// <param name="longest">The most that it may come to.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OtlpRefusedException">It is too long, broken, or packed in another way.</exception>
    public static async Task<ReadOnlyMemory<byte>> UnpackAsync(
        ReadOnlyMemory<byte> body, string? encoding, int longest, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(encoding) || encoding == NotPacked)
            return body;
        if (encoding != Gzip)
            throw OtlpRefusedException.Unreadable($"A body is packed with gzip or not at all, not with '{encoding}'.");
        try
        {
            await using var packed = new MemoryStream(body.ToArray(), writable: false);
            await using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            return await ReadAsync(unpacked, longest, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw OtlpRefusedException.Broken("The body says gzip and is none.");
        }
    }
}

using Microsoft.AspNetCore.Http;

namespace Janus.DevTools.FakeGemini.Http;

/// <summary>Reads bodies up to the size that is allowed.</summary>
internal static class RequestBody
{
    /// <summary>The most that a request may have, in bytes: 20 MB.</summary>
    public const int Most = 20 * 1024 * 1024;

    // A client that is still writing would not see the refusal, so what is too much is read too, within reason.
    private const int MostDrained = 10 * Most;

    /// <summary>Reads to the end; null when it is too large.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        long total = 0;
        int count;
        while (total <= MostDrained && (count = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            total += count;
            if (total <= Most)
                await body.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        if (total > Most)
            return null;
        return body.ToArray();
    }
}

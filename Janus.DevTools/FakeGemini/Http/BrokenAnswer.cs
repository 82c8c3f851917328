using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Janus.DevTools.FakeGemini.Plays;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Janus.DevTools.FakeGemini.Http;

/// <summary>
/// Sends the beginning of an answer and then resets the connection. It writes to the socket itself: the server's own Abort drops what is
/// still in its buffers, so that the client would not see the beginning.
/// </summary>
internal static class BrokenAnswer
{
    /// <summary>Sends so many bytes of an answer whose whole length was announced.</summary>
    public static Task SendPartAsync(this Exchange exchange, RenderedAnswer answer, int count) => answer.IsStreamed
        ? exchange.SendEventsAsync(answer, [answer.Whole[..count]])
        : exchange.SendAsync(
            Head(answer, $"Content-Length: {answer.Whole.Length.ToString(CultureInfo.InvariantCulture)}"), [answer.Whole[..count]]);

    /// <summary>Sends the first events of a stream.</summary>
    public static Task SendEventsAsync(this Exchange exchange, RenderedAnswer answer, IEnumerable<byte[]> events) =>
        exchange.SendAsync(Head(answer, "Transfer-Encoding: chunked"), events.Select(Chunk));

    private static async Task SendAsync(this Exchange exchange, byte[] head, IEnumerable<byte[]> pieces)
    {
        exchange.Line.Note(entry => entry with { Status = StatusCodes.Status200OK });
        var socket = exchange.Context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        try
        {
            foreach (var piece in pieces.Prepend(head))
            {
                for (ReadOnlyMemory<byte> rest = piece; rest.Length > 0;)
                    rest = rest[await socket.SendAsync(rest, exchange.Gone)..];
            }
        }
        catch (SocketException gone)
        {
            exchange.Line.Note(entry => entry with { Problem = $"The client went first: {gone.SocketErrorCode}." });
        }

        // No time to linger: the other end gets a reset.
        socket.Close(0);
        exchange.Context.Abort();
    }

    private static byte[] Head(RenderedAnswer answer, string length) =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {answer.ContentType}\r\n{length}\r\n\r\n");

    private static byte[] Chunk(byte[] bytes) =>
        [.. Encoding.ASCII.GetBytes(bytes.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. bytes, .. "\r\n"u8];
}

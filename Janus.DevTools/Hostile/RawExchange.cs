using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Janus.DevTools.Hostile;

/// <summary>What came back.</summary>
/// <param name="Status">The answer's status; 0 when the connection was closed without one; -1 when nothing came in time.</param>
/// <param name="Text">The answer, its head included, cut where it is long.</param>
internal sealed record RawAnswer(int Status, string Text);

/// <summary>Sends bytes as they are, which a decent client would refuse to.</summary>
internal static class RawExchange
{
    /// <summary>The status that stands for no answer within the time limit.</summary>
    public const int Silence = -1;

    private const int MostRead = 256 * 1024;

    // Longer than the API waits for a locked database.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Drip = TimeSpan.FromMilliseconds(250);

    /// <summary>Sends an attack and reads what comes back.</summary>
    /// <param name="attack">The attack.</param>
    /// <param name="drips">For how long the slow ones go on.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<RawAnswer> SendAsync(Attack attack, TimeSpan drips, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit + drips);
        try
        {
            using var socket = await ConnectAsync(attack.Target, limit.Token);
            var whole = await TrySendAsync(socket, attack.Bytes, limit.Token);
            if (attack.Sending == Sending.Cut)
            {
                // Without the courtesy of a farewell.
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                return new RawAnswer(0, "");
            }

            if (attack.Sending == Sending.Dripping && whole)
                await DripAsync(socket, drips, limit.Token);
            return await ReadAsync(socket, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RawAnswer(Silence, "");
        }
    }

    /// <summary>Connects to an address of this machine.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The socket is the caller's, or disposed of.")]
    public static async Task<Socket> ConnectAsync(Uri target, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target.Host, target.Port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Reads an answer to its end, or only its head when it has none.</summary>
    public static async Task<RawAnswer> ReadAsync(Socket socket, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        try
        {
            var isHeadRead = false;
            while (text.Length < MostRead)
            {
                var count = await socket.ReceiveAsync(buffer, cancellationToken);
                if (count == 0)
                    break;
                text.Append(Encoding.Latin1.GetString(buffer, 0, count));
                if (isHeadRead || text.ToString().Split("\r\n\r\n") is not [var head, _, ..])
                    continue;
                isHeadRead = true;
                // An answer without an end.
                if (head.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
                    break;
            }
        }
        catch (SocketException)
        {
            // Closed from the other side while something was on the way; what has come is the answer.
        }

        var answer = text.ToString();
        return new RawAnswer(StatusOf(answer), answer);
    }

    private static int StatusOf(string answer) =>
        answer.StartsWith("HTTP/1.", StringComparison.Ordinal) && answer.Length > 12 && int.TryParse(answer.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;

    // A server that has seen enough closes before it has everything, and its answer is there to be read all the same.
    private static async Task<bool> TrySendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (bytes.Length > 0)
                bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task DripAsync(Socket socket, TimeSpan length, CancellationToken cancellationToken)
    {
        for (var passed = TimeSpan.Zero; passed < length; passed += Drip)
        {
            await Task.Delay(Drip, cancellationToken);
            if (!await TrySendAsync(socket, " "u8.ToArray(), cancellationToken))
                return;
        }

        socket.Shutdown(SocketShutdown.Send);
    }
}

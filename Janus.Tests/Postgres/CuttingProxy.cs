using System.Net;
using System.Net.Sockets;

namespace Janus.Tests.Postgres;

/// <summary>When the connection that is just committing is cut.</summary>
internal enum Cut
{
    /// <summary>Never.</summary>
    Never,

    /// <summary>Before the server hears of the COMMIT.</summary>
    BeforeCommit,

    /// <summary>When the server has committed and its answer is on the way.</summary>
    AfterCommit,
}

/// <summary>Stands between a client and PostgreSQL on loopback, and cuts one connection at its COMMIT.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private static readonly byte[] Commit = "Q\0\0\0\u000bCOMMIT\0"u8.ToArray();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _server;
    private readonly Task _accepting;
    private int _next;
    private Func<Task> _meanwhile = () => Task.CompletedTask;

    public CuttingProxy(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts the next connection that commits.</summary>
    /// <param name="cut">When.</param>
    /// <param name="meanwhile">What happens before the client notices.</param>
    public void Arm(Cut cut, Func<Task>? meanwhile = null)
    {
        _meanwhile = meanwhile ?? (() => Task.CompletedTask);
        Volatile.Write(ref _next, (int)cut);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var pairs = new List<Task>();
        try
        {
            while (true)
                pairs.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        finally
        {
            await Task.WhenAll(pairs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
            using var cut = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            var back = CopyAsync(server.GetStream(), client.GetStream(), cut.Token);
            var forward = ForwardAsync(client.GetStream(), server.GetStream(), back, cut);
            await Task.WhenAny(forward, back);
            // The client of a cut connection notices when all is done that was to happen before.
            if (cut.IsCancellationRequested)
                await forward;
            await cut.CancelAsync();
        }
    }

    // The provider writes a COMMIT as one simple query, at the end of what it sends.
    private async Task ForwardAsync(NetworkStream client, NetworkStream server, Task back, CancellationTokenSource cut)
    {
        var buffer = new byte[64 * 1024];
        while (await client.ReadAsync(buffer, cut.Token) is var count and > 0)
        {
            var sent = buffer.AsMemory(0, count);
            var armed = sent.Span.EndsWith(Commit) ? (Cut)Interlocked.Exchange(ref _next, (int)Cut.Never) : Cut.Never;
            if (armed == Cut.Never)
            {
                await server.WriteAsync(sent, cut.Token);
                continue;
            }

            Cuts++;
            // Nothing comes back to the client any more; what the server says is read here, so that it has said it.
            await cut.CancelAsync();
            await back.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (armed == Cut.AfterCommit)
            {
                await server.WriteAsync(sent, _end.Token);
                await server.ReadExactlyAsync(buffer.AsMemory(0, 1), _end.Token);
            }

            await _meanwhile();
            return;
        }
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, cancellationToken) is var count and > 0)
            await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Janus.Benchmarks.Telemetry;

/// <summary>Takes telemetry by OTLP over HTTP, reads it to its end and forgets it.</summary>
internal sealed class TakingReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private long _bytes;

    private TakingReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(async context =>
        {
            var block = new byte[64 * 1024];
            for (int read; (read = await context.Request.Body.ReadAsync(block, context.RequestAborted)) > 0;)
                Interlocked.Add(ref _bytes, read);
            context.Response.ContentType = "application/x-protobuf";
        });
    }

    public string Address => _app.Urls.Single();

    /// <summary>What has come so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public static async Task<TakingReceiver> StartAsync()
    {
        var receiver = new TakingReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>Accepts connections and never answers.</summary>
internal sealed class SilentReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentReceiver() => _listener.Start(backlog: 512);

    public string Address => $"http://{_listener.LocalEndpoint}";

    public void Dispose() => _listener.Dispose();
}

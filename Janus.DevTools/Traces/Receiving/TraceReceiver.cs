using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Janus.DevTools.Traces.Receiving;

/// <summary>
/// Takes traces, metrics and logs by OTLP on loopback, and keeps them to be looked at. Clear text needs a port for each protocol: without
/// TLS nothing says beforehand which one a connection speaks.
/// </summary>
internal sealed class TraceReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TraceReceiver(WebApplication app, ReceivedTelemetry received, Uri grpc, Uri http)
    {
        _app = app;
        Received = received;
        GrpcAddress = grpc;
        HttpAddress = http;
    }

    /// <summary>The value of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> for the protocol <c>grpc</c>.</summary>
    public Uri GrpcAddress { get; }

    /// <summary>The value of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> for the protocol <c>http/protobuf</c>.</summary>
    public Uri HttpAddress { get; }

    /// <summary>All that was received, with what was dropped.</summary>
    public ReceivedTelemetry Received { get; }

    /// <summary>Every span so far; the list never changes.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => Received.Spans;

    /// <summary>Every log line so far; the list never changes.</summary>
    public IReadOnlyList<ReceivedLog> Logs => Received.Logs;

    /// <summary>Every body so far, unpacked; empty unless <see cref="TraceReceiverOptions.KeepBodies"/>.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> RequestBytes => Received.Bodies;

    /// <summary>The longest body so far, unpacked, in bytes.</summary>
    public int LargestRequest => Received.Counts.LargestRequest;

    /// <summary>Starts listening.</summary>
    /// <exception cref="TracePortTakenException">Another program listens on a port that was asked for.</exception>
    public static async Task<TraceReceiver> StartAsync(TraceReceiverOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var received = new ReceivedTelemetry(options);
        var requests = new OtlpRequests(received);
        var grpc = new OtlpOverGrpc(requests, options);
        var http = new OtlpOverHttp(requests, options);
        List<ListenOptions> listening = [];

        // Nothing of the surroundings: no settings files, no variables that would move the address.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // The receiver has a limit of its own, which each protocol answers in its own way.
            kestrel.Limits.MaxRequestBodySize = null;
            Listen(options.GrpcPort, HttpProtocols.Http2);
            Listen(options.HttpPort, HttpProtocols.Http1);

            void Listen(int port, HttpProtocols protocols) => kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                listen.Protocols = protocols;
                listening.Add(listen);
            });
        });
        var app = builder.Build();
        app.Run(context => HttpProtocol.IsHttp2(context.Request.Protocol) ? grpc.AnswerAsync(context) : http.AnswerAsync(context));
        try
        {
            await app.StartAsync(cancellationToken);
            return new TraceReceiver(app, received, Address(listening[0]), Address(listening[1]));
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await app.DisposeAsync();
            throw new TracePortTakenException(Ports.IsTaken(options.GrpcPort) ? options.GrpcPort : options.HttpPort);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until something is true of the spans. It is asked again whenever anything comes, log lines and metrics too.</summary>
    /// <returns>The spans at that time.</returns>
    /// <exception cref="OperationCanceledException">It did not become true in time.</exception>
    public async Task<IReadOnlyList<ReceivedSpan>> WaitAsync(Func<IReadOnlyList<ReceivedSpan>, bool> isTrue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isTrue);
        while (true)
        {
            var arrival = Received.NextArrival;
            var spans = Spans;
            if (isTrue(spans))
                return spans;
            await arrival.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends what is under way and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static Uri Address(ListenOptions listening) => new($"http://127.0.0.1:{listening.IPEndPoint!.Port}");
}

/// <summary>A port that was asked for is in use.</summary>
internal sealed class TracePortTakenException(int port) : Exception($"Port {port} is taken.")
{
    /// <summary>Which one.</summary>
    public int Port => port;
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Janus.DevTools.Traces.Receiving;

namespace Janus.Tests.DevTools;

/// <summary>Speaks to a receiver of traces byte by byte, as no exporter would.</summary>
internal sealed class TraceCaller : IAsyncDisposable
{
    public const string TracePath = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    public const string Protobuf = "application/x-protobuf";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null });

    private TraceCaller(TraceReceiver receiver) => Receiver = receiver;

    public TraceReceiver Receiver { get; }

    public static CancellationToken Deadline => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public static async Task<TraceCaller> StartAsync(TraceReceiverOptions? options = null) =>
        new(await TraceReceiver.StartAsync(options ?? new TraceReceiverOptions(), Deadline));

    /// <summary>Sends a body over HTTP.</summary>
    public async Task<HttpStatusCode> PostAsync(byte[] body, string path = "/v1/traces", string type = Protobuf, string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        using var response = await _http.PostAsync(new Uri(Receiver.HttpAddress, path), content, Deadline);
        return response.StatusCode;
    }

    /// <summary>Sends the bytes of a gRPC call.</summary>
    /// <returns>The call's status.</returns>
    public async Task<string> CallAsync(byte[] frame, string path = TracePath, string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Receiver.GrpcAddress, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        if (encoding is not null)
            request.Headers.Add("grpc-encoding", encoding);
        using var response = await _http.SendAsync(request, Deadline);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await response.Content.ReadAsByteArrayAsync(Deadline);
        return response.TrailingHeaders.GetValues("grpc-status").ShouldHaveSingleItem();
    }

    /// <summary>A message in its frame.</summary>
    public static byte[] Frame(byte[] message, bool isPacked = false)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = isPacked ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionMode.Compress))
            stream.Write(bytes);
        return packed.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Receiver.DisposeAsync();
    }
}

using System.Net;
using System.Net.Http.Headers;

namespace Janus.Gemini.Transport;

/// <summary>
/// A JSON body that remembers whether all of it was handed to the connection. Until then a broken connection means that nothing was carried
/// out; afterwards nobody here can know.
/// </summary>
internal sealed class RequestBody : HttpContent
{
    private readonly ReadOnlyMemory<byte> json;

    public RequestBody(ReadOnlyMemory<byte> json)
    {
        this.json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    public bool IsSent { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        await SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(json, cancellationToken);
        IsSent = true;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = json.Length;
        return true;
    }
}

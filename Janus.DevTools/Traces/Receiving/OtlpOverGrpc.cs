using System.Buffers.Binary;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Janus.DevTools.Traces.Receiving;

/// <summary>
/// OTLP over gRPC, of which a single call needs little: a message behind five bytes, and the status in the trailers. See
/// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md.
/// </summary>
internal sealed class OtlpOverGrpc(OtlpRequests requests, TraceReceiverOptions options)
{
    private const string Grpc = "application/grpc";

    /// <summary>One byte says whether the message is packed, four say how long it is.</summary>
    private const int FrameHead = 5;

    /// <summary>Answers one call.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith(Grpc, StringComparison.Ordinal) != true)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var refused = await TakeAsync(context);
        context.Response.ContentType = Grpc;
        // An empty message says that all was taken.
        if (refused is null)
            await context.Response.BodyWriter.WriteAsync(new byte[FrameHead], context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", (refused?.GrpcStatus ?? 0).ToString(CultureInfo.InvariantCulture));
        if (refused is not null)
            context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(refused.Message));
    }

    private async Task<OtlpRefusedException?> TakeAsync(HttpContext context)
    {
        try
        {
            var request = context.Request;
            if (!HttpMethods.IsPost(request.Method) || !OtlpRequests.Knows(request.Path))
                throw OtlpRefusedException.NoSuchMethod($"{request.Method} {request.Path}");
            var frame = await RequestBytes.ReadAsync(request.Body, options.LongestBody + FrameHead, context.RequestAborted);
            requests.Take(request.Path!, await MessageAsync(frame, request.Headers["grpc-encoding"], context.RequestAborted));
            return null;
        }
        catch (OtlpRefusedException refused)
        {
            return refused;
        }
    }

    private Task<ReadOnlyMemory<byte>> MessageAsync(ReadOnlyMemory<byte> frame, string? encoding, CancellationToken cancellationToken)
    {
        if (frame.Length < FrameHead || BinaryPrimitives.ReadUInt32BigEndian(frame.Span[1..]) != frame.Length - FrameHead)
            throw OtlpRefusedException.Broken("The call holds no whole message, or more than one.");
        return frame.Span[0] switch
        {
            0 => Task.FromResult(frame[FrameHead..]),
            1 when !string.IsNullOrEmpty(encoding) =>
                RequestBytes.UnpackAsync(frame[FrameHead..], encoding, options.LongestBody, cancellationToken),
            _ => throw OtlpRefusedException.Broken("The message says that it is packed, and nothing says how."),
        };
    }
}

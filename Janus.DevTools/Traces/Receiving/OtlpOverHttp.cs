using Google.Protobuf;
using Janus.DevTools.Traces.Receiving.Otlp;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Janus.DevTools.Traces.Receiving;

/// <summary>OTLP over HTTP/1.1 with protobuf bodies, see https://opentelemetry.io/docs/specs/otlp/#otlphttp.</summary>
internal sealed class OtlpOverHttp(OtlpRequests requests, TraceReceiverOptions options)
{
    private const string Protobuf = "application/x-protobuf";

    /// <summary>Where a host that started the receiver asks whether it listens.</summary>
    private const string Health = "/health";

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Path == Health)
            return;
        var (status, body) = await TakeAsync(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = Protobuf;
        await context.Response.BodyWriter.WriteAsync(body.ToByteArray(), context.RequestAborted);
    }

    private async Task<(int Status, IMessage Body)> TakeAsync(HttpContext context)
    {
        try
        {
            var request = context.Request;
            if (!HttpMethods.IsPost(request.Method) || !OtlpRequests.Knows(request.Path))
                throw OtlpRefusedException.NoSuchMethod($"{request.Method} {request.Path}");
            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != Protobuf)
                throw OtlpRefusedException.Unreadable($"A body is {Protobuf}.");
            var packed = await RequestBytes.ReadAsync(request.Body, options.LongestBody, context.RequestAborted);
            requests.Take(
                request.Path!, await RequestBytes.UnpackAsync(packed, request.Headers.ContentEncoding, options.LongestBody, context.RequestAborted));
            // An empty message says that all was taken.
            return (StatusCodes.Status200OK, new TraceRequest());
        }
        catch (OtlpRefusedException refused)
        {
            return (refused.HttpStatus, new Refusal { Code = refused.GrpcStatus, Message = refused.Message });
        }
    }
}

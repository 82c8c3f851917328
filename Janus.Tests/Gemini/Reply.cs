using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Janus.Tests.Gemini;

/// <summary>One scripted answer of <see cref="FakeGemini"/>.</summary>
internal sealed record Reply(Func<HttpContext, Task> Answer, bool ReadsRequest = true)
{
    /// <summary>Stands in every error message, none of which may be shown.</summary>
    public const string Secret = "a sentence that quotes the prompt";

    /// <summary>The connection breaks when the whole request has come.</summary>
    public static Reply BreakAfterRequest { get; } = new(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>The connection breaks while the request is still coming.</summary>
    public static Reply BreakDuringRequest { get; } = BreakAfterRequest with { ReadsRequest = false };

    /// <summary>The connection breaks in the middle of the answer.</summary>
    public static Reply BreakDuringAnswer { get; } = new(context => BreakAsync(context, 200));

    /// <summary>No answer ever comes; the server ends when the client does.</summary>
    public static Reply Never { get; } = new(async context =>
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    });

    public static Reply Json(string json, int status = 200) => Raw(json, "application/json", status);

    public static Reply Html(int status) => Raw($"<html><body>{Secret}</body></html>", "text/html", status);

    public static Reply Raw(string body, string contentType, int status, params (string Name, string Value)[] headers) => new(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        foreach (var (name, value) in headers) context.Response.Headers.Append(name, value);
        await context.Response.WriteAsync(body);
    });

    /// <summary>A complete answer with one text part.</summary>
    public static Reply Text(string text) =>
        Json($$"""{"candidates":[{"content":{"role":"model","parts":[{"text":{{JsonSerializer.Serialize(text)}}}]},"finishReason":"STOP"}]}""");

    /// <summary>A complete answer with one picture, under whatever label.</summary>
    public static Reply Picture(byte[] picture, string label = "image/png") => Json($$$"""
        {"candidates":[{"content":{"role":"model","parts":[
            {"text":"Here it is."},
            {"thought":true,"inlineData":{"mimeType":"image/png","data":"AAAA"}},
            {"inlineData":{"mimeType":"{{{label}}}","data":"{{{Convert.ToBase64String(picture)}}}"},"thoughtSignature":"c2ln"}]},"finishReason":"STOP"}],
         "usageMetadata":{"promptTokenCount":20,"candidatesTokenCount":1130,"thoughtsTokenCount":70,"totalTokenCount":1220,
            "candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":1120},{"modality":"TEXT","tokenCount":10}]},
         "modelVersion":"gemini-3.1-flash-image-001"}
        """);

    /// <summary>An answer that ended for <paramref name="reason"/> and has neither text nor picture.</summary>
    public static Reply Finished(string reason) => Json(
        $$$"""{"candidates":[{"content":{},"finishReason":"{{{reason}}}"}],"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":5}}""");

    /// <summary>A refusal in the service's own form.</summary>
    public static Reply Error(int status, string name, string details = "", string message = Secret) => Json(
        $$$"""{"error":{"code":{{{status}}},"message":{{{JsonSerializer.Serialize(message)}}},"status":"{{{name}}}","details":[{{{details}}}]}}""", status);

    /// <summary>A 429 for one quota, with a delay such as "22s" or none.</summary>
    public static Reply Quota(string quotaId, string? delay = null) => Error(429, "RESOURCE_EXHAUSTED",
        $$"""{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaMetric":"m","quotaId":"{{quotaId}}"}]}"""
        + (delay is null ? "" : $$""", {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"{{delay}}"}"""));

    /// <summary>A refusal whose body breaks off.</summary>
    public static Reply BrokenError(int status) => new(context => BreakAsync(context, status));

    // Kestrel closes the connection of an answer that is shorter than announced. Abort would let the other end lose the first bytes too.
    private static async Task BreakAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{");
    }
}

using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Janus.Gemini.Wire;

namespace Janus.Gemini.Transport;

/// <summary>A model and the option that chose it, which is what to change when the model is gone.</summary>
internal readonly record struct ModelChoice(string Name, string Option);

/// <summary>
/// Carries one generateContent request to Gemini and its answer back. Whatever goes wrong on the way is a <see cref="GeminiException"/>;
/// a caller that cancels gets its <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class GeminiTransport(HttpClient http, GeminiOptions options, GeminiTraffic traffic, TimeProvider time)
{
    private const string KeyHeader = "x-goog-api-key";

    // Whoever writes a span for each sending reads it there; the name is that of the HTTP conventions.
    private static readonly HttpRequestOptionsKey<int> ResendCount = new("http.request.resend_count");

    private readonly Resending resending = new(options.Retry, time);

    /// <summary>Asks, and waits for the whole answer.</summary>
    public async Task<GenerateContentResponse> GenerateAsync(
        ModelChoice model, GenerateContentRequest request, string owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = Prepare(model, request, isStream: false);
        return await traffic.Of(model.Name).ExecuteAsync(owner, token => LimitAsync(call, SendAsync, token), cancellationToken);
    }

    /// <summary>
    /// Asks, and hands the pieces of the answer out as they come. Only the beginning is sent again when it is refused: what has begun may have
    /// been charged.
    /// </summary>
    public async IAsyncEnumerable<GenerateContentResponse> StreamAsync(
        ModelChoice model, GenerateContentRequest request, string owner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = Prepare(model, request, isStream: true);
        var lane = traffic.Of(model.Name);
        using var turn = await lane.EnterAsync(owner, cancellationToken);
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var opened = await lane.TryAsync(token => LimitAsync(call, OpenAsync, token), cancellationToken);

        await using var pieces = ReadPiecesAsync(opened, either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(pieces, call, either, cancellationToken))
            yield return pieces.Current;
    }

    private async Task<T> LimitAsync<T>(Call call, Func<Call, CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await resending.ExecuteAsync((before, token) => send(call with { Resends = before }, token), () => traffic.Of(call.Model.Name).CountResend(), either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw OutOfTime();
        }
    }

    private async Task<GenerateContentResponse> SendAsync(Call call, CancellationToken cancellationToken)
    {
        using var attempt = new Attempt(call);
        try
        {
            using var response = await SendAsync(attempt, cancellationToken);
            await using var body = await ReplyBody.ReadAsync(response, options.MaxResponseBytes, cancellationToken);
            return body.Parse();
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Broken(attempt.IsSent, failure);
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(Call call, CancellationToken cancellationToken)
    {
        using var attempt = new Attempt(call);
        try
        {
            return await SendAsync(attempt, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Broken(attempt.IsSent, failure);
        }
    }

    /// <summary>Sends, and returns an answer that is no refusal.</summary>
    private async Task<HttpResponseMessage> SendAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(attempt.Request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode) throw await RefusalAsync(response, attempt.Model, cancellationToken);
            var answer = response;
            response = null;
            return answer;
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The time limit of connecting, or one that the HttpClient was given.
            throw attempt.IsSent
                ? new GeminiException(
                    GeminiFailureKind.TimedOut, "Gemini gave no answer in time; the call may have been charged.", innerException: failure)
                : Unreachable(failure);
        }
        finally
        {
            response?.Dispose();
        }
    }

    private async Task<GeminiException> RefusalAsync(HttpResponseMessage response, ModelChoice model, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await ReplyBody.ReadAsync(response, options.MaxResponseBytes, cancellationToken);
            return Refusal.Of(response, ErrorReply.Read(body.Bytes), model, time);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or GeminiException)
        {
            // A refusal whose text got lost, or has no end, is still that refusal.
            return Refusal.Of(response, new ErrorReply(), model, time);
        }
    }

    private async IAsyncEnumerable<GenerateContentResponse> ReadPiecesAsync(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = new CappedStream(await response.Content.ReadAsStreamAsync(cancellationToken), options.MaxResponseBytes);
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
            throw new GeminiException(GeminiFailureKind.Malformed, "The answer is no stream of events; check Gemini:Endpoint and any proxy.");
        // The parser takes lines that end in either way and letters that are split anywhere.
        await foreach (var item in SseParser.Create(stream, (_, data) => data.ToArray()).EnumerateAsync(cancellationToken))
        {
            var bytes = new System.Buffers.ReadOnlySequence<byte>(item.Data);
            if (ErrorReply.Read(bytes) is { Code: { } code } error)
                throw Refusal.Of(code, error, default, time);
            yield return ReplyBody.Parse(bytes);
        }
    }

    private static async Task<bool> NextAsync(
        IAsyncEnumerator<GenerateContentResponse> pieces, Call call, CancellationTokenSource either, CancellationToken cancellationToken)
    {
        try
        {
            return await pieces.MoveNextAsync();
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Broken(isSent: true, failure);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new GeminiException(GeminiFailureKind.TimedOut, $"Gemini's answer from {call.Model.Name} had no end in time; it may have been charged.");
        }
    }

    private GeminiException OutOfTime() => new(
        GeminiFailureKind.TimedOut, $"Gemini gave no answer within {options.Timeout.TotalSeconds} s (Gemini:Timeout); the call may have been charged.");

    private static GeminiException Broken(bool isSent, Exception failure) => isSent
        ? new GeminiException(
            GeminiFailureKind.OutcomeUnknown,
            "The connection to Gemini broke after the request was sent; the call may have been carried out and charged.",
            innerException: failure)
        : Unreachable(failure);

    private static GeminiException Unreachable(Exception failure) =>
        new(GeminiFailureKind.Overloaded, "Gemini could not be reached; the request was not sent.", innerException: failure);

    private Call Prepare(ModelChoice model, GenerateContentRequest request, bool isStream) => new(
        model,
        new Uri($"{options.Endpoint.AbsoluteUri.TrimEnd('/')}/v1beta/models/{Uri.EscapeDataString(model.Name)}:{(isStream ? "streamGenerateContent?alt=sse" : "generateContent")}"),
        Key(),
        JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Options));

    private string Key()
    {
        var key = options.ApiKey.Trim();
        if (key.Length == 0) throw Refused("There is no API key for Gemini; set Gemini:ApiKey.");

        // A header takes nothing else, and the exception that says so would quote the key.
        return key.All(letter => letter is > ' ' and <= '~') ? key : throw Refused("Gemini:ApiKey contains characters that no API key has.");

        static GeminiException Refused(string message) => new(GeminiFailureKind.InvalidKey, message) { Option = Refusal.KeyOption };
    }

    /// <summary>A call, ready to be sent any number of times.</summary>
    private sealed record Call(ModelChoice Model, Uri Address, string Key, ReadOnlyMemory<byte> Json)
    {
        /// <summary>How often it was sent before.</summary>
        public int Resends { get; init; }
    }

    /// <summary>One sending of a call.</summary>
    private sealed class Attempt : IDisposable
    {
        private readonly RequestBody body;

        public Attempt(Call call)
        {
            Model = call.Model;
            body = new RequestBody(call.Json);
            Request = new HttpRequestMessage(HttpMethod.Post, call.Address) { Content = body };
            Request.Headers.Add(KeyHeader, call.Key);
            if (call.Resends > 0)
                Request.Options.Set(ResendCount, call.Resends);
        }

        public ModelChoice Model { get; }

        public HttpRequestMessage Request { get; }

        public bool IsSent => body.IsSent;

        public void Dispose() => Request.Dispose();
    }
}

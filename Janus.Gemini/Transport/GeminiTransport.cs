using System.Text.Json;
using Janus.Gemini.Wire;

namespace Janus.Gemini.Transport;

/// <summary>A model and the option that chose it, which is what to change when the model is gone.</summary>
internal readonly record struct ModelChoice(string Name, string Option);

/// <summary>
/// Carries one generateContent request to Gemini and its answer back. Whatever goes wrong on the way is a <see cref="GeminiException"/>;
/// a caller that cancels gets its <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class GeminiTransport(HttpClient http, GeminiOptions options, TimeProvider time)
{
    private const string KeyHeader = "x-goog-api-key";

    private readonly Resending resending = new(options.Retry, time);

    public async Task<GenerateContentResponse> GenerateAsync(
        ModelChoice model, GenerateContentRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var key = Key();
        var json = JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Options);

        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await resending.ExecuteAsync(token => SendAsync(model, key, json, token), either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new GeminiException(
                GeminiFailureKind.TimedOut,
                $"Gemini gave no answer within {options.Timeout.TotalSeconds} s (Gemini:Timeout); the call may have been charged.");
        }
    }

    private async Task<GenerateContentResponse> SendAsync(
        ModelChoice model, string key, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        using var body = new RequestBody(json);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(model)) { Content = body };
        request.Headers.Add(KeyHeader, key);

        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await response.Content.LoadIntoBufferAsync(options.MaxResponseBytes, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw Refusal.Of(response, await response.Content.ReadAsByteArrayAsync(cancellationToken), model, time);
            return await ReadAsync(response, cancellationToken);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new GeminiException(
                GeminiFailureKind.Malformed,
                $"Gemini's answer is larger than {options.MaxResponseBytes} bytes (Gemini:MaxResponseBytes).",
                innerException: failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            // A refusal whose text got lost is still that refusal.
            if (response is { IsSuccessStatusCode: false }) throw Refusal.Of(response, ReadOnlyMemory<byte>.Empty, model, time);
            throw Broken(body, failure);
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The time limit of connecting, or one that the HttpClient was given.
            throw body.IsSent
                ? new GeminiException(
                    GeminiFailureKind.TimedOut, "Gemini gave no answer in time; the call may have been charged.", innerException: failure)
                : Unreachable(failure);
        }
        finally
        {
            response?.Dispose();
        }
    }

    private static async Task<GenerateContentResponse> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonSerializer.DeserializeAsync<GenerateContentResponse>(content, WireJson.Options, cancellationToken)
                ?? throw new GeminiException(GeminiFailureKind.Malformed, "Gemini's answer is empty.");
        }
        catch (JsonException failure)
        {
            throw new GeminiException(
                GeminiFailureKind.Malformed, "Gemini's answer could not be read as the protocol says.", innerException: failure);
        }
    }

    private static GeminiException Broken(RequestBody body, Exception failure) => body.IsSent
        ? new GeminiException(
            GeminiFailureKind.OutcomeUnknown,
            "The connection to Gemini broke after the request was sent; the call may have been carried out and charged.",
            innerException: failure)
        : Unreachable(failure);

    private static GeminiException Unreachable(Exception failure) =>
        new(GeminiFailureKind.Overloaded, "Gemini could not be reached; the request was not sent.", innerException: failure);

    private Uri Address(ModelChoice model) =>
        new($"{options.Endpoint.AbsoluteUri.TrimEnd('/')}/v1beta/models/{Uri.EscapeDataString(model.Name)}:generateContent");

    private string Key()
    {
        var key = options.ApiKey.Trim();
        if (key.Length == 0) throw new GeminiException(GeminiFailureKind.InvalidKey, "There is no API key for Gemini; set Gemini:ApiKey.");

        // A header takes nothing else, and the exception that says so would quote the key.
        if (!key.All(letter => letter is > ' ' and <= '~'))
            throw new GeminiException(GeminiFailureKind.InvalidKey, "Gemini:ApiKey contains characters that no API key has.");
        return key;
    }
}

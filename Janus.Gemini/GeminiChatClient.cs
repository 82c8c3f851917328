using System.Runtime.CompilerServices;
using Janus.Gemini.Transport;
using Janus.Gemini.Wire;
using Microsoft.Extensions.AI;

namespace Janus.Gemini;

/// <summary>
/// Text from Gemini (models.generateContent, v1beta). One call is one request, sent again only as <see cref="GeminiRetryOptions"/> says.
/// Safe for concurrent use.
/// </summary>
/// <param name="http">
/// Carries the requests; it stays the property of whoever made it. Its own time limit should be infinite, and it must not resend.
/// </param>
/// <param name="options">Key, model, address and limits.</param>
/// <param name="time">The clock of time limits and waits; the system's if null.</param>
public sealed class GeminiChatClient(HttpClient http, GeminiOptions options, TimeProvider? time = null) : IChatClient
{
    private const int MostStopSequences = 5;

    private readonly GeminiTransport transport = new(http, options, time ?? TimeProvider.System);
    private readonly ChatClientMetadata metadata = new("gcp.gemini", options.Endpoint, options.TextModel);

    /// <summary>
    /// Asks the model and waits for the whole answer. Used are the options Instructions, ModelId, Temperature, TopP, TopK, MaxOutputTokens
    /// (tokens), Seed, StopSequences (at most five) and ResponseFormat; of a JSON schema the keywords that Gemini honours, which are not the
    /// ones about length and pattern.
    /// </summary>
    /// <param name="messages">The conversation: system, user and assistant messages of text and bytes.</param>
    /// <param name="options">How to answer; null for the model's defaults.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <returns>One message with the answer's text, without the model's thoughts; usage in tokens as billed, thoughts being output.</returns>
    /// <exception cref="GeminiException">There is no complete answer; its kind says why.</exception>
    /// <exception cref="ArgumentException">There is no message to answer, or there are too many stop sequences.</exception>
    /// <exception cref="NotSupportedException">Tools, or content other than text and bytes.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var conversation = messages.ToList();
        var request = new GenerateContentRequest
        {
            SystemInstruction = Turns.Instructions(conversation, options?.Instructions),
            Contents = Turns.Of(conversation),
            GenerationConfig = Config(options),
        };

        var reply = await transport.GenerateAsync(Model(options), request, cancellationToken);
        var candidate = Answer.Complete(reply);
        var text = string.Concat(candidate.Answer.Select(part => part.Text));
        if (text.Length == 0) throw Answer.Failure(reply, GeminiFailureKind.Malformed, "Gemini's answer has no text.");

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text) { MessageId = reply.ResponseId })
        {
            ResponseId = reply.ResponseId,
            ModelId = reply.ModelVersion,
            FinishReason = FinishReason(candidate),
            Usage = Answer.Usage(reply),
        };
    }

    /// <summary>The same answer as <see cref="GetResponseAsync"/>, handed out when it is complete.</summary>
    /// <inheritdoc cref="GetResponseAsync"/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates()) yield return update;
    }

    /// <summary>This client, or its <see cref="ChatClientMetadata"/>; null for anything else.</summary>
    /// <param name="serviceType">The type asked for.</param>
    /// <param name="serviceKey">Must be null: nothing here has a key.</param>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(metadata) ? metadata
            : null;
    }

    /// <summary>Does nothing: the HttpClient belongs to whoever made it.</summary>
    public void Dispose()
    {
    }

    private ModelChoice Model(ChatOptions? chat) =>
        new(chat?.ModelId ?? options.TextModel, $"{GeminiOptions.Section}:{nameof(GeminiOptions.TextModel)}");

    private static GenerationConfig Config(ChatOptions? chat)
    {
        if (chat is null) return new GenerationConfig();
        if (chat.Tools is { Count: > 0 }) throw new NotSupportedException("Gemini is used without tools.");
        if (chat.StopSequences is { Count: > MostStopSequences })
            throw new ArgumentException($"Gemini takes at most {MostStopSequences} stop sequences.", nameof(chat));

        var json = chat.ResponseFormat as ChatResponseFormatJson;
        return new GenerationConfig
        {
            Temperature = chat.Temperature,
            TopP = chat.TopP,
            TopK = chat.TopK,
            MaxOutputTokens = chat.MaxOutputTokens,
            Seed = chat.Seed,
            StopSequences = chat.StopSequences is { Count: > 0 } stops ? [.. stops] : null,
            ResponseMimeType = json is null ? null : "application/json",
            ResponseJsonSchema = json?.Schema is { } schema ? ResponseSchema.From(schema) : null,
        };
    }

    private static ChatFinishReason? FinishReason(Candidate candidate) => candidate.FinishReason switch
    {
        "STOP" => ChatFinishReason.Stop,
        null => null,
        var other => new ChatFinishReason(other),
    };
}

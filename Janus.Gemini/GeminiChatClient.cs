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
/// <param name="traffic">What the clients of a process share; its own if null.</param>
public sealed class GeminiChatClient(HttpClient http, GeminiOptions options, TimeProvider? time = null, GeminiTraffic? traffic = null) : IChatClient
{
    private const int MostStopSequences = 5;

    /// <summary>
    /// The key in <see cref="ChatOptions.AdditionalProperties"/> of how many tokens a model may think, as an int; it goes before
    /// <see cref="ChatOptions.Reasoning"/>. 0 for not at all, -1 to let the model decide.
    /// </summary>
    public const string ThinkingBudgetProperty = "thinkingBudget";

    private readonly GeminiTransport transport = new(
        http, options, traffic ?? new GeminiTraffic(options, GeminiPart.Everything, time), time ?? TimeProvider.System);
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
        var reply = await transport.GenerateAsync(Model(options), Request(messages, options), CallOwner.Of(options?.AdditionalProperties), cancellationToken);
        var candidate = Answer.Complete(reply);
        var contents = Contents(candidate, IsThinkingShown(options));
        if (!contents.OfType<TextContent>().Any()) throw Answer.Failure(reply, GeminiFailureKind.Malformed, "Gemini's answer has no text.", candidate.FinishReason);

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents) { MessageId = reply.ResponseId })
        {
            ResponseId = reply.ResponseId,
            ModelId = reply.ModelVersion,
            FinishReason = Answer.FinishReason(candidate.FinishReason),
            Usage = Answer.Usage(reply),
        };
    }

    /// <summary>
    /// Asks the model and hands the answer out piece by piece; the last piece has the usage and how it ended. A failure in the middle is thrown
    /// after the pieces that came before it, and is not asked again: what has begun may have been charged.
    /// </summary>
    /// <inheritdoc cref="GetResponseAsync"/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        GenerateContentResponse? last = null;
        string? ending = null;
        var hasText = false;
        await foreach (var reply in transport.StreamAsync(
            Model(options), Request(messages, options), CallOwner.Of(options?.AdditionalProperties), cancellationToken))
        {
            if (Answer.Blocked(reply) is { } blocked) throw blocked;
            // Every piece repeats the usage so far, and one that has none takes nothing of it away.
            last = reply with { UsageMetadata = reply.UsageMetadata ?? last?.UsageMetadata };
            if (reply.Candidate is not { } candidate) continue;
            ending = candidate.FinishReason ?? ending;
            var contents = Contents(candidate, IsThinkingShown(options));
            hasText |= contents.OfType<TextContent>().Any();
            if (contents.Count > 0) yield return Update(reply, contents);
        }

        if (last is null) throw new GeminiException(GeminiFailureKind.Malformed, "Gemini's answer is empty.");
        if (ending is null) throw Answer.Failure(last, GeminiFailureKind.OutcomeUnknown, "Gemini's answer ended in the middle; it may have been charged.");
        if (Answer.Ended(last, ending) is { } failure) throw failure;
        if (!hasText) throw Answer.Failure(last, GeminiFailureKind.Malformed, "Gemini's answer has no text.", ending);

        var end = Update(last, Answer.Usage(last) is { } usage ? [new UsageContent(usage)] : []);
        end.FinishReason = Answer.FinishReason(ending);
        yield return end;
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

    private GenerateContentRequest Request(IEnumerable<ChatMessage> messages, ChatOptions? chat)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var conversation = messages.ToList();
        return new GenerateContentRequest
        {
            SystemInstruction = Turns.Instructions(conversation, chat?.Instructions),
            Contents = Turns.Of(conversation),
            GenerationConfig = Config(chat),
            SafetySettings = Wire.SafetySetting.From(options),
        };
    }

    private GenerationConfig Config(ChatOptions? chat)
    {
        if (chat?.Tools is { Count: > 0 }) throw new NotSupportedException("Gemini is used without tools.");
        if (chat?.StopSequences is { Count: > MostStopSequences })
            throw new ArgumentException($"Gemini takes at most {MostStopSequences} stop sequences.", nameof(chat));

        var json = chat?.ResponseFormat as ChatResponseFormatJson;
        return new GenerationConfig
        {
            Temperature = chat?.Temperature,
            TopP = chat?.TopP,
            TopK = chat?.TopK,
            MaxOutputTokens = chat?.MaxOutputTokens,
            Seed = chat?.Seed,
            StopSequences = chat?.StopSequences is { Count: > 0 } stops ? [.. stops] : null,
            ResponseMimeType = json is null ? null : "application/json",
            ResponseJsonSchema = json is null ? null : ResponseSchema.From(json),
            ThinkingConfig = Thinking(chat),
        };
    }

    private ThinkingConfig? Thinking(ChatOptions? chat)
    {
        bool? shown = IsThinkingShown(chat) ? true : null;
        if (chat?.AdditionalProperties?.TryGetValue(ThinkingBudgetProperty, out var budget) == true)
        {
            return budget is int tokens and >= -1
                ? new ThinkingConfig(shown, null, tokens)
                : throw new ArgumentException($"{ThinkingBudgetProperty} must be a whole number of tokens, -1 or more.", nameof(chat));
        }

        var level = chat?.Reasoning?.Effort switch
        {
            ReasoningEffort.None => "MINIMAL",
            ReasoningEffort.Low => "LOW",
            ReasoningEffort.Medium => "MEDIUM",
            ReasoningEffort.High or ReasoningEffort.ExtraHigh => "HIGH",
            _ => options.ThinkingLevel is { Length: > 0 } usual ? usual : null,
        };
        return level is null && shown is null ? null : new ThinkingConfig(shown, level, null);
    }

    private static bool IsThinkingShown(ChatOptions? chat) => chat?.Reasoning?.Output is ReasoningOutput.Full or ReasoningOutput.Summary;

    /// <summary>The answer's text in one piece, after the thoughts if they were asked for.</summary>
    private static List<AIContent> Contents(Candidate candidate, bool hasThoughts)
    {
        List<AIContent> contents = [];
        var thoughts = hasThoughts ? string.Concat(candidate.Thoughts.Select(part => part.Text)) : "";
        var text = string.Concat(candidate.Answer.Select(part => part.Text));
        if (thoughts.Length > 0) contents.Add(new TextReasoningContent(thoughts));
        if (text.Length > 0) contents.Add(new TextContent(text));
        return contents;
    }

    private static ChatResponseUpdate Update(GenerateContentResponse reply, IList<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = reply.ResponseId,
        MessageId = reply.ResponseId,
        ModelId = reply.ModelVersion,
    };
}

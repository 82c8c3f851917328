using Microsoft.Extensions.AI;

namespace Janus.Tests.Generation;

/// <summary>Answers what it was told, in order, and remembers what it was asked.</summary>
internal sealed class ScriptedChatClient(params Func<ChatResponse>[] answers) : IChatClient
{
    public List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    public static Func<ChatResponse> Says(string text, string model = "gemini-3.5-flash", ChatFinishReason? finish = null) => () => new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
    {
        ModelId = model,
        FinishReason = finish ?? ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10 },
    };

    public static Func<ChatResponse> Throws(Exception failure) => () => throw failure;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add([.. messages]);
        Options.Add(options);
        return Task.FromResult(answers[Asked.Count - 1]());
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}

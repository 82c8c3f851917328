using System.Runtime.CompilerServices;
using Janus.Generation.Providers;
using Microsoft.Extensions.AI;

namespace Janus.Generation.Telemetry;

/// <summary>Tells telemetry of every call of a chat client, whichever provider it asks.</summary>
internal sealed class TracedChatClient(IChatClient inner, ModelTelemetry telemetry) : DelegatingChatClient(inner)
{
    private readonly ChatClientMetadata? _metadata = inner.GetService<ChatClientMetadata>();

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using var call = Begin(conversation, options, out var content);
        try
        {
            var response = await base.GetResponseAsync(conversation, options, cancellationToken);
            Answered(call, response, content);
            return response;
        }
        catch (Exception failure)
        {
            call.Failed(failure);
            throw;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using var call = Begin(conversation, options, out var content);
        List<ChatResponseUpdate> told = [];
        await using var updates = base.GetStreamingResponseAsync(conversation, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync())
                    break;
            }
            catch (Exception failure)
            {
                call.Failed(failure);
                throw;
            }

            told.Add(updates.Current);
            yield return updates.Current;
        }

        Answered(call, told.ToChatResponse(), content);
    }

    private ModelCall Begin(IReadOnlyList<ChatMessage> messages, ChatOptions? options, out MessageContent? content)
    {
        var call = new ModelCall(telemetry, new ModelRequest(
            _metadata?.ProviderName ?? "unknown", _metadata?.ProviderUri, options?.ModelId ?? _metadata?.DefaultModelId,
            options?.ResponseFormat is ChatResponseFormatJson ? "json" : "text"));
        content = call.IsCaptured ? new MessageContent() : null;
        if (content is not null)
        {
            call.Span!.SetTag("gen_ai.system_instructions", content.Instructions(messages, options?.Instructions))
                .SetTag("gen_ai.input.messages", content.Input(messages));
        }

        return call;
    }

    private static void Answered(ModelCall call, ChatResponse response, MessageContent? content)
    {
        var ending = response.FinishReason?.Value.ToLowerInvariant();
        call.Answered(new CallDetails(response.ModelId, response.ResponseId, ending, response.Usage));
        if (content is not null)
            call.Span!.SetTag("gen_ai.output.messages", content.Output(response.Messages.SelectMany(message => message.Contents), ending));
    }
}

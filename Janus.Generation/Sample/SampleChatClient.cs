using System.Runtime.CompilerServices;
using System.Text.Json;
using Janus.Generation.Prompts;
using Janus.Generation.Sample.Briefs;
using Janus.Generation.Sample.Writing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Janus.Generation.Sample;

/// <summary>
/// A chat client that needs neither key nor network: it answers the prompts of <see cref="StrategyPlanner"/> and <see cref="ContentCreator"/>
/// from the words of the brief. The same brief and seed give the same answer.
/// </summary>
public sealed class SampleChatClient : IChatClient
{
    private static readonly ChatClientMetadata Metadata = new("janus.sample", defaultModelId: SampleOptions.Model);

    private readonly SampleOptions _options;
    private readonly SampleFaults _faults;

    /// <summary>A studio with its own count of failures.</summary>
    public SampleChatClient(IOptions<SampleOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
        _faults = new SampleFaults(options, time);
    }

    /// <inheritdoc/>
    /// <exception cref="SampleFailureException">The options ask for a failure, or the prompt is none that the studio knows.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var conversation = messages.ToList();
        var prompt = string.Join('\n', conversation.Where(message => message.Role == ChatRole.User).Select(message => message.Text));
        var blocks = DataBlock.ReadAll(prompt);
        if (!blocks.ContainsKey(BriefBlocks.ProductDescription))
            throw new SampleFailureException("The sample studio writes campaigns only and does not know this request.", isTransient: false);

        var writesPost = blocks.TryGetValue(BriefBlocks.PostTitle, out var title);
        await _faults.DelayAsync(writesPost ? _options.TextLatency : _options.PlanLatency, cancellationToken);
        _faults.ThrowIfAsked(title ?? "", prompt);

        // A refused answer would be refused again, so each further ask has a seed of its own.
        var seed = unchecked(_options.Seed + (7919 * conversation.Count(message => message.Role == ChatRole.Assistant)));
        var brief = SampleBrief.Read(blocks);
        return Answer(conversation, writesPost
            ? blocks.ContainsKey(BriefBlocks.CurrentText) ? RewritePost(brief, blocks, seed) : WritePost(brief, blocks, seed)
            : blocks.ContainsKey(BriefBlocks.SelectedPosts) ? GrowthWriter.WriteFollowUp(brief, blocks, seed)
            : blocks.ContainsKey(BriefBlocks.Direction) ? GrowthWriter.WriteAnew(brief, blocks, seed)
            : PlanWriter.Write(brief, seed));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        return serviceType == typeof(ChatClientMetadata) ? Metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing: no connection and no file.
    }

    private static string WritePost(SampleBrief brief, IReadOnlyDictionary<string, string> blocks, int seed)
    {
        var content = new PostWriter(brief, PostOf(blocks), seed).Write();
        return JsonSerializer.Serialize(new { variants = new[] { Variant("A", content.A), Variant("B", content.B) } });
    }

    private static string RewritePost(SampleBrief brief, IReadOnlyDictionary<string, string> blocks, int seed)
    {
        _ = int.TryParse(blocks.GetValueOrDefault(BriefBlocks.Turn), out var turn);
        var wish = new RewriteWish(
            blocks.GetValueOrDefault(BriefBlocks.Letter, "A"), blocks[BriefBlocks.CurrentText], blocks.GetValueOrDefault(BriefBlocks.OtherText, ""),
            blocks.GetValueOrDefault(BriefBlocks.Hint), turn);
        var written = new PostWriter(brief, PostOf(blocks), seed).Rewrite(wish);
        return JsonSerializer.Serialize(new { text = written.Text, angle = written.Angle });
    }

    private static PostBrief PostOf(IReadOnlyDictionary<string, string> blocks)
    {
        _ = int.TryParse(blocks.GetValueOrDefault(BriefBlocks.PostPhase), out var phase);
        return new PostBrief(blocks[BriefBlocks.PostTitle], blocks.GetValueOrDefault(BriefBlocks.PostDescription, ""), phase);
    }

    private static object Variant(string letter, VariantContent content) =>
        new { letter, text = content.Text, angle = content.Angle, image_caption = content.ImageCaption };

    private static ChatResponse Answer(List<ChatMessage> conversation, string text)
    {
        var input = conversation.Sum(message => message.Text.Length) / 4;
        var output = Math.Max(1, text.Length / 4);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
        {
            ModelId = SampleOptions.Model,
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output },
        };
    }
}

using Janus.Generation.Prompts;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Janus.Generation;

/// <summary>Writes the two texts of a post, each with the caption of its picture.</summary>
public sealed class ContentCreator(IChatClient chat, IOptions<PriceList> prices)
{
    private static readonly PromptTemplate Prompt = PromptTemplate.Load("content");

    private readonly Conversation _conversation = new(chat, prices.Value);

    /// <summary>Asks for both texts, and at most twice again when they break a rule.</summary>
    /// <param name="post">The post to write.</param>
    /// <param name="brief">The brief of its campaign; <see cref="CampaignBrief.Platform"/> must be known to <see cref="PlatformLimits"/>.</param>
    /// <param name="cancellationToken">Ends the call; what was asked may still be charged.</param>
    /// <returns>Texts that are within the platform's limit, differ from each other and avoid the words to avoid.</returns>
    /// <exception cref="GenerationFailedException">The provider failed, or three answers broke a rule (code <c>out_of_contract</c>).</exception>
    /// <exception cref="ArgumentException">The platform is not known.</exception>
    public Task<AgentAnswer<PostContent>> CreateAsync(PostBrief post, CampaignBrief brief, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(brief);
        return _conversation.AskAsync(
            Prompt.Render(BriefBlocks.ForContent(post, brief)),
            ContentContract.Format,
            answer => ContentContract.Read(answer, brief),
            cancellationToken);
    }
}

using Janus.Generation.Prompts;
using Janus.Generation.Providers;
using Microsoft.Extensions.AI;

namespace Janus.Generation;

/// <summary>Writes the two texts of a post, each with the caption of its picture, and one of them anew when somebody asks for it.</summary>
public sealed class ContentCreator(IChatClient chat, PriceBook prices)
{
    private static readonly PromptTemplate Prompt = PromptTemplate.Load("content");
    private static readonly PromptTemplate Rewriting = PromptTemplate.Load("rewrite");

    private readonly Conversation _conversation = new(chat, prices);

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
            brief,
            Prompt.Render(BriefBlocks.ForContent(post, brief)),
            ContentContract.Format,
            answer => ContentContract.Read(answer, brief),
            cancellationToken);
    }

    /// <summary>Asks for one text anew, and at most twice again when it breaks a rule.</summary>
    /// <param name="post">The post that it belongs to.</param>
    /// <param name="brief">The brief of its campaign; <see cref="CampaignBrief.Platform"/> must be known to <see cref="PlatformLimits"/>.</param>
    /// <param name="wish">What it is to be, and what it is to differ from.</param>
    /// <param name="cancellationToken">Ends the call; what was asked may still be charged.</param>
    /// <returns>A text that keeps the rules of <see cref="CreateAsync"/> and says something else than the one it replaces.</returns>
    /// <exception cref="GenerationFailedException">The provider failed, or three answers broke a rule (code <c>out_of_contract</c>).</exception>
    /// <exception cref="ArgumentException">The platform is not known.</exception>
    public Task<AgentAnswer<NewText>> RewriteAsync(PostBrief post, CampaignBrief brief, RewriteWish wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(brief);
        ArgumentNullException.ThrowIfNull(wish);
        return _conversation.AskAsync(
            brief,
            Rewriting.Render(BriefBlocks.ForRewrite(post, brief, wish)),
            RewriteContract.Format,
            answer => RewriteContract.Read(answer, brief, wish),
            cancellationToken);
    }
}

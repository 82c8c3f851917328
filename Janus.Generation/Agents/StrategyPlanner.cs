using System.Diagnostics;
using Janus.Generation.Prompts;
using Janus.Generation.Providers;
using Janus.Generation.Telemetry;
using Microsoft.Extensions.AI;

namespace Janus.Generation;

/// <summary>Plans a campaign: three phases of posts, as a Mermaid diagram; later a part of it anew, or one more post.</summary>
public sealed class StrategyPlanner(IChatClient chat, PriceBook prices)
{
    private static readonly PromptTemplate Prompt = PromptTemplate.Load("plan");
    private static readonly PromptTemplate Replanning = PromptTemplate.Load("replan");
    private static readonly PromptTemplate FollowingUp = PromptTemplate.Load("follow_up");

    private readonly Conversation _conversation = new(chat, prices);

    /// <summary>Asks for a plan, and at most twice again when it is refused.</summary>
    /// <param name="brief">What the marketer asks for.</param>
    /// <param name="refuse">
    /// The caller's check of a diagram: null when it is accepted, else the reason, in a sentence that goes both to the model and,
    /// when nothing helps, to the marketer.
    /// </param>
    /// <param name="cancellationToken">Ends the call; what was asked may still be charged.</param>
    /// <returns>The accepted diagram and what all the calls used.</returns>
    /// <exception cref="GenerationFailedException">The provider failed, or three diagrams were refused (code <c>out_of_contract</c>).</exception>
    public Task<AgentAnswer<string>> PlanAsync(CampaignBrief brief, Func<string, string?> refuse, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(brief);
        ArgumentNullException.ThrowIfNull(refuse);
        return AskAsync(brief, Prompt.Render(BriefBlocks.ForPlan(brief)), ChatResponseFormat.Text, diagram => Read(diagram, refuse), cancellationToken);
    }

    /// <summary>Asks for a plan of some phases anew, and at most twice again when it is refused.</summary>
    /// <param name="brief">The campaign's brief.</param>
    /// <param name="wish">Which phases, in which direction, and what they go on from.</param>
    /// <param name="refuse">The caller's check of a diagram, as for a first plan.</param>
    /// <param name="cancellationToken">Ends the call; what was asked may still be charged.</param>
    /// <returns>The accepted diagram of the new posts, and what all the calls used. Its edges may name posts that stay by their ids.</returns>
    /// <exception cref="GenerationFailedException">The provider failed, or three diagrams were refused (code <c>out_of_contract</c>).</exception>
    public Task<AgentAnswer<string>> ReplanAsync(CampaignBrief brief, ReplanWish wish, Func<string, string?> refuse, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(brief);
        ArgumentNullException.ThrowIfNull(wish);
        ArgumentNullException.ThrowIfNull(refuse);
        return AskAsync(brief, Replanning.Render(BriefBlocks.ForReplan(brief, wish)), ChatResponseFormat.Text, diagram => Read(diagram, refuse), cancellationToken);
    }

    /// <summary>Asks for one post that follows others, and at most twice again when it breaks a rule.</summary>
    /// <param name="brief">The campaign's brief.</param>
    /// <param name="wish">What it follows, and what it is to be.</param>
    /// <param name="cancellationToken">Ends the call; what was asked may still be charged.</param>
    /// <returns>A post in one of the phases of the wish, with a title of its own and without a word to avoid.</returns>
    /// <exception cref="GenerationFailedException">The provider failed, or three answers broke a rule (code <c>out_of_contract</c>).</exception>
    public Task<AgentAnswer<PostBrief>> FollowUpAsync(CampaignBrief brief, FollowUpWish wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(brief);
        ArgumentNullException.ThrowIfNull(wish);
        return AskAsync(
            brief, FollowingUp.Render(BriefBlocks.ForFollowUp(brief, wish)), FollowUpContract.Format(wish), answer => FollowUpContract.Read(answer, brief, wish), cancellationToken);
    }

    private static Reading<string> Read(string diagram, Func<string, string?> refuse) =>
        refuse(diagram) is { } reason ? Reading<string>.Refused(reason) : Reading<string>.Accepted(diagram);

    private async Task<AgentAnswer<T>> AskAsync<T>(
        CampaignBrief brief, string prompt, ChatResponseFormat format, Func<string, Reading<T>> read, CancellationToken cancellationToken)
    {
        using var span = PlanSpan.Start(chat, brief.Owner);
        try
        {
            return await _conversation.AskAsync(brief, prompt, format, read, cancellationToken);
        }
        catch (GenerationFailedException failed)
        {
            span?.SetTag("error.type", failed.Failure.Code).SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }
}

using System.Diagnostics;
using Janus.Generation.Prompts;
using Janus.Generation.Providers;
using Janus.Generation.Telemetry;
using Microsoft.Extensions.AI;

namespace Janus.Generation;

/// <summary>Plans a campaign: three phases of posts, as a Mermaid diagram.</summary>
public sealed class StrategyPlanner(IChatClient chat, PriceBook prices)
{
    private static readonly PromptTemplate Prompt = PromptTemplate.Load("plan");

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
    public async Task<AgentAnswer<string>> PlanAsync(CampaignBrief brief, Func<string, string?> refuse, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(brief);
        ArgumentNullException.ThrowIfNull(refuse);
        using var span = PlanSpan.Start(chat);
        try
        {
            return await _conversation.AskAsync(
                brief,
                Prompt.Render(BriefBlocks.ForPlan(brief)),
                ChatResponseFormat.Text,
                diagram => refuse(diagram) is { } reason ? Reading<string>.Refused(reason) : Reading<string>.Accepted(diagram),
                cancellationToken);
        }
        catch (GenerationFailedException failed)
        {
            span?.SetTag("error.type", failed.Failure.Code).SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }
}

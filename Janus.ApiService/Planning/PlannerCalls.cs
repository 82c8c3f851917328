using System.Globalization;
using Janus.ApiService.Http;
using Janus.Campaigns.Diagrams;
using Janus.Generation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Janus.ApiService.Planning;

/// <summary>Calls of the planner, whatever they are for: within a time limit, and paid for by the day when nothing comes of them.</summary>
internal sealed partial class PlannerCalls(PlanBudget budget, IOptions<ApiOptions> options, TimeProvider time, ILogger<PlannerCalls> log)
{
    /// <summary>Asks.</summary>
    /// <param name="ask">The call.</param>
    /// <param name="cancellationToken">The caller went away, or somebody cancelled.</param>
    /// <exception cref="GenerationFailedException">There is no answer that can be used; the failure says why.</exception>
    public async Task<AgentAnswer<T>> AskAsync<T>(Func<CancellationToken, Task<AgentAnswer<T>>> ask, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.PlanLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await ask(both.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            PlanFailed("time_limit");
            throw new GenerationFailedException(new GenerationFailure(
                "time_limit", $"The planner did not answer within {options.Value.PlanLimit.TotalSeconds:0} seconds. Nothing was stored; please try again.") { IsTransient = true });
        }
        catch (GenerationFailedException failed)
        {
            PlanFailed(failed.Failure.Code);
            await budget.ChargeAsync(failed.Failure.Usage);
            throw;
        }
    }

    /// <summary>Why planned posts cannot be used: one holds a word that the brief asks to avoid. Null when all can.</summary>
    public static string? RefuseWords(CampaignBrief brief, IEnumerable<PlanNode> posts) =>
        posts.Select(post => BrandWords.Refuse(brief, post.Title, post.Description)).FirstOrDefault(reason => reason is not null);

    /// <summary>An answer that the planner gave although the check refuses it.</summary>
    public static GenerationFailedException OutOfContract(string reason, CallUsage usage) =>
        new(new GenerationFailure("out_of_contract", reason) { Usage = usage });

    /// <summary>What a client is told: 503 when it may work later or for somebody who looks after the provider, else 502.</summary>
    public static ProblemHttpResult Problem(HttpResponse response, GenerationFailure failure)
    {
        if (failure.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var isProvider = failure.IsTransient || failure.Scope is FailureScope.Campaign;
        return Problems.Of(isProvider ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status502BadGateway, failure.Reason);
    }

    [LoggerMessage(1, LogLevel.Warning, "The planner gave no plan: {Code}; nothing was stored")]
    private partial void PlanFailed(string code);
}

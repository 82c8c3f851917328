using System.Text.Json;
using Janus.Campaigns.Faults;

namespace Janus.Campaigns.Steps;

/// <summary>Which attempt of which step: what fences every write.</summary>
/// <param name="StepId">The step.</param>
/// <param name="CampaignId">Its campaign's internal key.</param>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Worker">The worker that claimed it.</param>
public sealed record StepClaim(long StepId, int CampaignId, int Attempt, string Worker);

/// <summary>A claimed step with all that its work needs.</summary>
/// <param name="Claim">The fence.</param>
/// <param name="Kind">What to make.</param>
/// <param name="Variant">A, B or AB.</param>
/// <param name="Generation">The generation to make.</param>
/// <param name="CampaignPublicId">The campaign's public id.</param>
/// <param name="Brief">The campaign's brief.</param>
/// <param name="PostId">The post.</param>
/// <param name="Title">The post's title.</param>
/// <param name="Description">What the post is about.</param>
/// <param name="PhaseNumber">The post's phase, 1 to 3.</param>
/// <param name="Platform">The platform.</param>
/// <param name="Caption">The caption of the letter's current generation, for a picture; null for a text of the plan.</param>
/// <param name="TraceParent">W3C trace context of the command that asked for it.</param>
/// <param name="TraceState">W3C trace state of the same.</param>
/// <param name="PreviousClaimContext">The W3C trace context of the claim span of the attempt before, or null.</param>
/// <param name="ClaimContext">The W3C trace context of this attempt's claim span.</param>
/// <param name="Remake">What is to be different, when it makes a part anew; null for a step of the plan.</param>
public sealed record ClaimedStep(
    StepClaim Claim, StepKind Kind, string Variant, int Generation, string CampaignPublicId, Brief Brief, int PostId, string Title, string Description,
    int PhaseNumber, string Platform, string? Caption, string? TraceParent, string? TraceState, string? PreviousClaimContext, string? ClaimContext,
    RemakeWish? Remake);

/// <summary>What a part that is made anew is to differ from.</summary>
/// <param name="Hint">What a person wants to be different, or null.</param>
/// <param name="CurrentText">The text of the letter that is in use.</param>
/// <param name="OtherText">The text of the other letter that is in use; empty when there is none.</param>
public sealed record RemakeWish(string? Hint, string CurrentText, string OtherText);

/// <summary>How much there is to do.</summary>
/// <param name="Ready">Steps that are ready.</param>
/// <param name="Running">Steps that workers hold.</param>
/// <param name="OldestReady">Since when the oldest claimable step has been ready, UTC; null when none is.</param>
public sealed record QueueLoad(int Ready, int Running, DateTimeOffset? OldestReady);

/// <summary>A step that ends, in the change that ends it.</summary>
/// <param name="Change">The change.</param>
/// <param name="Step">The step.</param>
/// <param name="Attempt">Its attempt.</param>
/// <param name="Post">Its post.</param>
/// <param name="Current">The generation of its letter that is in use; null when none is.</param>
/// <param name="Parts">How the parts of the plan stand in the tables: this one is still running there.</param>
/// <param name="Faults">The fault points.</param>
internal sealed record StepEnd(CampaignChange Change, GenerationStep Step, GenerationAttempt Attempt, Post Post, Variant? Current, PartCounts Parts, FaultPoints Faults);

/// <summary>What an attempt used.</summary>
public sealed record AttemptUsage(string? Model, long InputTokens, long OutputTokens, long CostMicroUsd)
{
    /// <summary>Nothing at all.</summary>
    public static AttemptUsage None { get; } = new(null, 0, 0, 0);

    /// <summary>Whether the price of the model is known. Where it is not, the cost says 0, and the event log says that it means nothing.</summary>
    public bool IsPriceKnown { get; init; } = true;

    /// <summary>As the event log holds it.</summary>
    internal object ToDetail(string? asset = null) => new { asset, Model, InputTokens, OutputTokens, CostMicroUsd, price_known = IsPriceKnown ? (bool?)null : false };

    /// <summary>What a log entry that holds <see cref="ToDetail"/> as its <c>detail</c> says that it cost, in millionths of a US dollar.</summary>
    internal static long CostIn(string entry)
    {
        using var document = JsonDocument.Parse(entry);
        return document.RootElement.GetProperty("detail").GetProperty("cost_micro_usd").GetInt64();
    }
}

/// <summary>A text that a step made.</summary>
public sealed record MadeText(string Letter, string Text, string Angle, string Caption);

/// <summary>Why an attempt failed.</summary>
/// <param name="Code">A stable word.</param>
/// <param name="Reason">One sentence for a person.</param>
/// <param name="IsTransient">Whether another attempt may succeed by itself.</param>
/// <param name="StopsCampaign">Whether everything else of the campaign would fail in the same way.</param>
/// <param name="RetryAfter">How long to wait at least.</param>
/// <param name="IsOutage">Whether the provider is down: then the attempt does not count, and the step waits.</param>
public sealed record AttemptFailure(string Code, string Reason, bool IsTransient, bool StopsCampaign, TimeSpan? RetryAfter, bool IsOutage = false);

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
/// <param name="Caption">A picture's caption; null for a text.</param>
/// <param name="TraceParent">W3C trace context of the command that asked for it.</param>
/// <param name="TraceState">W3C trace state of the same.</param>
/// <param name="PreviousClaimSpanId">The claim span of the attempt before, or null.</param>
/// <param name="ClaimContext">The W3C trace context of this attempt's claim span.</param>
public sealed record ClaimedStep(
    StepClaim Claim, StepKind Kind, string Variant, int Generation, string CampaignPublicId, Brief Brief, int PostId, string Title, string Description,
    int PhaseNumber, string Platform, string? Caption, string? TraceParent, string? TraceState, string? PreviousClaimSpanId, string? ClaimContext);

/// <summary>What an attempt used.</summary>
public sealed record AttemptUsage(string? Model, long InputTokens, long OutputTokens, long CostMicroUsd);

/// <summary>A text that a step made.</summary>
public sealed record MadeText(string Letter, string Text, string Angle, string Caption);

/// <summary>Why an attempt failed.</summary>
/// <param name="Code">A stable word.</param>
/// <param name="Reason">One sentence for a person.</param>
/// <param name="IsTransient">Whether another attempt may succeed by itself.</param>
/// <param name="StopsCampaign">Whether everything else of the campaign would fail in the same way.</param>
/// <param name="RetryAfter">How long to wait at least.</param>
public sealed record AttemptFailure(string Code, string Reason, bool IsTransient, bool StopsCampaign, TimeSpan? RetryAfter);

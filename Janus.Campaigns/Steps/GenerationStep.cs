using System.Diagnostics;

namespace Janus.Campaigns.Steps;

/// <summary>What a step makes.</summary>
public enum StepKind
{
    /// <summary>The texts of a post.</summary>
    Text,

    /// <summary>The picture of one letter.</summary>
    Picture,
}

/// <summary>The states of a step.</summary>
public enum StepState
{
    /// <summary>Its input is not there yet: a picture waits for its caption.</summary>
    Waiting,

    /// <summary>It may be claimed, once <see cref="GenerationStep.AvailableAt"/> has come.</summary>
    Ready,

    /// <summary>A worker holds it until <see cref="GenerationStep.LeaseUntil"/>.</summary>
    Running,

    /// <summary>Its part is there.</summary>
    Done,

    /// <summary>It failed for good; <see cref="GenerationStep.LastError"/> says why.</summary>
    Dead,

    /// <summary>It will not run unless somebody asks for it again.</summary>
    Cancelled,
}

/// <summary>One part of a campaign's content to be made: unique by post, kind, variant and generation.</summary>
public sealed class GenerationStep
{
    /// <summary>The variant of a text step that writes both letters in one call.</summary>
    public const string BothLetters = "AB";

    /// <summary>The internal key.</summary>
    public long Id { get; init; }

    /// <summary>The campaign.</summary>
    public int CampaignId { get; init; }

    /// <summary>The post.</summary>
    public int PostId { get; init; }

    /// <summary>What it makes.</summary>
    public StepKind Kind { get; init; }

    /// <summary>A, B, or AB for a text step that writes both.</summary>
    public required string Variant { get; init; }

    /// <summary>
    /// For a step of the plan, the generation of the variant that it makes. For a remake, a number of its own, higher than every generation and
    /// every step of the letter when it was asked for: what it makes takes the next free one when it is there.
    /// </summary>
    public int Generation { get; init; }

    /// <summary>
    /// Null for a step of the plan. For a remake, the generation that was current when it was asked for: a remake replaces it unless a person
    /// has decided otherwise by then, and counts neither for the phase nor for the progress of its campaign.
    /// </summary>
    public int? BaseGeneration { get; init; }

    /// <summary>What a person wants to be different, or null.</summary>
    public string? Hint { get; init; }

    /// <summary>Whether it makes a part anew while the current one stays.</summary>
    public bool IsRemake => BaseGeneration is not null;

    /// <summary>Where it stands.</summary>
    public StepState State { get; set; }

    /// <summary>How many times it was claimed; the number of the latest attempt, which fences every write.</summary>
    public int Attempt { get; set; }

    /// <summary>Attempts that ended in failure since somebody last asked for it.</summary>
    public int Failures { get; set; }

    /// <summary>Attempts whose worker was lost since somebody last asked for it.</summary>
    public int Losses { get; set; }

    /// <summary>The worker that holds it.</summary>
    public string? Worker { get; set; }

    /// <summary>Until when the worker holds it, UTC.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>
    /// What its running attempt is expected to cost, in millionths of a US dollar: it is held back from what may be spent until the attempt ends.
    /// Means nothing in another state.
    /// </summary>
    public long ExpectedMicroUsd { get; set; }

    /// <summary>Before this it is not claimed, UTC.</summary>
    public DateTimeOffset AvailableAt { get; set; }

    /// <summary>Why it failed last.</summary>
    public string? LastError { get; set; }

    /// <summary>W3C trace context of the command that asked for it.</summary>
    public string? TraceParent { get; set; }

    /// <summary>W3C trace state of the same.</summary>
    public string? TraceState { get; set; }

    /// <summary>The same as telemetry takes it; none when nobody traced the command.</summary>
    internal ActivityContext StoredContext =>
        ActivityContext.TryParse(TraceParent, TraceState, isRemote: true, out var stored) ? stored : default;
}

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>Still running.</summary>
    Running,

    /// <summary>It made its part.</summary>
    Done,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>Its worker was lost: the lease ran out.</summary>
    Lost,

    /// <summary>Its worker gave it back when it stopped.</summary>
    Released,

    /// <summary>A person cancelled.</summary>
    Cancelled,
}

/// <summary>One try at a step: who made this, with which model, at what cost.</summary>
public sealed class GenerationAttempt
{
    /// <summary>The step.</summary>
    public long StepId { get; init; }

    /// <summary>1 for the first.</summary>
    public int Number { get; init; }

    /// <summary>The worker.</summary>
    public required string Worker { get; init; }

    /// <summary>The W3C trace context of the claim's span, which the next attempt links to. An attempt of another command may be of another trace.</summary>
    public string? ClaimSpanId { get; init; }

    /// <summary>When it was claimed, UTC.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How it ended.</summary>
    public AttemptOutcome Outcome { get; set; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; set; }

    /// <summary>The model that answered.</summary>
    public string? Model { get; set; }

    /// <summary>Tokens sent.</summary>
    public long InputTokens { get; set; }

    /// <summary>Tokens answered.</summary>
    public long OutputTokens { get; set; }

    /// <summary>The cost in millionths of a US dollar.</summary>
    public long CostMicroUsd { get; set; }

    /// <summary>From claim to end, in whole milliseconds; null while it runs.</summary>
    public long? DurationMs => EndedAt is { } ended ? (long)(ended - StartedAt).TotalMilliseconds : null;

    internal void Close(DateTimeOffset now, AttemptOutcome outcome, AttemptUsage? usage, string? error)
    {
        EndedAt = now;
        Outcome = outcome;
        Error = error;
        if (usage is not null)
            Use(usage);
    }

    internal void Use(AttemptUsage usage)
    {
        Model = usage.Model;
        InputTokens = usage.InputTokens;
        OutputTokens = usage.OutputTokens;
        CostMicroUsd = usage.CostMicroUsd;
    }
}

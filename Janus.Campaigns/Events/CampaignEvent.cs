namespace Janus.Campaigns.Events;

/// <summary>What can happen to a campaign.</summary>
public enum EventKind
{
    /// <summary>The plan, its posts and all its steps were stored.</summary>
    CampaignPlanned,

    /// <summary>The campaign moved from one phase to another.</summary>
    PhaseChanged,

    /// <summary>A worker claimed a step.</summary>
    StepStarted,

    /// <summary>A step made its part.</summary>
    StepDone,

    /// <summary>An attempt failed and will be tried again.</summary>
    StepFailed,

    /// <summary>A step failed for good.</summary>
    StepDead,

    /// <summary>A worker was lost in the middle of a step, which is ready again.</summary>
    StepLost,

    /// <summary>A worker that stopped gave a step back.</summary>
    StepReleased,

    /// <summary>A cause that reaches the whole campaign stopped its generation.</summary>
    GenerationStopped,

    /// <summary>A person cancelled the generation.</summary>
    GenerationCancelled,

    /// <summary>A person asked again for what is missing.</summary>
    RetryRequested,

    /// <summary>A person accepted what is there.</summary>
    ContentAccepted,

    /// <summary>A person chose a letter.</summary>
    VariantSelected,

    /// <summary>A person asked for a part of a letter to be made anew.</summary>
    RegenerationRequested,

    /// <summary>A person changed a text or a caption.</summary>
    VariantEdited,

    /// <summary>A person went back to an earlier generation.</summary>
    VariantRestored,

    /// <summary>An answer came too late to be used; what it cost was counted.</summary>
    LateCostRecorded,

    /// <summary>A person or a limit paused the generation.</summary>
    GenerationPaused,

    /// <summary>A paused generation goes on.</summary>
    GenerationResumed,

    /// <summary>A person changed what the campaign may cost.</summary>
    BudgetChanged,

    /// <summary>A person approved a post.</summary>
    PostApproved,

    /// <summary>A person rejected a post.</summary>
    PostRejected,

    /// <summary>A person took back what was decided about a post.</summary>
    PostReopened,

    /// <summary>A person changed when the campaign's posts go out.</summary>
    ScheduleChanged,

    /// <summary>A person gave a post a date, or another one.</summary>
    PostScheduled,

    /// <summary>A person took a post's date away.</summary>
    PostUnscheduled,

    /// <summary>A person said that a post is out.</summary>
    PostPublished,

    /// <summary>A person or an integration reported a post's numbers.</summary>
    MetricsReported,

    /// <summary>A person asked for a post that follows others.</summary>
    FollowUpAdded,

    /// <summary>A person asked for a new plan from a phase on; nothing is changed by it.</summary>
    PlanProposed,

    /// <summary>A person applied a new plan.</summary>
    PlanApplied,

    /// <summary>A person dropped a proposed plan.</summary>
    PlanDiscarded,
}

/// <summary>An entry of a campaign's event log, written in the transaction of the change itself.</summary>
public sealed class CampaignEvent
{
    /// <summary>The campaign.</summary>
    public int CampaignId { get; init; }

    /// <summary>Its number within the campaign: 1, 2, 3 and so on, without a gap.</summary>
    public long Version { get; init; }

    /// <summary>What happened.</summary>
    public EventKind Kind { get; init; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What belongs to the kind, as JSON in snake case.</summary>
    public required string Data { get; init; }

    /// <summary>The name of whoever did it; null when nobody did and it happened by itself.</summary>
    public string? Actor { get; init; }

    /// <summary>The trace in which it happened.</summary>
    public string? TraceId { get; init; }

    /// <summary>The span in which it happened.</summary>
    public string? SpanId { get; init; }
}

namespace Janus.DevTools.Traces.Trees;

/// <summary>The names of attributes and spans by which the trees are built and read.</summary>
internal static class TraceAttributes
{
    public const string Campaign = "janus.campaign.id";
    public const string Post = "janus.post.pk";
    public const string Step = "janus.step.id";
    public const string StepKind = "janus.step.kind";
    public const string Variant = "janus.variant";
    public const string Attempt = "janus.step.attempt";
    public const string PhaseFrom = "janus.phase.from";
    public const string PhaseTo = "janus.phase.to";
    public const string PhaseReason = "janus.phase.reason";
    public const string ErrorType = "error.type";

    /// <summary>The span of a claim.</summary>
    public const string ClaimSpan = "claim generation_step";

    /// <summary>The span of a move from one phase to another.</summary>
    public const string PhaseSpan = "phase transition";

    /// <summary>The phase in which the worker is at work.</summary>
    public const string WorkingPhase = "content_creation";

    /// <summary>The span of a try that a lock refused.</summary>
    public const string LockRetrySpan = "db.lock_retry";
}

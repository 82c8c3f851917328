namespace Janus.Generation;

/// <summary>How far a failure reaches.</summary>
public enum FailureScope
{
    /// <summary>This answer only; its siblings can go on.</summary>
    Step,

    /// <summary>Everything the campaign still has to do would fail in the same way: a refused key, a spending limit.</summary>
    Campaign,
}

/// <summary>Why an agent gave no answer.</summary>
/// <param name="Code">A stable word for logs and metrics, such as <c>out_of_contract</c>, <c>overloaded</c>, <c>invalid_key</c>.</param>
/// <param name="Reason">One sentence that a marketer understands: no key, no prompt, no stack trace.</param>
public sealed record GenerationFailure(string Code, string Reason)
{
    /// <summary>How far it reaches.</summary>
    public FailureScope Scope { get; init; } = FailureScope.Step;

    /// <summary>Whether a later attempt may succeed without anyone changing anything.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long to wait before the next attempt, when the provider said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the provider is down, so that it says nothing about this answer and counts against nothing: it is waited for.</summary>
    public bool IsOutage { get; init; }

    /// <summary>What was used in vain.</summary>
    public CallUsage Usage { get; init; } = CallUsage.None;
}

/// <summary>Thrown by an agent that has no answer. <see cref="Failure"/> says why, in words that are safe to show.</summary>
public sealed class GenerationFailedException(GenerationFailure failure, Exception? innerException = null)
    : Exception(failure.Reason, innerException)
{
    /// <summary>Why.</summary>
    public GenerationFailure Failure { get; } = failure;
}

using Microsoft.Extensions.AI;

namespace Janus.Gemini;

/// <summary>Why Gemini did not give an answer. The kinds follow google.rpc.Code and the API's finish and block reasons.</summary>
public enum GeminiFailureKind
{
    /// <summary>A per-minute quota is used up (429); waiting <see cref="GeminiException.RetryAfter"/> helps.</summary>
    QuotaPerMinute,

    /// <summary>A per-day quota is used up (429 with a PerDay quota id); it resets at midnight Pacific.</summary>
    QuotaPerDay,

    /// <summary>The project's spending limit is reached (429).</summary>
    SpendCap,

    /// <summary>The service is overloaded or failing (500, 503, 504, 408, or no connection).</summary>
    Overloaded,

    /// <summary>The prompt or the answer was blocked by a safety rule.</summary>
    Blocked,

    /// <summary>The API key is missing, wrong or not allowed (400 API_KEY_INVALID, 401, 403).</summary>
    InvalidKey,

    /// <summary>The model is unknown or retired (404).</summary>
    ModelRetired,

    /// <summary>The request was refused as malformed (other 4xx).</summary>
    BadRequest,

    /// <summary>The answer ended at the token limit.</summary>
    Truncated,

    /// <summary>The answer could not be read as the protocol says.</summary>
    Malformed,

    /// <summary>No answer came within the time limit.</summary>
    TimedOut,

    /// <summary>The connection broke after the request was sent: it may have been carried out and charged.</summary>
    OutcomeUnknown,
}

/// <summary>A typed failure of Gemini. <see cref="Exception.Message"/> is one sentence that is safe to show: no key, no prompt, no body.</summary>
public sealed class GeminiException(GeminiFailureKind kind, string message, TimeSpan? retryAfter = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What went wrong.</summary>
    public GeminiFailureKind Kind { get; } = kind;

    /// <summary>How long to wait before another try, when the service said so.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>When the quota that is used up starts anew, UTC; null when the service does not say.</summary>
    public DateTimeOffset? ResetsAt { get; init; }

    /// <summary>The service's own word for what it blocked or why it ended, such as SAFETY or IMAGE_SAFETY; null when it gave none.</summary>
    public string? Reason { get; init; }

    /// <summary>The model that was asked.</summary>
    public string? Model { get; init; }

    /// <summary>The configuration key to change, such as <c>Gemini:TextModel</c>; null when none would help.</summary>
    public string? Option { get; init; }

    /// <summary>Whether Gemini counts as down, so that the failure says nothing about the call itself.</summary>
    public bool IsOutage { get; init; }

    /// <summary>Whether nothing answered as it should: what many calls in a row mean is that Gemini is down.</summary>
    internal bool IsUnanswered => Kind is GeminiFailureKind.Overloaded or GeminiFailureKind.TimedOut or GeminiFailureKind.OutcomeUnknown;

    /// <summary>The HTTP status of the refusal; null when there was no answer, or when the answer itself was the failure.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The tokens that the failed call used, when the service said so: a blocked or truncated answer is charged like any other.</summary>
    public UsageDetails? Usage { get; init; }
}

using System.Globalization;
using Janus.Gemini;
using Janus.Generation.Sample;

namespace Janus.Generation.Providers;

/// <summary>The one place where a provider's failure becomes a <see cref="GenerationFailure"/>: how far it reaches, whether waiting helps, and what to do.</summary>
public static class ProviderFailures
{
    /// <summary>The provider's safety rules stopped the prompt or the answer.</summary>
    /// <param name="reason">The provider's own word for it, or null.</param>
    internal static GenerationFailure Blocked(string? reason) => Once("blocked",
        $"The model's safety rules refused this ({(reason is null ? "no reason was given" : PlainText.Clean(reason))}). Change the caption of the picture or the wording of the brief, then retry this part.");

    /// <summary>
    /// Says what a failure means. A failure nobody expected is <c>unexpected</c> and not transient: it is likely a fault of the
    /// program, and repeating it may cost money without end.
    /// </summary>
    /// <param name="failure">What was thrown. Its message never reaches the reason, since it may hold anything.</param>
    /// <exception cref="ArgumentException">
    /// It is an <see cref="OperationCanceledException"/>: a call that was cancelled has not failed, and must pass through untouched.
    /// </exception>
    public static GenerationFailure Translate(Exception failure) => failure switch
    {
        OperationCanceledException => throw new ArgumentException("A cancellation is not a failure and passes through untouched.", nameof(failure)),
        GenerationFailedException known => known.Failure,
        GeminiException gemini => Translate(gemini) with { RetryAfter = gemini.RetryAfter, IsOutage = gemini.IsOutage },
        SampleFailureException { IsTransient: true } sample => Again("sample_failure", sample.Message),
        SampleFailureException sample => Once("sample_failure", sample.Message),
        HttpRequestException => Again("unreachable", "The model could not be reached. It will be tried again; check the network if this goes on."),
        _ => Once("unexpected", "Something went wrong that Janus does not know. The service's log says more; try again later."),
    };

    /// <summary>The exception that an agent throws for a provider's failure, with what was used in vain before it and by it.</summary>
    internal static GenerationFailedException Failed(Exception failure, CallUsage used)
    {
        var translated = Translate(failure);
        return new GenerationFailedException(translated with { Usage = used.Plus(translated.Usage) }, failure);
    }

    private static GenerationFailure Translate(GeminiException failure) => failure.Kind switch
    {
        GeminiFailureKind.QuotaPerMinute => Again("quota_per_minute", "Gemini takes no more requests this minute. It will be tried again after a short wait."),
        GeminiFailureKind.QuotaPerDay => Everything("quota_per_day",
            $"Gemini's daily quota is used up. It starts anew {Reset(failure)}; retry then, or raise the quota in Google AI Studio."),
        GeminiFailureKind.SpendCap => Everything("spend_cap", "The spending limit of the Gemini project is reached. Raise it in Google AI Studio, then retry."),
        GeminiFailureKind.InvalidKey => Everything("invalid_key", $"The Gemini key was refused. Set a valid one in {failure.Option ?? "Gemini:ApiKey"}, then retry."),
        GeminiFailureKind.ModelRetired => Everything("model_retired",
            $"Gemini does not know the model {failure.Model ?? "that is configured"} any more. Choose another in {failure.Option ?? "Gemini:TextModel or Gemini:ImageModel"}, then retry."),
        GeminiFailureKind.Overloaded when failure.IsOutage => Again("overloaded", "Gemini does not answer at present. This waits until it does."),
        GeminiFailureKind.Overloaded => Again("overloaded", "Gemini is overloaded. It will be tried again after a short wait."),
        GeminiFailureKind.TimedOut => Again("timed_out", "Gemini did not answer in time. It will be tried again."),
        GeminiFailureKind.OutcomeUnknown => Again("outcome_unknown", "The connection to Gemini broke before the answer arrived. It will be tried again."),
        GeminiFailureKind.Blocked => Blocked(failure.Reason),
        GeminiFailureKind.Truncated => Again("truncated", "Gemini's answer was cut off at its length limit. It will be tried again."),
        GeminiFailureKind.Malformed => Again("malformed", "Gemini's answer could not be read. It will be tried again."),
        GeminiFailureKind.BadRequest => Once("bad_request", "Gemini refused the request. Shorten or reword the brief or the post, then try again."),
        _ => Once("unexpected", "Gemini failed in a way that Janus does not know. The service's log says more; try again later."),
    };

    private static string Reset(GeminiException failure) => failure.ResetsAt is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"at {at.UtcDateTime:HH:mm} UTC")
        : "at midnight Pacific time";

    private static GenerationFailure Once(string code, string reason) => new(code, reason);

    private static GenerationFailure Again(string code, string reason) => new(code, reason) { IsTransient = true };

    private static GenerationFailure Everything(string code, string reason) => new(code, reason) { Scope = FailureScope.Campaign };
}

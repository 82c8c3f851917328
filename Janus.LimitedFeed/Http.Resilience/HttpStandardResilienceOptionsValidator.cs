using Microsoft.Extensions.Options;
using Polly;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Refuses what the package refuses, so that a time-out which starts here also starts on a full feed.</summary>
internal sealed class HttpStandardResilienceOptionsValidator : IValidateOptions<HttpStandardResilienceOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpStandardResilienceOptions options)
    {
        var attempt = options.AttemptTimeout.Timeout;
        var total = options.TotalRequestTimeout.Timeout;
        var failures = new ValidateOptionsResultBuilder();
        if (attempt > total)
            failures.AddError($"One attempt may take {attempt}, but the whole request only {total}.");
        if (options.CircuitBreaker.SamplingDuration < attempt * 2)
            failures.AddError($"The circuit breaker samples {options.CircuitBreaker.SamplingDuration}, less than two attempts of {attempt}.");
        if (AllDelays(options.Retry) > total)
            failures.AddError($"The retries wait {AllDelays(options.Retry)} in all, but the whole request may take only {total}.");
        return failures.Build();
    }

    /// <summary>What the retries wait together, jitter aside.</summary>
    private static TimeSpan AllDelays(HttpRetryStrategyOptions retry) => retry.BackoffType switch
    {
        DelayBackoffType.Exponential => retry.Delay * (Math.Pow(2, retry.MaxRetryAttempts) - 1),
        DelayBackoffType.Linear => retry.Delay * (retry.MaxRetryAttempts * (retry.MaxRetryAttempts + 1) / 2.0),
        _ => retry.Delay * retry.MaxRetryAttempts,
    };
}

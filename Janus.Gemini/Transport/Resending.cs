using Polly;
using Polly.Retry;

namespace Janus.Gemini.Transport;

/// <summary>Sends a request again when <see cref="GeminiRetryOptions"/> says so, and in no other case.</summary>
internal sealed class Resending(GeminiRetryOptions options, TimeProvider time)
{
    private static readonly ResiliencePropertyKey<Resends> ResendsOfCall = new("Janus.Gemini.Resends");

    private readonly ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            // The two kinds of refusal have separate counts, which Resends keeps.
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = attempt => ValueTask.FromResult(Of(attempt.Context).Allow(attempt.Outcome.Exception, options)),
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(Of(attempt.Context).Wait),
        })
        .Build();

    /// <summary>Sends, and tells of every resend before it goes out. Each sending is told how many went before it.</summary>
    public async Task<T> ExecuteAsync<T>(Func<int, CancellationToken, Task<T>> send, Action resend, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(ResendsOfCall, new Resends());
        var sent = 0;
        try
        {
            return await pipeline.ExecuteAsync(
                async attempt =>
                {
                    if (sent > 0) resend();
                    return await send(sent++, attempt.CancellationToken);
                },
                context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Resends Of(ResilienceContext context) => context.Properties.GetValue(ResendsOfCall, new Resends());

    /// <summary>What one call has used of its resends.</summary>
    private sealed class Resends
    {
        private int overloaded;
        private int quota;

        /// <summary>How long to wait before the resend that was allowed last.</summary>
        public TimeSpan Wait { get; private set; }

        public bool Allow(Exception? failure, GeminiRetryOptions options)
        {
            switch (failure)
            {
                case GeminiException { Kind: GeminiFailureKind.Overloaded, StatusCode: 503 } when overloaded < options.OverloadedAttempts - 1:
                    var seconds = options.OverloadedFirstDelay.TotalSeconds * Math.Pow(options.OverloadedDelayFactor, overloaded);
                    Wait = TimeSpan.FromSeconds(Math.Min(seconds, options.OverloadedLongestDelay.TotalSeconds));
                    overloaded++;
                    return true;
                case GeminiException { Kind: GeminiFailureKind.QuotaPerMinute, RetryAfter: { } wait }
                    when wait <= options.QuotaLongestDelay && quota < options.QuotaResends:
                    Wait = wait;
                    quota++;
                    return true;
                default:
                    return false;
            }
        }
    }
}

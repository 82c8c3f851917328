using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Janus.Gemini.Limits;

/// <summary>Holds calls of one model back while Gemini is down, and finds out by single calls when it is up again.</summary>
internal sealed partial class Circuit
{
    private readonly CircuitBreakerStateProvider state = new();
    private readonly ResiliencePipeline pipeline;
    private readonly string model;
    private readonly TimeProvider wall;
    private readonly SteadyTime steady;
    private readonly ILogger log;
    private long openUntilTicks;

    public Circuit(string model, GeminiCircuitOptions options, TimeProvider time, ILogger log)
    {
        // Breaks are measured on a clock that cannot be set: set back by an hour, the system's would hold calls back for an hour.
        (this.model, this.log, wall) = (model, log, time);
        steady = new SteadyTime(time);
        pipeline = new ResiliencePipelineBuilder { TimeProvider = steady }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = call => ValueTask.FromResult(call.Outcome.Exception is GeminiException { IsUnanswered: true }),
                FailureRatio = options.FailureRatio,
                MinimumThroughput = options.FewestCalls,
                SamplingDuration = options.Window,
                BreakDurationGenerator = asked => ValueTask.FromResult(BreakAfter(asked.HalfOpenAttempts, options)),
                StateProvider = state,
                OnOpened = opened =>
                {
                    Volatile.Write(ref openUntilTicks, (steady.GetUtcNow() + opened.BreakDuration).UtcTicks);
                    Opened(this.model, opened.BreakDuration.TotalSeconds);
                    return ValueTask.CompletedTask;
                },
                OnClosed = _ =>
                {
                    Closed(this.model);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Until when calls are held back; null when they are not.</summary>
    public DateTimeOffset? OpenUntil => IsOpen && Left is var left && left > TimeSpan.Zero ? wall.GetUtcNow() + left : null;

    /// <summary>Whether one call is awaited that finds out whether Gemini is up again.</summary>
    public bool IsProbing => state.CircuitState == CircuitState.HalfOpen || (IsOpen && Left <= TimeSpan.Zero);

    private bool IsOpen => state.CircuitState is CircuitState.Open or CircuitState.Isolated;

    private TimeSpan Left => new DateTimeOffset(Volatile.Read(ref openUntilTicks), TimeSpan.Zero) - steady.GetUtcNow();

    public async Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token => await call(token), cancellationToken);
        }
        catch (BrokenCircuitException broken)
        {
            throw Outage("Gemini does not answer at present; the request was not sent.", broken);
        }
        catch (GeminiException failure) when (failure.IsUnanswered && IsOpen)
        {
            // The failure that shows that Gemini is down says nothing about this call.
            throw new GeminiException(failure.Kind, failure.Message, Wait(failure.RetryAfter), failure) { StatusCode = failure.StatusCode, IsOutage = true };
        }
    }

    private GeminiException Outage(string message, Exception inner) => new(GeminiFailureKind.Overloaded, message, Wait(null), inner) { IsOutage = true };

    private TimeSpan? Wait(TimeSpan? asked)
    {
        var wait = Left;
        return asked > wait ? asked : wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);
    }

    private static TimeSpan BreakAfter(int probes, GeminiCircuitOptions options)
    {
        var seconds = options.FirstBreak.TotalSeconds * Math.Pow(2, Math.Min(probes, 16));
        return TimeSpan.FromSeconds(Math.Min(seconds, options.LongestBreak.TotalSeconds));
    }

    [LoggerMessage(1, LogLevel.Warning, "Gemini does not answer: calls of {Model} are held back for {Seconds:0.#} s")]
    private partial void Opened(string model, double seconds);

    [LoggerMessage(2, LogLevel.Information, "Gemini answers again: calls of {Model} are let through")]
    private partial void Closed(string model);
}

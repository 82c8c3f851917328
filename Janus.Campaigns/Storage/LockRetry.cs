using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Janus.Campaigns.Storage;

/// <summary>
/// The one mechanism that tries a block of statements again when the database says that it is locked: with exponential
/// backoff and jitter, within a total budget, from the block's first statement. It serves EF through
/// <see cref="LockRetryExecutionStrategy"/> and everybody else directly. A block must therefore be repeatable: it opens its
/// own connection or context, and nothing but its transaction leaves a trace. A block inside a block is part of the outer one.
/// </summary>
/// <remarks>
/// A block that somebody asked for is a span under theirs. One that nobody asked for, such as a look for work twenty times a second, would begin
/// a trace of its own each time: it leaves a span only when a lock refuses it, once it is over, in the trace that the block names by then.
/// </remarks>
public sealed partial class LockRetry(
    LockRetryOptions options, TimeProvider time, Func<Exception, string?> refusalOf, string system = "sqlite", string? database = null)
{
    /// <summary>Makes it for a database.</summary>
    public LockRetry(LockRetryOptions options, TimeProvider time, DatabaseEngine engine)
        : this(options, time, engine.RefusalOf, engine.System, engine.Namespace)
    {
    }

    /// <summary>The source of <c>db {operation}</c> and <c>db.lock_retry</c> spans.</summary>
    public static readonly ActivitySource Source = new("Janus.Campaigns.Storage");

    // Slow growth: a wait is never much longer than what has been waited already, so who has waited is soon there when the lock is free.
    private const double Growth = 1.25;

    // And it shrinks again as the budget runs out: among writers who all ask for the lock without a pause, who waits for long between two tries comes
    // last every time. So whoever has waited longest asks most often.
    private const double MostOfTheRest = 1 / 50.0;

    private static readonly Meter Meter = new("Janus.Campaigns.Storage");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("janus.db.lock_retries", "{retry}", "Tries refused by a lock.");
    private static readonly Histogram<double> Waits = Meter.CreateHistogram(
        "janus.db.lock_wait", "s", "Time lost to refused tries of one block.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20] });
    private static readonly AsyncLocal<Course?> Running = new();

    /// <summary>How many tries of the block that is running here a lock has refused before this one; 0 outside a block.</summary>
    public static int RefusedTries => Running.Value?.RefusedTries ?? 0;

    /// <summary>
    /// Says in a block that nobody asked for whose work it turned out to be, such as a campaign whose steps are claimed. Of several the first has the
    /// spans of what it met, and the others are linked.
    /// </summary>
    internal static void BelongsTo(ActivityContext trace) => Running.Value?.BelongsTo(trace);

    /// <summary>Raised after each refused try, before its wait. For progress and for tests.</summary>
    public event Action<LockRefusal>? Refused;

    /// <summary>Runs a block, again and again while it is refused by a lock.</summary>
    /// <param name="operation">A low-cardinality name, such as <c>claim</c>.</param>
    /// <param name="block">The statements, from opening to COMMIT.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="DatabaseBusyException">The budget is used up.</exception>
    public Task<T> ExecuteAsync<T>(string operation, Func<CancellationToken, Task<T>> block, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(block);
        return ExecuteAsync(operation, laneWait: null, block, cancellationToken);
    }

    /// <summary>The same for a block that has waited in its process's writer lane, which is part of the budget.</summary>
    internal async Task<T> ExecuteAsync<T>(
        string operation, TimeSpan? laneWait, Func<CancellationToken, Task<T>> block, CancellationToken cancellationToken)
    {
        if (Running.Value is not null)
            return await block(cancellationToken);

        using var course = new Course(this, operation, laneWait);
        // What an asynchronous method sets here ends with it; its caller never sees it.
        Running.Value = course;
        while (true)
        {
            course.Begin();
            try
            {
                var result = await block(cancellationToken);
                course.Succeeded();
                return result;
            }
            catch (Exception exception) when (refusalOf(exception) is { } code)
            {
                await WaitAsync(course, course.Refuse(exception, code), cancellationToken);
            }
            catch (Exception exception)
            {
                course.Failed(exception);
                throw;
            }
        }
    }

    /// <summary>The same for code that cannot be asynchronous.</summary>
    /// <inheritdoc cref="ExecuteAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)" />
    public T Execute<T>(string operation, Func<T> block)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (Running.Value is not null)
            return block();

        using var course = new Course(this, operation, laneWait: null);
        Running.Value = course;
        try
        {
            while (true)
            {
                course.Begin();
                try
                {
                    var result = block();
                    course.Succeeded();
                    return result;
                }
                catch (Exception exception) when (refusalOf(exception) is { } code)
                {
                    Wait(course.Refuse(exception, code));
                }
                catch (Exception exception)
                {
                    course.Failed(exception);
                    throw;
                }
            }
        }
        finally
        {
            Running.Value = null;
        }
    }

    private async Task WaitAsync(Course course, TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, time, cancellationToken);
        }
        catch (OperationCanceledException exception)
        {
            course.Abandoned(exception);
            throw;
        }
    }

    private void Wait(TimeSpan delay)
    {
        using var passed = new ManualResetEventSlim();
        using (time.CreateTimer(static state => ((ManualResetEventSlim)state!).Set(), passed, delay, Timeout.InfiniteTimeSpan))
            passed.Wait();
    }

    /// <summary>What a block ends in that never came out of its process's writer lane: nothing of it was tried.</summary>
    internal DatabaseBusyException GiveUp(string operation, TimeSpan waited, Exception cause)
    {
        var busy = new DatabaseBusyException(operation, waited, 0, cause);
        using var unit = StartUnit(operation, waited, Now() - waited);
        unit?.SetTag("error.type", busy.GetType().FullName).SetStatus(ActivityStatusCode.Error);
        return busy;
    }

    private Activity? StartUnit(
        string operation, TimeSpan? laneWait, DateTimeOffset start = default, ActivityContext parent = default, IEnumerable<ActivityLink>? links = null)
    {
        if (!Source.HasListeners())
            return null;

        // Given at the start, so that a sampler sees them.
        var tags = new TagList { { "db.system.name", system }, { "db.operation.name", operation } };
        if (database is not null)
            tags.Add("db.namespace", database);
        var unit = Source.StartActivity(ActivityKind.Client, parent, tags, links, start, name: $"db {operation}");
        if (laneWait is { } queued)
            unit?.SetTag("janus.db.lane_wait_ms", queued.TotalMilliseconds);
        return unit;
    }

    private TimeSpan DelayAfter(int attempt, TimeSpan waited)
    {
        var grown = Math.Min(options.MaxDelay.TotalMilliseconds, options.FirstDelay.TotalMilliseconds * Math.Pow(Growth, Math.Min(attempt - 1, 100)));
        var longest = Math.Min(grown, Math.Max(options.FirstDelay.TotalMilliseconds, (options.Budget - waited).TotalMilliseconds * MostOfTheRest));
#pragma warning disable CA5394 // Jitter only spreads waiters apart; nobody gains by guessing it.
        // Whole milliseconds, because timers drop the rest, and what is told must be what is waited.
        return TimeSpan.FromMilliseconds(Math.Ceiling(longest * (0.5 + (Random.Shared.NextDouble() / 2))));
#pragma warning restore CA5394
    }

    /// <summary>From the first wait for the database to giving up.</summary>
    internal TimeSpan Budget => options.Budget;

    /// <summary>The clock of every wait.</summary>
    internal TimeProvider Time => time;

    private DateTimeOffset Now() => time.GetUtcNow();

    private long TimeStamp() => time.GetTimestamp();

    private TimeSpan Since(long stamp) => time.GetElapsedTime(stamp);
}

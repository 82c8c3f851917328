using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Janus.Campaigns.Storage;

/// <summary>How long a refused block of statements is tried again.</summary>
public sealed class LockRetryOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Janus:LockRetry";

    /// <summary>From the first try to giving up; 20 s by default.</summary>
    public TimeSpan Budget { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The first wait; each further one is a quarter longer. 4 ms by default.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(4);

    /// <summary>The longest wait; 400 ms by default.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// How long SQLite itself waits within one statement; 10 ms by default. Its own waits grow quickly to 100 ms, and a lock that is held for a
    /// millisecond at a time, again and again, is then missed again and again by whoever has waited longest.
    /// </summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromMilliseconds(10);
}

/// <summary>One refused try.</summary>
/// <param name="Operation">The block's name.</param>
/// <param name="Attempt">The try that was refused, from 1.</param>
/// <param name="Code">The database's code, such as 5, 6, 261 or 517.</param>
/// <param name="Blocked">From the start of the refused try to its refusal.</param>
/// <param name="Delay">The wait before the next try.</param>
/// <param name="Waited">How long the block has waited up to now, in its process's writer lane and for the lock.</param>
public sealed record LockRefusal(string Operation, int Attempt, int Code, TimeSpan Blocked, TimeSpan Delay, TimeSpan Waited);

/// <summary>The database stayed locked for longer than the budget. The work was not done and may be tried again later.</summary>
public sealed class DatabaseBusyException(string operation, TimeSpan waited, int attempts, Exception innerException)
    : Exception($"The database was busy for {waited.TotalSeconds:0.0} s ({attempts} tries at {operation}).", innerException)
{
    /// <summary>The block's name.</summary>
    public string Operation { get; } = operation;

    /// <summary>How long it was tried.</summary>
    public TimeSpan Waited { get; } = waited;

    /// <summary>How many times it was tried.</summary>
    public int Attempts { get; } = attempts;
}

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
public sealed class LockRetry(
    LockRetryOptions options, TimeProvider time, Func<Exception, int?> lockCodeOf, string system = "sqlite", string? database = null)
{
    /// <summary>The source of <c>db {operation}</c> and <c>db.lock_retry</c> spans.</summary>
    public static readonly ActivitySource Source = new("Janus.Campaigns.Storage");

    // Slow growth: a wait is never much longer than what has been waited already, so who has waited is soon there when the lock is free.
    private const double Growth = 1.25;

    private static readonly Meter Meter = new("Janus.Campaigns.Storage");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("janus.db.lock_retries", "{retry}", "Tries refused by a lock.");
    private static readonly Histogram<double> Waits = Meter.CreateHistogram(
        "janus.db.lock_wait", "s", "Time lost to refused tries of one block.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20] });
    private static readonly AsyncLocal<Course?> Running = new();
    private static readonly AsyncLocal<int> Refusals = new();

    /// <summary>How many tries of the block that is running here a lock has refused before this one; 0 outside a block.</summary>
    public static int RefusedTries => Refusals.Value;

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
            Refusals.Value = course.Begin();
            try
            {
                var result = await block(cancellationToken);
                course.Succeeded();
                return result;
            }
            catch (Exception exception) when (lockCodeOf(exception) is { } code)
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
                Refusals.Value = course.Begin();
                try
                {
                    var result = block();
                    course.Succeeded();
                    return result;
                }
                catch (Exception exception) when (lockCodeOf(exception) is { } code)
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
            Refusals.Value = 0;
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

    private TimeSpan DelayAfter(int attempt)
    {
        var longest = Math.Min(options.MaxDelay.TotalMilliseconds, options.FirstDelay.TotalMilliseconds * Math.Pow(Growth, Math.Min(attempt - 1, 100)));
#pragma warning disable CA5394 // Jitter only spreads waiters apart; nobody gains by guessing it.
        // Whole milliseconds, because timers drop the rest, and what is told must be what is waited.
        return TimeSpan.FromMilliseconds(Math.Ceiling(longest * (0.5 + (Random.Shared.NextDouble() / 2))));
#pragma warning restore CA5394
    }

    /// <summary>The tries of one block, from the first to success or giving up.</summary>
    private sealed class Course(LockRetry retry, string operation, TimeSpan? laneWait) : IDisposable
    {
        private readonly long _start = retry.TimeStamp();
        private readonly bool _isAskedFor = Activity.Current is not null;
        private readonly Activity? _unit = Activity.Current is null ? null : retry.StartUnit(operation, laneWait);
        private DateTimeOffset _tryStart;
        private long _tryStamp;
        private int _attempt;
        private (DateTimeOffset Start, LockRefusal Refusal)? _pending;
        private List<RefusedTry>? _refused;
        private List<ActivityContext>? _traces;
        private Exception? _failure;

        private TimeSpan Waited => (laneWait ?? TimeSpan.Zero) + retry.Since(_start);

        /// <summary>Begins a try.</summary>
        /// <returns>How many were refused before it.</returns>
        public int Begin()
        {
            _tryStart = retry.Now();
            _tryStamp = retry.TimeStamp();
            _attempt++;
            _traces?.Clear();
            EndRefusedTry();
            return _attempt - 1;
        }

        public void BelongsTo(ActivityContext trace)
        {
            if (!_isAskedFor && trace != default)
                (_traces ??= []).Add(trace);
        }

        public TimeSpan Refuse(Exception exception, int code)
        {
            var waited = Waited;
            var refusal = new LockRefusal(operation, _attempt, code, retry.Since(_tryStamp), retry.DelayAfter(_attempt), waited);
            Retries.Add(1, new KeyValuePair<string, object?>("operation", operation));
            retry.Refused?.Invoke(refusal);
            _pending = (_tryStart, refusal);
            if (waited + refusal.Delay <= retry.Budget)
                return refusal.Delay;

            Waits.Record(waited.TotalSeconds, new KeyValuePair<string, object?>("operation", operation));
            var busy = new DatabaseBusyException(operation, waited, _attempt, exception);
            Abandoned(busy);
            throw busy;
        }

        public void Succeeded()
        {
            if (_attempt > 1)
                Waits.Record((retry.Since(_start) - retry.Since(_tryStamp)).TotalSeconds, new KeyValuePair<string, object?>("operation", operation));
        }

        public void Abandoned(Exception exception)
        {
            EndRefusedTry();
            Failed(exception);
        }

        public void Failed(Exception exception)
        {
            _failure = exception;
            Mark(_unit);
        }

        public void Dispose()
        {
            if (_refused is { } refused)
                WriteLate(refused);
            _unit?.Dispose();
        }

        // A refused try's span reaches from its start to the start of the next try, so SQLite's own wait is inside it.
        private void EndRefusedTry()
        {
            if (_pending is not { } pending)
                return;

            _pending = null;
            var ended = new RefusedTry(pending.Start, retry.Now(), pending.Refusal, retry.Budget - Waited);
            if (!_isAskedFor)
                (_refused ??= []).Add(ended);
            else if (_unit is not null)
                Write(ended, _unit);
        }

        private void WriteLate(List<RefusedTry> refused)
        {
            var traces = _traces ?? [];
            var current = Activity.Current;
            using var unit = retry.StartUnit(operation, laneWait, refused[0].Start, traces.FirstOrDefault(), traces.Skip(1).Select(trace => new ActivityLink(trace)));
            if (unit is null)
                return;
            foreach (var ended in refused)
                Write(ended, unit);
            Mark(unit);
            unit.Stop();
            Activity.Current = current;
        }

        private void Mark(Activity? unit)
        {
            if (_failure is not null)
                unit?.SetTag("error.type", _failure.GetType().FullName).SetStatus(ActivityStatusCode.Error);
        }

        private static void Write(RefusedTry ended, Activity unit)
        {
            var current = Activity.Current;
            using var span = Source.StartActivity("db.lock_retry", ActivityKind.Internal, unit.Context, startTime: ended.Start);
            span?.SetTag("janus.db.retry.attempt", ended.Refusal.Attempt)
                .SetTag("janus.db.retry.blocked_ms", ended.Refusal.Blocked.TotalMilliseconds)
                .SetTag("janus.db.retry.delay_ms", ended.Refusal.Delay.TotalMilliseconds)
                .SetTag("janus.db.retry.budget_left_ms", ended.BudgetLeft.TotalMilliseconds)
                .SetTag("db.response.status_code", ended.Refusal.Code.ToString(System.Globalization.CultureInfo.InvariantCulture))
                .SetEndTime(ended.End.UtcDateTime);
            span?.Stop();
            Activity.Current = current;
        }

        private sealed record RefusedTry(DateTimeOffset Start, DateTimeOffset End, LockRefusal Refusal, TimeSpan BudgetLeft);
    }

    /// <summary>From the first wait for the database to giving up.</summary>
    internal TimeSpan Budget => options.Budget;

    /// <summary>The clock of every wait.</summary>
    internal TimeProvider Time => time;

    private DateTimeOffset Now() => time.GetUtcNow();

    private long TimeStamp() => time.GetTimestamp();

    private TimeSpan Since(long stamp) => time.GetElapsedTime(stamp);
}

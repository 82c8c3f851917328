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

    /// <summary>The first wait; doubled each time. 10 ms by default.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest wait; 400 ms by default.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long SQLite itself waits within one statement; 250 ms by default. Short, so that every refusal is seen, counted and traced.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromMilliseconds(250);
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
public sealed class LockRetry(LockRetryOptions options, TimeProvider time, Func<Exception, int?> lockCodeOf, string system = "sqlite")
{
    /// <summary>The source of <c>db {operation}</c> and <c>db.lock_retry</c> spans.</summary>
    public static readonly ActivitySource Source = new("Janus.Campaigns.Storage");

    private static readonly Meter Meter = new("Janus.Campaigns.Storage");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("janus.db.lock_retries", "{retry}", "Tries refused by a lock.");
    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>("janus.db.lock_wait", "s", "Time lost to refused tries of one block.");
    private static readonly AsyncLocal<bool> Inside = new();
    private static readonly AsyncLocal<int> Refusals = new();

    /// <summary>How many tries of the block that is running here a lock has refused before this one; 0 outside a block.</summary>
    public static int RefusedTries => Refusals.Value;

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
        if (Inside.Value)
            return await block(cancellationToken);

        using var unit = StartUnit(operation);
        if (laneWait is { } queued)
            unit?.SetTag("janus.db.lane_wait_ms", queued.TotalMilliseconds);
        var course = new Course(this, operation, unit, laneWait ?? TimeSpan.Zero);
        // What an asynchronous method sets here ends with it; its caller never sees it.
        Inside.Value = true;
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
        if (Inside.Value)
            return block();

        using var unit = StartUnit(operation);
        var course = new Course(this, operation, unit, TimeSpan.Zero);
        Inside.Value = true;
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
            Inside.Value = false;
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

    private Activity? StartUnit(string operation)
    {
        var unit = Source.StartActivity($"db {operation}", ActivityKind.Client);
        unit?.SetTag("db.system.name", system).SetTag("db.operation.name", operation);
        return unit;
    }

    private TimeSpan DelayAfter(int attempt)
    {
        var longest = Math.Min(options.MaxDelay.TotalMilliseconds, options.FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 20)));
#pragma warning disable CA5394 // Jitter only spreads waiters apart; nobody gains by guessing it.
        // Whole milliseconds, because timers drop the rest, and what is told must be what is waited.
        return TimeSpan.FromMilliseconds(Math.Ceiling(longest * (0.5 + (Random.Shared.NextDouble() / 2))));
#pragma warning restore CA5394
    }

    /// <summary>The tries of one block, from the first to success or giving up.</summary>
    private sealed class Course(LockRetry retry, string operation, Activity? unit, TimeSpan waitedBefore)
    {
        private readonly long _start = retry.TimeStamp();
        private DateTimeOffset _tryStart;
        private long _tryStamp;
        private int _attempt;
        private (DateTimeOffset Start, LockRefusal Refusal)? _pending;

        private TimeSpan Waited => waitedBefore + retry.Since(_start);

        /// <summary>Begins a try.</summary>
        /// <returns>How many were refused before it.</returns>
        public int Begin()
        {
            _tryStart = retry.Now();
            _tryStamp = retry.TimeStamp();
            _attempt++;
            RecordRetry();
            return _attempt - 1;
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
            RecordRetry();
            Failed(exception);
        }

        public void Failed(Exception exception) =>
            unit?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);

        // A refused try's span reaches from its start to the start of the next try, so SQLite's own wait is inside it.
        private void RecordRetry()
        {
            if (_pending is not { } pending)
                return;

            _pending = null;
            var current = Activity.Current;
            using var span = Source.StartActivity("db.lock_retry", ActivityKind.Internal, unit?.Context ?? default, startTime: pending.Start);
            span?.SetTag("janus.db.retry.attempt", pending.Refusal.Attempt)
                .SetTag("janus.db.retry.blocked_ms", pending.Refusal.Blocked.TotalMilliseconds)
                .SetTag("janus.db.retry.delay_ms", pending.Refusal.Delay.TotalMilliseconds)
                .SetTag("janus.db.retry.budget_left_ms", (retry.Budget - Waited).TotalMilliseconds)
                .SetTag("db.response.status_code", pending.Refusal.Code.ToString(System.Globalization.CultureInfo.InvariantCulture));
            span?.Stop();
            Activity.Current = current;
        }
    }

    /// <summary>From the first wait for the database to giving up.</summary>
    internal TimeSpan Budget => options.Budget;

    /// <summary>The clock of every wait.</summary>
    internal TimeProvider Time => time;

    private DateTimeOffset Now() => time.GetUtcNow();

    private long TimeStamp() => time.GetTimestamp();

    private TimeSpan Since(long stamp) => time.GetElapsedTime(stamp);
}

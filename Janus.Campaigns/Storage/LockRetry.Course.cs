using System.Diagnostics;

namespace Janus.Campaigns.Storage;

public sealed partial class LockRetry
{
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

        /// <summary>How many tries were refused before the one that runs.</summary>
        public int RefusedTries => _attempt - 1;

        /// <summary>Begins a try.</summary>
        public void Begin()
        {
            _tryStart = retry.Now();
            _tryStamp = retry.TimeStamp();
            _attempt++;
            _traces?.Clear();
            EndRefusedTry();
        }

        public void BelongsTo(ActivityContext trace)
        {
            if (!_isAskedFor && trace != default)
                (_traces ??= []).Add(trace);
        }

        public TimeSpan Refuse(Exception exception, string code)
        {
            var waited = Waited;
            var refusal = new LockRefusal(operation, _attempt, code, retry.Since(_tryStamp), retry.DelayAfter(_attempt, waited), waited);
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
                .SetTag("db.response.status_code", ended.Refusal.Code)
                .SetEndTime(ended.End.UtcDateTime);
            span?.Stop();
            Activity.Current = current;
        }

        private sealed record RefusedTry(DateTimeOffset Start, DateTimeOffset End, LockRefusal Refusal, TimeSpan BudgetLeft);
    }
}

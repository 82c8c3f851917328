using System.Collections.Concurrent;
using System.Diagnostics;
using Janus.Campaigns.Storage;
using Janus.Tests.Time;
using Microsoft.Data.Sqlite;

namespace Janus.Tests.Storage;

public sealed class LockRetrySpanTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;
    private readonly Activity _test = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
    private readonly ManualTime _time = new() { SkipsWaits = true };
    private readonly LockRetry _retry;

    public LockRetrySpanTests()
    {
        _retry = new LockRetry(new LockRetryOptions(), _time, SqliteLocks.CodeOf);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Janus.Campaigns.Storage",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == _test.TraceId)
                    _ended.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public async Task Refused_tries_are_siblings_under_the_unit_of_work_and_cover_the_blocked_time()
    {
        var tries = 0;
        await _retry.ExecuteAsync("claim", _ => ++tries <= 3 ? throw Refuse(517) : Task.FromResult(true), CancellationToken.None);

        var unit = _ended.Single(span => span.DisplayName == "db claim");
        var refused = _ended.Where(span => span.DisplayName == "db.lock_retry").ToList();
        unit.ParentSpanId.ShouldBe(_test.SpanId);
        unit.Kind.ShouldBe(ActivityKind.Client);
        unit.Status.ShouldBe(ActivityStatusCode.Unset);
        unit.GetTagItem("error.type").ShouldBeNull();
        unit.GetTagItem("db.system.name").ShouldBe("sqlite");
        unit.GetTagItem("db.operation.name").ShouldBe("claim");
        refused.Count.ShouldBe(3);
        refused.Sum(span => span.Duration.TotalMilliseconds).ShouldBe(_time.Elapsed.TotalMilliseconds, 0.01);
        refused.ShouldAllBe(span => span.ParentSpanId == unit.SpanId);
        refused.ShouldAllBe(span => (string?)span.GetTagItem("db.response.status_code") == "517");
        refused.Select(span => span.GetTagItem("janus.db.retry.attempt")).ShouldBe([1, 2, 3]);
        refused.Sum(span => Milliseconds(span, "janus.db.retry.blocked_ms") + Milliseconds(span, "janus.db.retry.delay_ms"))
            .ShouldBe(_time.Elapsed.TotalMilliseconds, 0.01);
        refused.Select(span => Milliseconds(span, "janus.db.retry.budget_left_ms")).ShouldBeInOrder(SortDirection.Descending);
        Milliseconds(refused[^1], "janus.db.retry.budget_left_ms").ShouldBe(20_000 - _time.Elapsed.TotalMilliseconds, 0.01);
    }

    [Fact]
    public async Task A_used_up_budget_marks_the_unit_of_work()
    {
        await Should.ThrowAsync<DatabaseBusyException>(() => _retry.ExecuteAsync<bool>("claim", _ => throw Refuse(5), CancellationToken.None));

        var unit = _ended.Single(span => span.DisplayName == "db claim");
        var refused = _ended.Where(span => span.DisplayName == "db.lock_retry").ToList();
        unit.Status.ShouldBe(ActivityStatusCode.Error);
        unit.GetTagItem("error.type").ShouldBe(typeof(DatabaseBusyException).FullName);
        refused.ShouldAllBe(span => span.ParentSpanId == unit.SpanId);
        // Nobody waits after the last refusal.
        refused.Sum(span => Milliseconds(span, "janus.db.retry.blocked_ms")).ShouldBeGreaterThan(refused.Count * 249.0);
    }

    [Fact]
    public async Task A_cancelled_wait_keeps_its_refused_try()
    {
        using var cancel = new CancellationTokenSource();
        var retry = new LockRetry(new LockRetryOptions(), new ManualTime(), SqliteLocks.CodeOf);
        retry.Refused += _ => cancel.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(
            () => retry.ExecuteAsync<bool>("claim", _ => throw new SqliteException("locked", 5, 5), cancel.Token));

        _ended.Select(span => span.DisplayName).ShouldBe(["db.lock_retry", "db claim"]);
    }

    [Fact]
    public async Task The_current_span_is_the_callers_again_afterwards()
    {
        var tries = 0;
        await _retry.ExecuteAsync("claim", _ => ++tries == 1 ? throw Refuse(5) : Task.FromResult(true), CancellationToken.None);
        Activity.Current.ShouldBe(_test);

        tries = 0;
        _retry.Execute("claim", () => ++tries == 1 ? throw Refuse(5) : true);
        Activity.Current.ShouldBe(_test);
    }

    [Fact]
    public async Task What_nobody_asked_for_is_a_span_only_when_a_lock_refuses_it()
    {
        Activity.Current = null;
        var name = $"poll_{_test.SpanId}";
        using var heard = new Heard($"db {name}");
        await _retry.ExecuteAsync(name, _ => Task.FromResult(true), CancellationToken.None);
        heard.Spans.ShouldBeEmpty();

        var tries = 0;
        var inside = new List<Activity?>();
        await _retry.ExecuteAsync(
            name,
            _ =>
            {
                inside.Add(Activity.Current);
                return ++tries <= 2 ? throw Refuse(5) : Task.FromResult(true);
            },
            CancellationToken.None);

        var unit = heard.Spans.ShouldHaveSingleItem();
        unit.ParentSpanId.ShouldBe(default);
        unit.Status.ShouldBe(ActivityStatusCode.Unset);
        inside.ShouldAllBe(span => span == null);
        Activity.Current.ShouldBeNull();
    }

    [Fact]
    public async Task What_nobody_asked_for_belongs_to_whose_work_it_turned_out_to_be()
    {
        Activity.Current = null;
        var other = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
        var tries = 0;
        await _retry.ExecuteAsync(
            "claim",
            _ =>
            {
                if (++tries <= 3)
                    throw Refuse(517);
                LockRetry.BelongsTo(_test.Context);
                LockRetry.BelongsTo(other);
                return Task.FromResult(true);
            },
            CancellationToken.None);

        var unit = _ended.Single(span => span.DisplayName == "db claim");
        unit.ParentSpanId.ShouldBe(_test.SpanId);
        unit.Links.ShouldHaveSingleItem().Context.ShouldBe(other);
        var refused = _ended.Where(span => span.DisplayName == "db.lock_retry").OrderBy(span => span.StartTimeUtc).ToList();
        refused.ShouldAllBe(span => span.ParentSpanId == unit.SpanId);
        refused.Select(span => span.GetTagItem("janus.db.retry.attempt")).ShouldBe([1, 2, 3]);
        refused.Sum(span => span.Duration.TotalMilliseconds).ShouldBe(_time.Elapsed.TotalMilliseconds, 0.01);
    }

    [Fact]
    public async Task A_unit_that_never_came_out_of_the_lane_is_an_error()
    {
        await using var database = await TestDatabase.CreateAsync(settings: new Dictionary<string, string?> { ["Janus:LockRetry:Budget"] = "00:00:00.050" });
        var entered = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        var first = database.Database.WriteAsync("first", async (_, _) =>
        {
            entered.SetResult();
            await end.Task;
            return (true, true);
        }, CancellationToken.None);
        await entered.Task;
        await Should.ThrowAsync<DatabaseBusyException>(
            () => database.Database.WriteAsync("second", (_, _) => Task.FromResult((true, true)), CancellationToken.None));
        end.SetResult();
        await first;

        var unit = _ended.Single(span => span.DisplayName == "db second");
        (unit.Status, unit.GetTagItem("error.type")).ShouldBe((ActivityStatusCode.Error, typeof(DatabaseBusyException).FullName));
        Milliseconds(unit, "janus.db.lane_wait_ms").ShouldBeGreaterThan(25, "the budget, but for a tick of the timer");
    }

    [Fact]
    public async Task A_unit_says_how_long_it_waited_in_the_lane()
    {
        await using var database = await TestDatabase.CreateAsync();

        await database.Database.WriteAsync("nothing", (_, _) => Task.FromResult((true, true)), CancellationToken.None);

        _ended.Single(span => span.DisplayName == "db nothing").GetTagItem("janus.db.lane_wait_ms").ShouldBe(0.0);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _test.Dispose();
    }

    // SQLite's own wait within the refused try.
    private SqliteException Refuse(int code)
    {
        _time.Advance(TimeSpan.FromMilliseconds(250));
        return new SqliteException("locked", code & 0xFF, code);
    }

    /// <summary>Every span of a name, whichever trace it is of.</summary>
    private sealed class Heard : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _spans = new();
        private readonly ActivityListener _listener;

        public Heard(string name)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Janus.Campaigns.Storage",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = span =>
                {
                    if (span.DisplayName == name)
                        _spans.Enqueue(span);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyCollection<Activity> Spans => _spans;

        public void Dispose() => _listener.Dispose();
    }

    private static double Milliseconds(Activity span, string tag) => (double)span.GetTagItem(tag)!;
}

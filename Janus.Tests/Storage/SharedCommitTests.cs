using System.Data.Common;
using System.Diagnostics;
using Janus.Campaigns.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Storage;

/// <summary>Writes of one process that wait for each other on SQLite share a commit; each of them is there whole or not at all, as if it were alone.</summary>
public sealed class SharedCommitTests : IAsyncLifetime
{
    private readonly Commits _commits = new();
    private readonly TaskCompletionSource _isIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestDatabase _database = null!;
    private Task<int> _first = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(addServices: services => services.ConfigureDbContext<SqliteCampaignsContext>(options => options.AddInterceptors(_commits)));
        _first = WriteAsync(0, async (_, _) =>
        {
            _isIn.TrySetResult();
            await _goOn.Task;
            return true;
        });
        await _isIn.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(15, 1)]
    [InlineData(16, 2)]
    [InlineData(40, 3)]
    public async Task Who_waits_for_a_writer_is_committed_with_it_fifteen_at_most(int waiting, int commits)
    {
        var others = Enumerable.Range(1, waiting).Select(day => WriteAsync(day)).ToList();

        _goOn.SetResult();

        (await Task.WhenAll([_first, .. others])).ShouldBe(Enumerable.Range(0, waiting + 1));
        (await DaysAsync()).ShouldBe(Enumerable.Range(0, waiting + 1));
        _commits.Count.ShouldBe(commits);
    }

    [Fact]
    public async Task Who_comes_later_reads_what_those_before_it_have_written()
    {
        var sums = Enumerable.Range(1, 5).Select(day => WriteAsync(day, async (context, token) =>
        {
            (await context.SpendingDays.CountAsync(token)).ShouldBe(day + 1);
            return true;
        })).ToList();

        _goOn.SetResult();

        await Task.WhenAll(sums);
        _commits.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_fails_is_refused_or_cancelled_on_the_way_leaves_no_trace_and_the_others_are_there()
    {
        using var cancellation = new CancellationTokenSource();
        var failing = WriteAsync(1, (_, _) => throw new InvalidOperationException("It fails."));
        var refused = WriteAsync(2, (_, _) => Task.FromResult(false));
        var cancelled = WriteAsync(
            3,
            async (_, token) =>
            {
                await cancellation.CancelAsync();
                token.ThrowIfCancellationRequested();
                return true;
            },
            cancellation.Token);
        var twice = WriteAsync(0);
        var fine = WriteAsync(4);

        _goOn.SetResult();

        await _first;
        (await fine).ShouldBe(4);
        (await refused).ShouldBe(2);
        (await Should.ThrowAsync<InvalidOperationException>(failing)).Message.ShouldBe("It fails.");
        await Should.ThrowAsync<OperationCanceledException>(cancelled);
        (await Should.ThrowAsync<SqliteException>(twice)).SqliteErrorCode.ShouldBe(19);
        (await DaysAsync()).ShouldBe([0, 4]);
        _commits.Count.ShouldBe(1);
    }

    // Some errors of SQLite, a full disk among them, may end the whole transaction: https://sqlite.org/lang_transaction.html.
    [Fact]
    public async Task Whoever_spoils_the_transaction_is_alone_with_it()
    {
        var before = WriteAsync(1);
        var spoiling = WriteAsync(2, async (context, token) =>
        {
            await context.Database.ExecuteSqlRawAsync("ROLLBACK", token);
            throw new IOException("What a disk may do.");
        });
        var after = WriteAsync(3);

        _goOn.SetResult();

        (await Task.WhenAll(_first, before, after)).ShouldBe([0, 1, 3]);
        (await Should.ThrowAsync<IOException>(spoiling)).Message.ShouldBe("What a disk may do.");
        (await DaysAsync()).ShouldBe([0, 1, 3]);
    }

    [Fact]
    public async Task A_commit_that_fails_is_the_failure_of_who_began_it_and_the_others_write_on_their_own()
    {
        var others = Enumerable.Range(1, 3).Select(day => WriteAsync(day)).ToList();
        _commits.FailNext = true;

        _goOn.SetResult();

        (await Should.ThrowAsync<IOException>(_first)).Message.ShouldBe("The commit fails.");
        (await Task.WhenAll(others)).ShouldBe([1, 2, 3]);
        (await DaysAsync()).ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_refused_by_what_is_not_committed_yet_hears_of_it_when_it_is_there_and_else_decides_anew(bool fails)
    {
        var refused = WriteAsync(1, async (context, token) => !await context.SpendingDays.AnyAsync(day => day.Day == 0, token));
        var colliding = WriteAsync(0);
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lastIsIn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var other = WriteAsync(2, async (_, _) =>
        {
            lastIsIn.TrySetResult();
            await last.Task;
            return true;
        });
        _commits.FailNext = fails;
        _goOn.SetResult();
        await lastIsIn.Task.WaitAsync(TimeSpan.FromSeconds(60));

        (refused.IsCompleted, colliding.IsCompleted).ShouldBe((false, false), "they have read what nobody has committed");

        last.SetResult();
        if (fails)
            await Should.ThrowAsync<IOException>(_first);
        else
            await _first;
        await Task.WhenAll(refused, other);
        if (fails)
            (await colliding).ShouldBe(0);
        else
            (await Should.ThrowAsync<SqliteException>(colliding)).SqliteErrorCode.ShouldBe(19);
        (await DaysAsync()).ShouldBe(fails ? [0, 1, 2] : [0, 2]);
    }

    [Fact]
    public async Task Who_is_cancelled_while_waiting_writes_nothing_and_keeps_nobody_waiting()
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = WriteAsync(1, cancellationToken: cancellation.Token);
        var other = WriteAsync(2);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(cancelled);

        _goOn.SetResult();

        (await Task.WhenAll(_first, other)).ShouldBe([0, 2]);
        (await WriteAsync(3)).ShouldBe(3);
        (await DaysAsync()).ShouldBe([0, 2, 3]);
    }

    [Fact]
    public async Task Everybody_writes_in_a_trace_of_their_own()
    {
        var traces = new List<(ActivityTraceId Asked, ActivityTraceId Written)>();
        var all = new List<Task> { _first };
        for (var day = 1; day <= 3; day++)
        {
            using var asking = new Activity("asking").SetIdFormat(ActivityIdFormat.W3C).Start();
            var asked = asking.TraceId;
            all.Add(WriteAsync(day, (_, _) =>
            {
                traces.Add((asked, Activity.Current!.TraceId));
                return Task.FromResult(true);
            }));
        }

        _goOn.SetResult();

        await Task.WhenAll(all);
        traces.Count.ShouldBe(3);
        traces.ShouldAllBe(trace => trace.Written == trace.Asked);
        _commits.Count.ShouldBe(1);
    }

    // Runs at once until it is in or waits, so that whoever is asked first is first.
    private Task<int> WriteAsync(int day, Func<CampaignsContext, CancellationToken, Task<bool>>? then = null, CancellationToken cancellationToken = default) => _database.Database.WriteAsync(
        "test",
        async (context, token) =>
        {
            await context.Database.ExecuteSqlAsync($"INSERT INTO spending_days (day, spent_micro_usd) VALUES ({day}, 1)", token);
            return (day, Commit: then is null || await then(context, token));
        },
        cancellationToken);

    private Task<List<int>> DaysAsync() => _database.Database.AskAsync(
        "test", (context, token) => context.SpendingDays.OrderBy(day => day.Day).Select(day => day.Day).ToListAsync(token), CancellationToken.None);

    /// <summary>Counts commits, and fails one when it is told to.</summary>
    private sealed class Commits : DbTransactionInterceptor
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public bool FailNext { get; set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            if (FailNext)
            {
                FailNext = false;
                throw new IOException("The commit fails.");
            }

            Interlocked.Increment(ref _count);
            return new(result);
        }
    }
}

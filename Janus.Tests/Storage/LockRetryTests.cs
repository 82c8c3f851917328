using Janus.Campaigns.Storage;
using Janus.Tests.Time;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Storage;

/// <summary>The budget, the waits and the recognition, without a database.</summary>
public sealed class LockRetryTests
{
    private static readonly SqliteException Locked = new("locked", 5, 5);

    [Theory]
    [InlineData(5, 5)]
    [InlineData(6, 6)]
    [InlineData(5, 261)]
    [InlineData(6, 262)]
    [InlineData(5, 517)]
    [InlineData(5, 773)]
    [InlineData(261, 261)]
    [InlineData(262, 262)]
    [InlineData(517, 517)]
    [InlineData(773, 773)]
    public void A_lock_is_recognised_by_its_code_however_deep_it_lies(int code, int extended)
    {
        var refused = new SqliteException("nothing that says so", code, extended);

        SqliteLocks.CodeOf(refused).ShouldBe($"{extended}");
        SqliteLocks.CodeOf(new DbUpdateException("outside", refused)).ShouldBe($"{extended}");
        SqliteLocks.CodeOf(new InvalidOperationException("outer", new DbUpdateException("outside", refused))).ShouldBe($"{extended}");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 8)]
    [InlineData(10, 10)]
    [InlineData(19, 2067)]
    public void A_text_is_not_a_lock(int code, int extended) =>
        SqliteLocks.CodeOf(new SqliteException("SQLite Error 5: 'database is locked'.", code, extended)).ShouldBeNull();

    [Fact]
    public async Task What_is_not_a_lock_is_thrown_at_once()
    {
        var retry = NewRetry(new ManualTime());
        var tries = 0;

        await Should.ThrowAsync<SqliteException>(() => retry.ExecuteAsync<bool>(
            "insert",
            _ =>
            {
                tries++;
                throw new SqliteException("constraint", 19, 2067);
            },
            CancellationToken.None));

        tries.ShouldBe(1);
    }

    [Fact]
    public async Task The_waits_grow_by_a_quarter_up_to_a_fiftieth_of_what_is_left_and_are_spread()
    {
        var refusals = await ExhaustAsync(new ManualTime { SkipsWaits = true });

        for (var index = 0; index < refusals.Count; index++)
        {
            var left = TimeSpan.FromSeconds(20) - refusals[index].Waited;
            var longest = Math.Min(4 * Math.Pow(1.25, index), Math.Max(4, left.TotalMilliseconds / 50));
            refusals[index].Delay.TotalMilliseconds.ShouldBeInRange(longest / 2, Math.Ceiling(longest));
            refusals[index].Attempt.ShouldBe(index + 1);
        }

        refusals[^1].Delay.ShouldBeLessThan(TimeSpan.FromMilliseconds(10), "who has waited longest asks most often");
        refusals.Select(refusal => refusal.Delay).Distinct().Count().ShouldBeGreaterThan(refusals.Count / 4, "they are spread");
    }

    [Fact]
    public async Task A_used_up_budget_is_a_busy_database()
    {
        var time = new ManualTime { SkipsWaits = true };
        var retry = NewRetry(time);
        var tries = 0;

        var busy = await Should.ThrowAsync<DatabaseBusyException>(() => retry.ExecuteAsync<bool>(
            "claim",
            _ =>
            {
                tries++;
                throw new SqliteException("locked", 5, 5);
            },
            CancellationToken.None));

        busy.Operation.ShouldBe("claim");
        busy.Attempts.ShouldBe(tries);
        busy.Waited.ShouldBeInRange(TimeSpan.FromSeconds(19.6), TimeSpan.FromSeconds(20));
        busy.Waited.ShouldBe(time.Elapsed);
        busy.InnerException.ShouldBeOfType<SqliteException>();
    }

    [Fact]
    public void A_used_up_budget_is_a_busy_database_for_code_that_cannot_be_asynchronous_too()
    {
        var time = new ManualTime { SkipsWaits = true };

        var busy = Should.Throw<DatabaseBusyException>(() => NewRetry(time).Execute<bool>("claim", () => throw Locked));

        busy.Waited.ShouldBe(time.Elapsed);
    }

    [Fact]
    public async Task A_block_is_not_begun_again_before_its_wait_is_over()
    {
        var time = new ManualTime();
        var retry = NewRetry(time);
        var refused = new TaskCompletionSource<LockRefusal>();
        retry.Refused += refused.SetResult;
        var tries = 0;

        var running = retry.ExecuteAsync("claim", _ => ++tries == 1 ? throw Locked : Task.FromResult(tries), CancellationToken.None);
        var delay = (await refused.Task).Delay;
        time.Advance(delay - TimeSpan.FromTicks(1));
        running.IsCompleted.ShouldBeFalse();
        tries.ShouldBe(1);
        time.Advance(TimeSpan.FromTicks(1));

        (await running).ShouldBe(2);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        var retry = NewRetry(new ManualTime());
        using var cancel = new CancellationTokenSource();
        retry.Refused += _ => cancel.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(() => retry.ExecuteAsync<bool>("claim", _ => throw Locked, cancel.Token));
    }

    [Fact]
    public async Task A_block_inside_a_block_is_part_of_it()
    {
        var retry = NewRetry(new ManualTime { SkipsWaits = true });
        var refusals = new List<LockRefusal>();
        retry.Refused += refusals.Add;
        var (outer, inner) = (0, 0);

        await retry.ExecuteAsync(
            "outer",
            token =>
            {
                outer++;
                return retry.ExecuteAsync("inner", _ => ++inner == 1 ? throw Locked : Task.FromResult(true), token);
            },
            CancellationToken.None);

        (outer, inner).ShouldBe((2, 2));
        refusals.ShouldHaveSingleItem().Operation.ShouldBe("outer");
    }

    [Fact]
    public async Task A_block_after_a_block_is_one_of_its_own()
    {
        var retry = NewRetry(new ManualTime { SkipsWaits = true });
        var refusals = new List<LockRefusal>();
        retry.Refused += refusals.Add;

        foreach (var operation in new[] { "first", "second" })
        {
            var tries = 0;
            await retry.ExecuteAsync(operation, _ => ++tries == 1 ? throw Locked : Task.FromResult(true), CancellationToken.None);
            tries = 0;
            retry.Execute(operation, () => ++tries == 1 ? throw Locked : true);
        }

        refusals.Select(refusal => refusal.Operation).ShouldBe(["first", "first", "second", "second"]);
    }

    private static LockRetry NewRetry(TimeProvider time) => new(new LockRetryOptions(), time, SqliteLocks.CodeOf);

    private static async Task<List<LockRefusal>> ExhaustAsync(TimeProvider time)
    {
        var retry = NewRetry(time);
        var refusals = new List<LockRefusal>();
        retry.Refused += refusals.Add;
        await Should.ThrowAsync<DatabaseBusyException>(() => retry.ExecuteAsync<bool>("claim", _ => throw Locked, CancellationToken.None));
        return refusals;
    }
}

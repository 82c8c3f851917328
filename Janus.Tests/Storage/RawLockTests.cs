using Janus.Campaigns.Storage;
using Janus.Tests.Time;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Janus.Tests.Storage;

/// <summary>The same mechanism used directly, with connections of one's own.</summary>
public sealed class RawLockTests
{
    private static Task<TestDatabase> CreateAsync() => TestDatabase.CreateAsync(new ManualTime { SkipsWaits = true });

    private static async Task<TestDatabase> CreateWithRollbackJournalAsync()
    {
        var database = await CreateAsync();
        database.Run("PRAGMA journal_mode=DELETE; CREATE TABLE notes (text TEXT)");
        return database;
    }

    [Fact]
    public async Task Setting_up_a_connection_is_tried_again()
    {
        await using var database = await CreateAsync();
        using var foreign = ForeignLock.OnEverythingInWal(database).ReleasedBy(database.Retry);

        var synchronous = await WithConnectionAsync(
            database,
            async (connection, token) =>
            {
                await SqliteLocks.SetUpAsync(connection, TimeSpan.Zero, token);
                return connection.Number("PRAGMA synchronous");
            });

        synchronous.ShouldBe(2);
        foreign.Refusals.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_first_read_is_tried_again()
    {
        await using var database = await CreateAsync();
        using var foreign = ForeignLock.OnEverythingInWal(database).ReleasedBy(database.Retry);

        var count = await WithConnectionAsync(
            database, (connection, _) => Task.FromResult(connection.Number("SELECT count(*) FROM campaigns")));

        count.ShouldBe(0);
        foreign.Refusals.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("BEGIN IMMEDIATE; INSERT INTO notes VALUES ('x'); COMMIT")]
    [InlineData("INSERT INTO notes VALUES ('x')")]
    public async Task A_write_is_tried_again(string sql)
    {
        await using var database = await CreateWithRollbackJournalAsync();
        using var foreign = ForeignLock.OnWriting(database).ReleasedBy(database.Retry);

        await WithConnectionAsync(
            database,
            (connection, _) =>
            {
                connection.Run(sql);
                return Task.FromResult(true);
            });

        foreign.Refusals.ShouldHaveSingleItem().Code.ShouldBe("5");
        database.Count("SELECT count(*) FROM notes").ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_COMMIT_runs_the_block_again_and_leaves_one_row()
    {
        await using var database = await CreateWithRollbackJournalAsync();
        using var foreign = ForeignLock.ByReading(database).ReleasedBy(database.Retry);
        var inserts = 0;

        await WithConnectionAsync(
            database,
            async (connection, token) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(token);
                connection.Run("INSERT INTO notes VALUES ('x')");
                inserts++;
                await transaction.CommitAsync(token);
                return true;
            });

        foreign.Refusals.ShouldHaveSingleItem();
        inserts.ShouldBe(2);
        database.Count("SELECT count(*) FROM notes").ShouldBe(1);
    }

    [Fact]
    public async Task A_stale_snapshot_is_answered_by_running_the_whole_block_again()
    {
        await using var database = await CreateAsync();
        database.Run("CREATE TABLE notes (text TEXT)");
        var refusals = new List<LockRefusal>();
        database.Retry.Refused += refusals.Add;
        var somebodyElse = true;

        var seen = await WithConnectionAsync(
            database,
            async (connection, token) =>
            {
                await using var transaction = connection.BeginTransaction(deferred: true);
                var before = connection.Number("SELECT count(*) FROM notes");
                if (somebodyElse)
                    database.Run("INSERT INTO notes VALUES ('theirs')");
                somebodyElse = false;
                connection.Run("INSERT INTO notes VALUES ('ours')");
                await transaction.CommitAsync(token);
                return before;
            });

        refusals.ShouldHaveSingleItem().Code.ShouldBe("517");
        seen.ShouldBe(1);
        database.Count("SELECT count(*) FROM notes").ShouldBe(2);
    }

    [Fact]
    public async Task A_default_timeout_of_minus_one_turns_the_providers_own_loop_off()
    {
        await using var database = await CreateAsync();
        using var foreign = ForeignLock.OnWriting(database);
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        var runs = 0;
        raw.sqlite3_trace(connection.Handle!, (strdelegate_trace)((_, _) => runs++), null);

        var refused = Should.Throw<SqliteException>(() => connection.Run("BEGIN IMMEDIATE"));

        refused.SqliteErrorCode.ShouldBe(5);
        runs.ShouldBe(1);
    }

    [Fact]
    public async Task The_providers_own_loop_would_hide_a_refusal()
    {
        await using var database = await CreateAsync();
        using var foreign = ForeignLock.OnWriting(database);
        await using var connection = new SqliteConnection($"Data Source={database.File};Pooling=False");
        await connection.OpenAsync();
        var runs = 0;
        raw.sqlite3_trace(
            connection.Handle!,
            (strdelegate_trace)((_, _) =>
            {
                if (++runs == 2)
                    foreign.Dispose();
            }),
            null);

        connection.Run("BEGIN IMMEDIATE");

        runs.ShouldBe(2);
    }

    // A block opens its own connection, so that nothing of a refused try is left.
    private static Task<T> WithConnectionAsync<T>(TestDatabase database, Func<SqliteConnection, CancellationToken, Task<T>> block) =>
        database.Retry.ExecuteAsync(
            "raw",
            async token =>
            {
                await using var connection = new SqliteConnection(database.ConnectionString);
                await connection.OpenAsync(token);
                return await block(connection, token);
            },
            CancellationToken.None);
}

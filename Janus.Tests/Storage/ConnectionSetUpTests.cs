using Janus.Campaigns.Storage;
using Janus.Tests.Time;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Storage;

public sealed class ConnectionSetUpTests
{
    private static Task<TestDatabase> CreateAsync() => TestDatabase.CreateAsync(
        new ManualTime { SkipsWaits = true }, settings: new Dictionary<string, string?> { ["Janus:LockRetry:BusyTimeout"] = "00:00:00.037" });

    [Fact]
    public async Task Every_opened_connection_is_set_up()
    {
        await using var database = await CreateAsync();
        await using var first = database.NewContext();
        await using var second = database.NewContext();
        await first.Database.OpenConnectionAsync();
        await second.Database.OpenConnectionAsync();

        Settings(first).ShouldBe(new SetUp(ForeignKeys: 1, Synchronous: 2, BusyTimeout: 37, "wal"));
        Settings(second).ShouldBe(new SetUp(ForeignKeys: 1, Synchronous: 2, BusyTimeout: 37, "wal"));
    }

    [Fact]
    public async Task A_connection_whose_set_up_was_refused_is_set_up_at_the_next_try()
    {
        await using var database = await CreateAsync();
        using var foreign = ForeignLock.OnEverythingInWal(database).ReleasedBy(database.Retry);
        await using var context = database.NewContext();

        (await context.Campaigns.CountAsync()).ShouldBe(0);
        await context.Database.OpenConnectionAsync();

        foreign.Refusals.ShouldNotBeEmpty();
        Settings(context).ShouldBe(new SetUp(ForeignKeys: 1, Synchronous: 2, BusyTimeout: 37, "wal"));
    }

    [Fact]
    public async Task A_connection_whose_set_up_was_refused_is_set_up_at_the_next_try_of_the_same_context_in_a_block()
    {
        await using var database = await CreateAsync();
        using var foreign = ForeignLock.OnEverythingInWal(database).ReleasedBy(database.Retry);
        await using var context = database.NewContext();

        var settings = await database.Retry.ExecuteAsync(
            "open",
            async token =>
            {
                await context.Database.OpenConnectionAsync(token);
                return Settings(context);
            },
            CancellationToken.None);

        foreign.Refusals.ShouldNotBeEmpty();
        settings.ShouldBe(new SetUp(ForeignKeys: 1, Synchronous: 2, BusyTimeout: 37, "wal"));
    }

    [Fact]
    public async Task A_connection_whose_set_up_was_cancelled_is_not_left_open()
    {
        await using var database = await CreateAsync();
        var set = new SqliteConnectionSetUp(new LockRetryOptions());
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();

        await Should.ThrowAsync<OperationCanceledException>(
            () => set.ConnectionOpenedAsync(connection, null!, new CancellationToken(canceled: true)));

        connection.State.ShouldBe(System.Data.ConnectionState.Closed);
    }

    [Fact]
    public async Task Foreign_keys_are_enforced()
    {
        await using var database = await CreateAsync();
        await using var context = database.NewContext();

        await Should.ThrowAsync<SqliteException>(() => context.Database.ExecuteSqlAsync(
            $"INSERT INTO campaign_events (campaign_id, version, kind, at, data) VALUES (99, 1, 'campaign_planned', 0, '')"));
    }

    private static SetUp Settings(CampaignsContext context)
    {
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        return new SetUp(
            connection.Number("PRAGMA foreign_keys"), connection.Number("PRAGMA synchronous"), connection.Number("PRAGMA busy_timeout"),
            connection.Text("PRAGMA journal_mode"));
    }

    private sealed record SetUp(long ForeignKeys, long Synchronous, long BusyTimeout, string? JournalMode);
}

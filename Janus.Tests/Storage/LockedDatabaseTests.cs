using Janus.Campaigns.Storage;
using Janus.Tests.Time;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Storage;

/// <summary>A foreign lock at each place where EF can meet one: each is refused at least once, and succeeds once it is gone.</summary>
public sealed class LockedDatabaseTests
{
    private static Task<TestDatabase> CreateAsync() => TestDatabase.CreateAsync(new ManualTime { SkipsWaits = true });

    // Only in the rollback journal mode are COMMIT and plain reads refused by ordinary locks.
    private static async Task<TestDatabase> CreateWithRollbackJournalAsync()
    {
        var database = await CreateAsync();
        database.Run("PRAGMA journal_mode=DELETE");
        return database;
    }

    [Fact]
    public async Task Opening_is_tried_again()
    {
        await using var database = await CreateAsync();
        using var foreign = ForeignLock.OnEverythingInWal(database).ReleasedBy(database.Retry);
        await using var context = database.NewContext();

        await database.Retry.ExecuteAsync(
            "open",
            async token =>
            {
                await context.Database.OpenConnectionAsync(token);
                return true;
            },
            CancellationToken.None);

        foreign.Refusals.ShouldHaveSingleItem().Code.ShouldBe("5");
    }

    [Fact]
    public async Task A_read_block_is_tried_again()
    {
        await using var database = await CreateAsync();
        using var foreign = ForeignLock.OnEverythingInWal(database).ReleasedBy(database.Retry);

        var count = await database.Database.ReadAsync("count", (tables, token) => tables.Campaigns.CountAsync(token), CancellationToken.None);

        count.ShouldBe(0);
        foreign.Refusals.ShouldHaveSingleItem().Operation.ShouldBe("count");
    }

    [Fact]
    public async Task A_plain_query_is_tried_again()
    {
        await using var database = await CreateAsync();
        using var foreign = ForeignLock.OnEverythingInWal(database).ReleasedBy(database.Retry);
        await using var context = database.NewContext();

        (await context.Campaigns.CountAsync()).ShouldBe(0);

        foreign.Refusals.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_plain_query_on_an_open_connection_is_tried_again()
    {
        await using var database = await CreateWithRollbackJournalAsync();
        await using var context = database.NewContext();
        await context.Database.OpenConnectionAsync();
        using var foreign = ForeignLock.OnEverything(database).ReleasedBy(database.Retry);

        (await context.Campaigns.ToListAsync()).ShouldBeEmpty();

        foreign.Refusals.ShouldHaveSingleItem().Operation.ShouldBe("statement");
    }

    [Fact]
    public async Task A_query_that_cannot_be_asynchronous_is_tried_again()
    {
        await using var database = await CreateWithRollbackJournalAsync();
        await using var context = database.NewContext();
        using var foreign = ForeignLock.OnEverything(database).ReleasedBy(database.Retry);

#pragma warning disable CA1849, VSTHRD103, MA0042 // The synchronous path is what is tested.
        context.Campaigns.Count().ShouldBe(0);
#pragma warning restore CA1849, VSTHRD103, MA0042

        foreign.Refusals.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_write_block_is_tried_again_at_BEGIN_IMMEDIATE()
    {
        await using var database = await CreateAsync();
        using var foreign = ForeignLock.OnWriting(database).ReleasedBy(database.Retry);

        await AddCampaignAsync(database);

        foreign.Refusals.ShouldHaveSingleItem().Code.ShouldBe("5");
        database.Count("SELECT count(*) FROM campaigns").ShouldBe(1);
    }

    [Fact]
    public async Task A_plain_SaveChanges_is_tried_again()
    {
        await using var database = await CreateAsync();
        using var foreign = ForeignLock.OnWriting(database).ReleasedBy(database.Retry);
        await using var context = database.NewContext();

        context.Campaigns.Add(Samples.NewCampaign());
        await context.SaveChangesAsync();

        foreign.Refusals.ShouldNotBeEmpty();
        database.Count("SELECT count(*) FROM campaigns").ShouldBe(1);
    }

    [Fact]
    public async Task A_plain_SaveChanges_refused_at_COMMIT_gives_one_row()
    {
        await using var database = await CreateWithRollbackJournalAsync();
        using var foreign = ForeignLock.ByReading(database).ReleasedBy(database.Retry);
        await using var context = database.NewContext();

        context.Campaigns.AddRange(Samples.NewCampaign("one"), Samples.NewCampaign("two"));
        await context.SaveChangesAsync();

        foreign.Refusals.ShouldNotBeEmpty();
        database.Count("SELECT count(*) FROM campaigns").ShouldBe(2);
    }

    [Fact]
    public async Task An_ExecuteUpdate_is_tried_again()
    {
        await using var database = await CreateAsync();
        await AddCampaignAsync(database);
        using var foreign = ForeignLock.OnWriting(database).ReleasedBy(database.Retry);
        await using var context = database.NewContext();

        var changed = await context.Campaigns.ExecuteUpdateAsync(set => set.SetProperty(c => c.Version, c => c.Version + 1));

        changed.ShouldBe(1);
        foreign.Refusals.ShouldNotBeEmpty();
        database.Count("SELECT version FROM campaigns").ShouldBe(1);
    }

    [Fact]
    public async Task A_block_refused_at_COMMIT_runs_again_from_its_first_statement_with_a_clean_tracker()
    {
        await using var database = await CreateWithRollbackJournalAsync();
        using var foreign = ForeignLock.ByReading(database).ReleasedBy(database.Retry);
        var trackedAtStart = new List<int>();

        await database.Database.WriteAsync(
            "plan",
            async (tables, token) =>
            {
                trackedAtStart.Add(tables.ChangeTracker.Entries().Count());
                (await tables.Campaigns.CountAsync(token)).ShouldBe(0);
                tables.Campaigns.Add(Samples.NewCampaign());
                await tables.SaveChangesAsync(token);
                return (true, true);
            },
            CancellationToken.None);

        foreign.Refusals.ShouldHaveSingleItem();
        trackedAtStart.ShouldBe([0, 0]);
        database.Count("SELECT count(*) FROM campaigns").ShouldBe(1);
    }

    [Fact]
    public async Task A_block_that_says_so_is_rolled_back()
    {
        await using var database = await CreateAsync();

        await database.Database.WriteAsync(
            "plan",
            async (tables, token) =>
            {
                tables.Campaigns.Add(Samples.NewCampaign());
                await tables.SaveChangesAsync(token);
                return (true, false);
            },
            CancellationToken.None);

        database.Count("SELECT count(*) FROM campaigns").ShouldBe(0);
    }

    [Fact]
    public async Task Reading_under_a_foreign_write_lock_is_never_refused()
    {
        await using var database = await CreateAsync();
        await AddCampaignAsync(database);
        var refusals = 0;
        database.Retry.Refused += _ => refusals++;
        using var foreign = ForeignLock.OnWriting(database);

        var names = await database.Database.ReadAsync(
            "names", (tables, token) => tables.Campaigns.Select(campaign => campaign.Name).ToListAsync(token), CancellationToken.None);

        names.ShouldBe(["Launch"]);
        refusals.ShouldBe(0);
    }

    [Fact]
    public async Task A_statement_in_a_transaction_begun_outside_a_block_is_not_tried_again_alone()
    {
        await using var database = await CreateAsync();
        var refusals = 0;
        database.Retry.Refused += _ => refusals++;
        await using var context = database.NewContext();
        await using var transaction = await context.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted);
        (await context.Campaigns.CountAsync()).ShouldBe(0);
        using var foreign = ForeignLock.OnWriting(database);

        context.Campaigns.Add(Samples.NewCampaign());
        var refused = await Should.ThrowAsync<DbUpdateException>(() => context.SaveChangesAsync());

        SqliteLocks.CodeOf(refused).ShouldBe("5");
        refusals.ShouldBe(0);
    }

    [Fact]
    public async Task A_writer_gives_up_its_place_in_the_lane_when_its_budget_is_over()
    {
        var time = new ManualTime();
        await using var database = await TestDatabase.CreateAsync(time);
        var inside = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        var first = database.Database.WriteAsync(
            "first",
            async (_, _) =>
            {
                inside.SetResult();
                await leave.Task;
                return (true, true);
            },
            CancellationToken.None);
        await inside.Task;

        var second = database.Database.WriteAsync("second", (_, _) => Task.FromResult((true, true)), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(20));

        var busy = await Should.ThrowAsync<DatabaseBusyException>(() => second);
        busy.Operation.ShouldBe("second");
        busy.Waited.ShouldBe(TimeSpan.FromSeconds(20));
        leave.SetResult();
        (await first).ShouldBeTrue();
        (await database.Database.WriteAsync("third", (_, _) => Task.FromResult((true, true)), CancellationToken.None)).ShouldBeTrue();
    }

    private static Task<bool> AddCampaignAsync(TestDatabase database) => database.Database.WriteAsync(
        "plan",
        (tables, _) =>
        {
            tables.Campaigns.Add(Samples.NewCampaign());
            return Task.FromResult((true, true));
        },
        CancellationToken.None);
}

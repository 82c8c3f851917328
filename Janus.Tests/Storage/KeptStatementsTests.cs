using Janus.Campaigns.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Storage;

/// <summary>Connections that stay open, and the statements that stay prepared on them.</summary>
public sealed class KeptStatementsTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_statement_is_prepared_when_it_comes_again_on_a_connection_that_stayed_open()
    {
        await using var database = await TestDatabase.CreateAsync();

        (await KeptAfterAsync(database, "SELECT 1 AS Value", 1)).ShouldBe(0);
        (await KeptAfterAsync(database, "SELECT 1 AS Value", 1)).ShouldBe(1);
        (await KeptAfterAsync(database, "SELECT 1 AS Value", 1)).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_statement_may_be_read_twice_at_once_with_other_values()
    {
        await using var database = await TestDatabase.CreateAsync();
        var pairs = await database.Database.ReadAsync("test", async (context, token) =>
        {
            IAsyncEnumerable<int> UpTo(int most) => context.Database.SqlQuery<int>(
                $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) SELECT i AS Value FROM n").AsAsyncEnumerable();
            (await UpTo(1).SingleAsync(token)).ShouldBe(1);
            (await UpTo(1).SingleAsync(token)).ShouldBe(1);
            var found = new List<(int, int)>();
            await foreach (var outer in UpTo(2).WithCancellation(token))
            {
                await foreach (var inner in UpTo(3).WithCancellation(token))
                    found.Add((outer, inner));
            }

            return found;
        }, Never);

        pairs.ShouldBe([(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]);
    }

    [Fact]
    public async Task A_statement_that_failed_can_be_sent_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        const string insert = "INSERT INTO spending_days (day, spent_micro_usd) VALUES (20260101, 1)";
        await WriteAsync(database, insert);

        await Should.ThrowAsync<SqliteException>(() => WriteAsync(database, insert));
        await Should.ThrowAsync<SqliteException>(() => WriteAsync(database, insert));
        await WriteAsync(database, "DELETE FROM spending_days");
        await WriteAsync(database, insert);

        database.Count("SELECT count(*) FROM spending_days").ShouldBe(1);
    }

    [Fact]
    public async Task Statements_outlive_a_change_of_the_tables_by_somebody_else()
    {
        await using var database = await TestDatabase.CreateAsync();
        const string count = "SELECT count(*) AS Value FROM pragma_table_info('spending_days')";
        const string all = "SELECT count(*) AS Value FROM (SELECT * FROM spending_days)";
        await KeptAfterAsync(database, all, 0);
        await KeptAfterAsync(database, all, 0);
        var columns = (int)database.Count(count);

        database.Run("ALTER TABLE spending_days ADD COLUMN note TEXT; INSERT INTO spending_days (day, spent_micro_usd) VALUES (1, 1)");

        await KeptAfterAsync(database, all, 1);
        await KeptAfterAsync(database, count, columns + 1);
    }

    [Fact]
    public async Task Only_so_many_are_kept_and_the_ones_that_are_used_stay()
    {
        await using var database = await TestDatabase.CreateAsync();
        await KeptAfterAsync(database, "SELECT 0 AS Value", 0);
        for (var number = 1; number <= KeptStatements.Most + 50; number++)
        {
            await KeptAfterAsync(database, $"SELECT {number} AS Value", number);
            await KeptAfterAsync(database, $"SELECT {number} AS Value", number);
            (await KeptAfterAsync(database, "SELECT 0 AS Value", 0)).ShouldBeLessThanOrEqualTo(KeptStatements.Most);
        }

        var full = await KeptAfterAsync(database, "SELECT 0 AS Value", 0);
        full.ShouldBe(KeptStatements.Most);
        // The first of them was forgotten, so it is not prepared when it comes for what is now the first time.
        (await KeptAfterAsync(database, "SELECT 1 AS Value", 1)).ShouldBe(full - 1);
    }

    [Fact]
    public async Task A_connection_that_is_given_back_within_a_transaction_is_not_lent_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        var engine = database.Services.GetRequiredService<SqliteEngine>();
        await using var context = engine.NewContext();
        var loan = await engine.ConnectAsync(context, Never);
        var left = (SqliteConnection)context.Database.GetDbConnection();
        left.Run("BEGIN IMMEDIATE");

        await loan.DisposeAsync();

        left.State.ShouldBe(System.Data.ConnectionState.Closed);
        await WriteAsync(database, "DELETE FROM spending_days");
    }

    [Fact]
    public async Task A_context_has_only_for_a_unit_of_work_what_others_are_lent_later()
    {
        await using var database = await TestDatabase.CreateAsync();
        var engine = database.Services.GetRequiredService<SqliteEngine>();
        await using var context = engine.NewContext();
        var loan = await engine.ConnectAsync(context, Never);
        var lent = context.Database.GetDbConnection();
        await loan.DisposeAsync();

        var next = await database.Database.ReadAsync("test", (other, _) => Task.FromResult(other.Database.GetDbConnection()), Never);

        next.ShouldBeSameAs(lent);
        context.Database.GetDbConnection().ShouldNotBeSameAs(lent);
        (await context.SpendingDays.CountAsync(Never)).ShouldBe(0);
    }

    [Fact]
    public async Task Disconnecting_lets_go_of_the_file_and_who_comes_later_connects_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await KeptAfterAsync(database, "SELECT 1 AS Value", 1);
        System.IO.File.Exists(database.File + "-wal").ShouldBeTrue();

        database.Services.GetRequiredService<SqliteEngine>().Disconnect();

        // The last connection that closes takes the log with it.
        System.IO.File.Exists(database.File + "-wal").ShouldBeFalse();
        (await KeptAfterAsync(database, "SELECT 1 AS Value", 1)).ShouldBe(0);
    }

    private static Task<int> KeptAfterAsync(TestDatabase database, string sql, int expected) => database.Database.ReadAsync("test", async (context, token) =>
    {
        (await context.Database.SqlQueryRaw<int>(sql).ToListAsync(token)).ShouldBe([expected]);
        return KeptStatements.CountOf(context.Database.GetDbConnection());
    }, Never);

    private static Task<int> WriteAsync(TestDatabase database, string sql) =>
        database.Database.WriteAsync("test", async (context, token) => (await context.Database.ExecuteSqlRawAsync(sql, token), true), Never);
}

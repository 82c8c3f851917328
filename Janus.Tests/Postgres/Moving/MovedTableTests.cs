using Janus.Campaigns.Storage;
using Janus.Campaigns.Storage.Moving;
using Janus.Tests.Engine;
using Janus.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Postgres.Moving;

/// <summary>A move knows every table and column that there is, from the model: nobody has to remember it.</summary>
public sealed class MovedTableTests
{
    [Fact]
    public async Task Every_table_and_column_of_the_database_is_moved_and_each_table_behind_those_that_it_names()
    {
        await using var store = await TestStore.OnPostgresAsync();
        await using var engine = TestEngine.On(store);
        await using var context = engine.Get<DatabaseEngine>().NewContext();
        using var connection = store.Open();

        var tables = MovedTable.Of(context.Model);

        tables.Select(table => table.Name).Order(StringComparer.Ordinal).ShouldBe(store.Tables(connection).Where(table => table is not ("__EFMigrationsHistory" or "commit_marks")).Order(StringComparer.Ordinal));
        foreach (var table in tables)
        {
            table.Columns.Select(column => column.Name).Order(StringComparer.Ordinal)
                .ShouldBe(connection.Texts($"SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table.Name}'").Order(StringComparer.Ordinal), table.Name);
        }

        var order = tables.Select(table => table.Name).ToList();
        foreach (var key in connection.Texts("SELECT conrelid::regclass::text || ' ' || confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"))
            order.IndexOf(key.Split(' ')[0]).ShouldBeGreaterThan(order.IndexOf(key.Split(' ')[1]), key);
    }

    [Fact]
    public async Task Every_table_of_SQLite_is_among_them_and_only_pictures_come_from_elsewhere()
    {
        await using var source = await TestStore.OnSqliteAsync();
        await using var target = await TestStore.OnPostgresAsync();
        await using var engine = TestEngine.On(target);
        await using var context = engine.Get<DatabaseEngine>().NewContext();
        using var connection = source.Open();

        MovedTable.Of(context.Model).Select(table => table.Name).Except([MovedPictures.Table]).Order(StringComparer.Ordinal)
            .ShouldBe(source.Tables(connection).Where(table => table is not ("__EFMigrationsHistory" or "__EFMigrationsLock" or "sqlite_sequence")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rows_that_differ_never_have_the_same_hash()
    {
        object?[][] rows = [["ab", "c"], ["a", "bc"], ["abc", null], [null, "abc"], ["abc", ""], [1L, 2L], [2L, 1L], [true, 1L], [false, 1L], [new byte[] { 1 }, "x"], [new byte[] { 1, 0 }, "x"]];
        rows.Select(HashOf).ShouldBeUnique();
        HashOf([1, "x"]).ShouldBe(HashOf([1L, "x"]), "a number is the same in either width");

        static string HashOf(object?[] row)
        {
            using var hash = new RowsHash();
            hash.Add(row);
            return hash.Finish();
        }
    }
}

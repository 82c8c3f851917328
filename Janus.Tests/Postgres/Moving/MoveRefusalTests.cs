using Janus.DevTools;
using Janus.DevTools.Moving;
using Janus.Tests.Storage;

namespace Janus.Tests.Postgres.Moving;

/// <summary>What a move refuses: in one line that says what to do, without a password, and with nothing changed on either side.</summary>
public sealed class MoveRefusalTests
{
    private const string Secret = "not the right one";

    [Fact]
    public async Task A_source_that_somebody_has_open_is_refused()
    {
        await using var source = await TestStore.OnSqliteAsync();
        await using var target = await TestStore.EmptyBesideAsync(source);
        using (source.Open())
        {
            // One that only looks, as a worker does between two steps.
            using var idle = source.Open();
            idle.Number("SELECT count(*) FROM campaigns").ShouldBe(0);
            (await RefuseAsync(source, target)).ShouldContain("is in use: stop Janus and whatever else has it open, then move.");
        }

        TablesOf(target).ShouldBeEmpty();
        (await MoveRun.OfAsync(source, target)).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" LIKE '%NumbersNobodyReported'", "run 'Janus.ApiService migrate' first")]
    [InlineData("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '99.0.0')", "is newer than this program")]
    [InlineData("PRAGMA foreign_keys=OFF; INSERT INTO spending_days VALUES (1, 2, 3); INSERT INTO idempotency_keys VALUES ('a', 'b', 77, 1)", "is damaged (rows name others that are not there)")]
    public async Task A_source_of_another_schema_or_with_rows_that_name_nothing_is_refused(string sql, string says)
    {
        await using var source = await TestStore.OnSqliteAsync();
        await using var target = await TestStore.EmptyBesideAsync(source);
        using (var connection = source.Open())
            connection.Run(sql);

        (await RefuseAsync(source, target)).ShouldContain(says);

        TablesOf(target).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(100, "is damaged: restore a backup.")]
    [InlineData(0, "is no SQLite database")]
    public async Task A_source_that_is_damaged_is_refused(long from, string says)
    {
        await using var source = await TestStore.OnSqliteAsync();
        await using var target = await TestStore.EmptyBesideAsync(source);
        using (var file = File.OpenHandle(Path.Combine(source.Folder, "janus.db"), FileMode.Open, FileAccess.ReadWrite))
            await RandomAccess.WriteAsync(file, Enumerable.Repeat((byte)0xFF, 900).ToArray(), from);

        (await RefuseAsync(source, target)).ShouldContain(says);

        TablesOf(target).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_refused_and_not_made()
    {
        await using var source = await TestStore.OnSqliteAsync();
        await using var target = await TestStore.EmptyBesideAsync(source);
        File.Delete(Path.Combine(source.Folder, "janus.db"));

        (await RefuseAsync(source, target)).ShouldStartWith("There is no database at");

        Directory.EnumerateFileSystemEntries(source.Folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("INSERT INTO spending_days VALUES (20000, 5, NULL)", "is not empty (its table spending_days has rows)")]
    [InlineData("CREATE TABLE recipes (name text)", "holds a table recipes that is none of Janus's")]
    [InlineData("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '99.0.0')", "is newer than this program")]
    public async Task A_target_that_holds_anything_is_refused(string sql, string says)
    {
        await using var source = await TestStore.OnSqliteAsync();
        await using var target = await TestStore.OnPostgresAsync();
        using var connection = target.Open();
        connection.Run(sql);
        var rows = MoveRun.Rows(target);

        (await RefuseAsync(source, target)).ShouldContain(says);

        MoveRun.Rows(target).ShouldBe(rows);
    }

    [Fact]
    public async Task A_target_with_somebody_elses_tables_only_is_refused()
    {
        await using var source = await TestStore.OnSqliteAsync();
        await using var target = await TestStore.EmptyBesideAsync(source);
        using (var connection = target.Open())
            connection.Run("CREATE TABLE recipes (name text)");

        (await RefuseAsync(source, target)).ShouldEndWith("belongs to another program (it has a table recipes): name another database in --to.");

        TablesOf(target).ShouldBe(["recipes"]);
    }

    [Fact]
    public async Task A_target_that_cannot_be_reached_or_does_not_let_the_user_in_is_refused()
    {
        await using var source = await TestStore.OnSqliteAsync();
        var server = await PostgresServer.SharedAsync();
        (await RefuseAsync(source, $"Host=127.0.0.1;Port=1;Database=janus;Username=janus;Password={Secret}"))
            .ShouldBe("The server of the database janus on 127.0.0.1:1 cannot be reached (Connection refused): start it, or correct --to.");
        (await RefuseAsync(source, server.ConnectionString("postgres", password: Secret))).ShouldContain("does not let the user in: correct user name and password in --to.");
        (await RefuseAsync(source, server.ConnectionString("nowhere"))).ShouldContain("create it, or name another in --to.");
    }

    [Fact]
    public async Task A_target_that_only_reads_or_keeps_another_encoding_is_refused()
    {
        await using var source = await TestStore.OnSqliteAsync();
        await using var target = await TestStore.EmptyBesideAsync(source);
        (await RefuseAsync(source, target.Settings["ConnectionStrings:janus"] + ";Options=-c default_transaction_read_only=on")).ShouldEndWith("is read-only: name the primary server in --to.");
        var server = await PostgresServer.SharedAsync();
        await server.RunSqlAsync("postgres", "CREATE DATABASE move_latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        try
        {
            (await RefuseAsync(source, server.ConnectionString("move_latin"))).ShouldContain("keeps text as LATIN1: create one with ENCODING 'UTF8'.");
        }
        finally
        {
            await server.DropDatabaseAsync("move_latin");
        }

        TablesOf(target).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Data Source=/data/janus.db")]
    [InlineData("/data/janus.db")]
    [InlineData($"postgres://janus:{Secret}@db.example/janus")]
    [InlineData($"Host=db.example;Password={Secret}")]
    public async Task A_text_that_is_no_connection_string_of_PostgreSQL_is_refused(string to)
    {
        await using var source = await TestStore.OnSqliteAsync();
        (await RefuseAsync(source, to)).ShouldStartWith("--to is no connection string of PostgreSQL: write Host=");
    }

    [Fact]
    public async Task A_target_that_somebody_else_writes_to_is_refused()
    {
        await using var source = await TestStore.OnSqliteAsync();
        await using var target = await TestStore.OnPostgresAsync();
        await using var held = target.HoldWrites();

        (await RefuseAsync(source, target)).ShouldContain("or another move into it is running: stop it, then move. Nothing was moved.");
    }

    [Fact]
    public async Task Wrong_usage_is_refused()
    {
        foreach (var args in (string[][])[["--to"], ["--to", "x", "--media", "tape"], ["--too", "x"]])
            await Should.ThrowAsync<UsageException>(() => MoveCommand.RunAsync(args, TextWriter.Null, TextWriter.Null, CancellationToken.None));
        Should.Throw<UsageException>(() => Wish(null)).Message.ShouldContain("or the same in JANUS_POSTGRES");
        var fromEnvironment = Wish("Host=db.example");
        (fromEnvironment.To, fromEnvironment.NamedBy, fromEnvironment.KeepsFolder).ShouldBe(("Host=db.example", "JANUS_POSTGRES", false));

        static Campaigns.Storage.Moving.MoveWish Wish(string? variable) =>
            MoveCommand.WishOf(new Arguments([], ["--to", "--media"], ["--without-missing-pictures"]), name => name == "JANUS_POSTGRES" ? variable : null);
    }

    private static Task<string> RefuseAsync(TestStore source, TestStore target) => RefuseAsync(source, target.Settings["ConnectionStrings:janus"]!);

    private static async Task<string> RefuseAsync(TestStore source, string to)
    {
        var run = await MoveRun.OfAsync(source, to);
        run.ExitCode.ShouldBe(1, run.Output);
        run.Output.ShouldNotContain("Moved");
        var line = run.Errors.ShouldHaveSingleItem();
        line.ShouldNotContain(Secret);
        return line;
    }

    private static IReadOnlyList<string> TablesOf(TestStore target)
    {
        using var connection = target.Open();
        return target.Tables(connection);
    }
}

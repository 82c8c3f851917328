using Janus.Campaigns.Faults;
using Janus.Campaigns.Storage;
using Janus.Campaigns.Storage.Moving;
using Janus.Tests.Engine;
using Janus.Tests.Hosting;
using Janus.Tests.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Janus.Tests.Postgres.Moving;

/// <summary>Moves that are killed, that copy something wrong, and whose source is not as it should be.</summary>
public sealed class BrokenMoveTests
{
    [Theory]
    [InlineData(FaultPoints.MoveCopying)]
    [InlineData(FaultPoints.MoveCopied)]
    [InlineData(FaultPoints.MoveCompared)]
    public async Task Killed_in_the_middle_it_leaves_an_empty_target_and_can_be_run_again(string place)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        await using var rich = await RichInstallation.CreateAsync();
        await using var target = await TestStore.EmptyBesideAsync(rich.Store);

        var killed = await ProgramRun.OfAsync(
            "Janus.DevTools", ["move", "--from", rich.Folder], ("Janus__Faults", $"{place}=kill"), ("DOTNET_ENVIRONMENT", "Development"), ("JANUS_POSTGRES", target.Settings["ConnectionStrings:janus"]!));

        killed.ExitCode.ShouldNotBe(0);
        FaultPoints.Count(rich.Folder, place).ShouldBe(1, killed.Output);
        MoveRun.Rows(target).ShouldBe(0);
        var again = await MoveRun.OfAsync(rich.Store, target);
        again.ExitCode.ShouldBe(0, string.Join('\n', again.Errors));
        MoveRun.Rows(target).ShouldBeGreaterThan(100);
        (await MoveRun.OfAsync(rich.Store, target)).Errors.ShouldHaveSingleItem().ShouldContain("is not empty");
    }

    [Theory]
    [InlineData("posts", "NEW.title = NEW.title || ' ' WHERE NEW.id = 3")]
    [InlineData("campaigns", "NEW.updated_at = NEW.updated_at + 1 WHERE NEW.id = 2")]
    [InlineData("pictures", "NEW.bytes = NEW.bytes || '\\x00'::bytea")]
    [InlineData("idempotency_keys", "NULL")]
    public async Task A_value_that_comes_back_different_is_found_and_nothing_is_moved(string table, string change)
    {
        await using var rich = await RichInstallation.CreateAsync();
        await using var target = await TestStore.OnPostgresAsync();
        using (var connection = target.Open())
        {
            var (assignment, when) = change.Split(" WHERE ") is [var what, var condition] ? (what, $"WHEN ({condition})") : (change, "");
            connection.Run($"CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {(assignment == "NULL" ? "RETURN NULL;" : $"{assignment}; RETURN NEW;")} END $$");
            connection.Run($"CREATE TRIGGER spoil BEFORE INSERT ON {table} FOR EACH ROW {when} EXECUTE FUNCTION spoil()");
        }

        var run = await MoveRun.OfAsync(rich.Store, target);

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldHaveSingleItem().ShouldStartWith($"What was read back of the table {table} is not what was copied (first at ");
        run.Output.Split('\n').Where(line => line.Contains("  NO  ", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith(table);
        MoveRun.Rows(target).ShouldBe(0);
        // The one that reports the difference reports the same rows as equal when nobody spoils them.
        using (var connection = target.Open())
            connection.Run($"DROP TRIGGER spoil ON {table}");
        (await MoveRun.OfAsync(rich.Store, target)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Pictures_that_are_gone_are_named_and_left_out_only_when_asked_for()
    {
        await using var rich = await RichInstallation.CreateAsync();
        await using var target = await TestStore.EmptyBesideAsync(rich.Store);
        var gone = rich.Answers.First(answer => answer.Key.StartsWith("/media/", StringComparison.Ordinal)).Key["/media/".Length..];
        File.Delete(Path.Combine(rich.Media, gone));

        var refused = await MoveRun.OfAsync(rich.Store, target);
        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldHaveSingleItem().ShouldContain($"({gone}): bring them back, or move without them (--without-missing-pictures).");
        using (var connection = target.Open())
            target.Tables(connection).ShouldBeEmpty();

        var moved = await MoveRun.OfAsync(rich.Store, target, "--without-missing-pictures");
        moved.ExitCode.ShouldBe(0, string.Join('\n', moved.Errors));
        moved.Output.ShouldContain($"The picture {gone} was already gone");
        await using var host = await MovingHost.StartAsync(target);
        (await host.GetAsync($"/media/{gone}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_stored_text_with_a_character_that_PostgreSQL_cannot_store_is_mended_and_said()
    {
        await using var rich = await RichInstallation.CreateAsync();
        await using var target = await TestStore.EmptyBesideAsync(rich.Store);
        using (var connection = rich.Store.Open())
            connection.Run("UPDATE variants SET caption = 'A' || char(0) || 'b' || char(0) WHERE id IN (1, 2); UPDATE posts SET reject_reason = char(0) WHERE id = 1");

        var run = await MoveRun.OfAsync(rich.Store, target);

        run.ExitCode.ShouldBe(0, string.Join('\n', run.Errors));
        run.Output.ShouldContain("Texts of variants.caption with the character U+0000, which PostgreSQL cannot store (U+FFFD is in its place): 2.");
        run.Output.ShouldContain("Texts of posts.reject_reason with the character U+0000, which PostgreSQL cannot store (U+FFFD is in its place): 1.");
        using var moved = target.Open();
        moved.Text("SELECT caption FROM variants WHERE id = 1").ShouldBe("A\uFFFDb\uFFFD");
    }

    [Fact]
    public async Task Nobody_opens_the_source_or_writes_to_the_target_while_it_is_moved()
    {
        await using var source = await TestStore.OnSqliteAsync();
        await using var target = await TestStore.EmptyBesideAsync(source);
        await using var engine = TestEngine.On(source, new Dictionary<string, string?> { ["Janus:DataDirectory"] = source.Folder });
        var intruder = new Intruder(source, target);

        await engine.Get<InstallationMove>().MoveAsync(new MoveWish(target.Settings["ConnectionStrings:janus"]!, "--to"), intruder, CancellationToken.None);

        intruder.Attempts.ShouldBeGreaterThan(10);
        MoveRun.Rows(target).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_killed_process_left_in_the_log_is_moved_and_left_there()
    {
        await using var killed = await TestStore.OnSqliteAsync();
        await using var target = await TestStore.EmptyBesideAsync(killed);
        var folder = Directory.CreateTempSubdirectory("janus-move-").FullName;
        await using var source = await TestStore.OnSqliteAsync(folder);
        using (var connection = killed.Open())
        {
            connection.Run("PRAGMA journal_mode=WAL; INSERT INTO spending_days VALUES (20000, 5, NULL)");
            // As the files are at this moment, a process that is killed now would leave them.
            foreach (var ending in (string[])["", "-wal"])
                File.Copy(Path.Combine(killed.Folder, "janus.db" + ending), Path.Combine(folder, "janus.db" + ending), overwrite: true);
        }

        var log = await File.ReadAllBytesAsync(Path.Combine(folder, "janus.db-wal"));
        log.ShouldNotBeEmpty();

        (await MoveRun.OfAsync(source, target)).ExitCode.ShouldBe(0);

        using var moved = target.Open();
        moved.Number("SELECT spent_micro_usd FROM spending_days").ShouldBe(5);
        (await File.ReadAllBytesAsync(Path.Combine(folder, "janus.db-wal"))).ShouldBe(log);
    }

    /// <summary>Tries to get in between after every table.</summary>
    private sealed class Intruder(TestStore source, TestStore target) : IMoveWatcher
    {
        public int Attempts { get; private set; }

        public void Begun(string from, string to)
        {
        }

        public void Copied(string table, long rows, TimeSpan took)
        {
            Attempts++;
            using var reading = source.Open();
            SqliteLocks.CodeOf(Should.Throw<SqliteException>(() => reading.Number("SELECT count(*) FROM campaigns"))).ShouldNotBeNull();
            using var writing = target.Open();
            Should.Throw<PostgresException>(() => writing.Run("SET lock_timeout = '10ms'; INSERT INTO spending_days VALUES (1, 2, NULL)")).SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
        }

        public void Compared(ComparedTable table) => table.IsEqual.ShouldBeTrue();
    }
}

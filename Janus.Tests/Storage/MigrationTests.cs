using Janus.Campaigns;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Time;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Janus.Tests.Storage;

public sealed class MigrationTests
{
    private static Task<TestDatabase> CreateEmptyAsync() => TestDatabase.CreateAsync(new ManualTime { SkipsWaits = true }, empty: true);

    [Fact]
    public async Task Migrating_twice_does_nothing_the_second_time()
    {
        await using var database = await CreateEmptyAsync();

        (await database.Migrator.MigrateAsync(CancellationToken.None)).ShouldNotBeEmpty();
        (await database.Migrator.MigrateAsync(CancellationToken.None)).ShouldBeEmpty();
        await database.Migrator.EnsureCurrentAsync(CancellationToken.None);
        database.Count("SELECT count(*) FROM campaigns").ShouldBe(0);
    }

    [Fact]
    public async Task Two_migrators_at_once_migrate_once()
    {
        await using var database = await TestDatabase.CreateAsync(empty: true);
        var start = new TaskCompletionSource();

        var both = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
            {
                await start.Task;
                return await database.Migrator.MigrateAsync(CancellationToken.None);
            })).Append(StartBothAsync()));

        both.SelectMany(applied => applied).ShouldBeUnique();
        both.SelectMany(applied => applied).ShouldNotBeEmpty();

        Task<IReadOnlyList<string>> StartBothAsync()
        {
            start.SetResult();
            return Task.FromResult<IReadOnlyList<string>>([]);
        }
    }

    [Fact]
    public async Task Migrating_waits_for_a_lock()
    {
        await using var database = await CreateEmptyAsync();
        using var foreign = ForeignLock.OnEverything(database).ReleasedBy(database.Retry);

        (await database.Migrator.MigrateAsync(CancellationToken.None)).ShouldNotBeEmpty();

        foreign.Refusals.ShouldNotBeEmpty();
        foreign.Refusals.ShouldAllBe(refusal => refusal.Operation == "migrate");
    }

    [Fact]
    public async Task Migrating_waits_for_a_reader_that_keeps_its_writes_from_being_committed()
    {
        await using var database = await CreateEmptyAsync();
        database.Run("CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER)");
        using var foreign = ForeignLock.ByReading(database).ReleasedBy(database.Retry);

        (await database.Migrator.MigrateAsync(CancellationToken.None)).ShouldNotBeEmpty();

        foreign.Refusals.ShouldNotBeEmpty();
        await database.Migrator.EnsureCurrentAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Another_migrator_is_waited_for_like_any_lock()
    {
        await using var database = await CreateEmptyAsync();
        var other = new FileStream(database.File + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var refusals = new List<LockRefusal>();
        database.Retry.Refused += refusal =>
        {
            refusals.Add(refusal);
            other.Dispose();
        };

        (await database.Migrator.MigrateAsync(CancellationToken.None)).ShouldNotBeEmpty();

        refusals.ShouldHaveSingleItem().Operation.ShouldBe("migrate_lock");
    }

    [Fact]
    public async Task A_row_that_a_killed_migrator_left_does_not_stop_the_next_one()
    {
        await using var database = await CreateEmptyAsync();
        database.Run(
            """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00');
            """);

        (await database.Migrator.MigrateAsync(CancellationToken.None)).ShouldNotBeEmpty();
        database.Count("SELECT count(*) FROM \"__EFMigrationsLock\"").ShouldBe(0);
    }

    [Fact]
    public async Task What_a_killed_migrator_left_does_not_stop_a_service()
    {
        await using var database = await TestDatabase.CreateAsync();
        await System.IO.File.WriteAllTextAsync(database.File + ".migrating", "");
        database.Run("INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01 00:00:00+00:00')");

        await database.Migrator.EnsureCurrentAsync(CancellationToken.None);
        (await database.Migrator.MigrateAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Migrating_brings_a_database_back_to_a_write_ahead_log()
    {
        await using var database = await TestDatabase.CreateAsync();
        database.Run("PRAGMA journal_mode=DELETE");

        (await database.Migrator.MigrateAsync(CancellationToken.None)).ShouldBeEmpty();

        using var foreign = database.OpenForeign();
        foreign.Text("PRAGMA journal_mode").ShouldBe("wal");
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_refused_and_not_made()
    {
        await using var database = await CreateEmptyAsync();

        var refused = await Should.ThrowAsync<StartRefusedException>(() => database.Migrator.EnsureCurrentAsync(CancellationToken.None));

        refused.ExitCode.ShouldBe(StartRefusedException.SchemaDiffers);
        ShouldBeOneLine(refused);
        System.IO.File.Exists(database.File).ShouldBeFalse();
    }

    [Fact]
    public async Task A_pending_migration_is_refused_with_one_line()
    {
        await using var database = await TestDatabase.CreateAsync();
        database.Run("DELETE FROM \"__EFMigrationsHistory\"");

        var refused = await Should.ThrowAsync<StartRefusedException>(() => database.Migrator.EnsureCurrentAsync(CancellationToken.None));

        refused.ExitCode.ShouldBe(StartRefusedException.SchemaDiffers);
        refused.Message.ShouldContain("migrate");
        ShouldBeOneLine(refused);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_with_one_line_and_not_touched()
    {
        await using var database = await TestDatabase.CreateAsync();
        database.Run("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '99.0.0')");

        foreach (var start in new Func<Task>[]
        {
            () => database.Migrator.EnsureCurrentAsync(CancellationToken.None),
            () => database.Migrator.MigrateAsync(CancellationToken.None),
        })
        {
            var refused = await Should.ThrowAsync<StartRefusedException>(start);
            refused.ExitCode.ShouldBe(StartRefusedException.SchemaDiffers);
            refused.Message.ShouldContain("FromTheFuture");
            ShouldBeOneLine(refused);
        }
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_refused_with_one_line()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var under = await TestDatabase.CreateAsync(
            empty: true, settings: new Dictionary<string, string?> { ["Janus:DataDirectory"] = Path.Combine(database.File, "below") });

        foreach (var start in new Func<Task>[]
        {
            () => under.Migrator.EnsureCurrentAsync(CancellationToken.None),
            () => under.Migrator.MigrateAsync(CancellationToken.None),
        })
        {
            var refused = await Should.ThrowAsync<StartRefusedException>(start);
            refused.ExitCode.ShouldBe(StartRefusedException.DataUnusable);
            refused.Message.ShouldContain("below");
            ShouldBeOneLine(refused);
        }
    }

    [Theory]
    [InlineData("nowhere/janus.db")]
    [InlineData("folder")]
    public async Task A_database_file_that_cannot_be_made_is_refused_with_one_line(string name)
    {
        await using var database = await TestDatabase.CreateAsync();
        Directory.CreateDirectory(Path.Combine(database.Folder, "folder"));
        await using var other = await TestDatabase.CreateAsync(
            empty: true, settings: new Dictionary<string, string?> { ["ConnectionStrings:janus"] = $"Data Source={Path.Combine(database.Folder, name)}" });

        var refused = await Should.ThrowAsync<StartRefusedException>(() => other.Migrator.MigrateAsync(CancellationToken.None));

        refused.ExitCode.ShouldBe(StartRefusedException.DataUnusable);
        ShouldBeOneLine(refused);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_with_one_line()
    {
        await using var database = await CreateEmptyAsync();
        await System.IO.File.WriteAllTextAsync(database.File, string.Concat(Enumerable.Repeat("This is a diary. ", 100)));

        var refused = await Should.ThrowAsync<StartRefusedException>(() => database.Migrator.EnsureCurrentAsync(CancellationToken.None));

        refused.ExitCode.ShouldBe(StartRefusedException.DataUnusable);
        ShouldBeOneLine(refused);
    }

    [Fact]
    public async Task What_was_made_before_remakes_belongs_to_the_steps_of_its_plan_and_can_be_searched()
    {
        await using var database = await TestDatabase.CreateAsync();
        var at = DateTimeOffset.UnixEpoch;
        await using (var context = database.NewContext())
        {
            var campaign = Samples.NewCampaign("LAUNCH");
            context.Campaigns.Add(campaign);
            await context.SaveChangesAsync();
            var post = new Post { CampaignId = campaign.Id, NodeId = "P1", Title = "", Description = "", Platform = "X", PhaseNumber = 1, CreatedAt = at, UpdatedAt = at };
            context.Posts.Add(post);
            await context.SaveChangesAsync();
            context.Steps.Add(new GenerationStep { CampaignId = campaign.Id, PostId = post.Id, Kind = StepKind.Text, Variant = "AB", Generation = 1, State = StepState.Done });
            context.Variants.Add(new Variant { PostId = post.Id, Letter = "A", Generation = 1, Text = "", Angle = "", Caption = "", CreatedAt = at });
            await context.SaveChangesAsync();
            await context.GetService<IMigrator>().MigrateAsync("Initial");
        }

        (await database.Migrator.MigrateAsync(CancellationToken.None)).ShouldNotBeEmpty();

        database.Count("SELECT count(*) FROM variants AS v JOIN generation_steps AS s ON s.id = v.step_id WHERE v.origin = 'first' AND s.base_generation IS NULL").ShouldBe(1);
        database.Count("SELECT count(*) FROM campaigns WHERE search_text = 'launch' || char(10) || 'a kettle that sings'").ShouldBe(1);
    }

    [Fact]
    public async Task What_was_spent_before_limits_is_added_up_by_campaign_and_by_day()
    {
        await using var database = await TestDatabase.CreateAsync();
        var evening = new DateTimeOffset(2026, 10, 3, 23, 59, 59, TimeSpan.Zero);
        await using (var context = database.NewContext())
        {
            foreach (var name in (string[])["first", "second"])
            {
                var campaign = Samples.NewCampaign(name);
                context.Campaigns.Add(campaign);
                await context.SaveChangesAsync();
                var post = new Post { CampaignId = campaign.Id, NodeId = "P1", Title = "", Description = "", Platform = "X", PhaseNumber = 1, CreatedAt = evening, UpdatedAt = evening };
                context.Posts.Add(post);
                await context.SaveChangesAsync();
                var step = new GenerationStep { CampaignId = campaign.Id, PostId = post.Id, Kind = StepKind.Text, Variant = "AB", Generation = 1, State = StepState.Done };
                context.Steps.Add(step);
                await context.SaveChangesAsync();
                context.Attempts.AddRange(
                    new GenerationAttempt { StepId = step.Id, Number = 1, Worker = "w", StartedAt = evening.AddHours(-1), EndedAt = evening, Outcome = AttemptOutcome.Failed, CostMicroUsd = 40 },
                    new GenerationAttempt { StepId = step.Id, Number = 2, Worker = "w", StartedAt = evening, EndedAt = evening.AddSeconds(1), Outcome = AttemptOutcome.Done, CostMicroUsd = 2 });
            }

            await context.SaveChangesAsync();
            await context.GetService<IMigrator>().MigrateAsync("Remakes");
        }

        (await database.Migrator.MigrateAsync(CancellationToken.None)).ShouldNotBeEmpty();

        database.Count("SELECT count(*) FROM campaigns WHERE spent_micro_usd = 42 AND cap_micro_usd IS NULL AND pause_cause IS NULL").ShouldBe(2);
        database.Count("SELECT spent_micro_usd FROM spending_days WHERE day = 20261003").ShouldBe(80);
        database.Count("SELECT spent_micro_usd FROM spending_days WHERE day = 20261004").ShouldBe(4);
        database.Count("SELECT count(*) FROM spending_days").ShouldBe(2);
    }

    private static void ShouldBeOneLine(StartRefusedException refused) => refused.Message.ShouldNotContain("\n");
}

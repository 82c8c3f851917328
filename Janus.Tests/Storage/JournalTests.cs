using System.Buffers.Binary;
using Janus.Campaigns.Storage;
using Janus.ContentWorker;
using Janus.ContentWorker.Running;
using Janus.Tests.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Janus.Tests.Storage;

/// <summary>The write-ahead log of a real file: it has a bound, whoever reads.</summary>
public sealed class JournalTests
{
    private static Task<TestDatabase> CreateAsync(params IEnumerable<(string Key, string Value)> settings) => TestDatabase.CreateAsync(
        settings: settings.Prepend(("Janus:LockRetry:BusyTimeout", "00:00:00.250")).ToDictionary(setting => setting.Item1, string? (setting) => setting.Item2));

    [Fact]
    public async Task A_log_that_grew_behind_a_long_reader_is_cut_back_by_the_next_commits()
    {
        await using var database = await CreateAsync();
        database.Run("CREATE TABLE notes (text BLOB)");
        using (var reader = database.OpenForeign())
        {
            reader.Run("BEGIN");
            reader.Number("SELECT count(*) FROM notes");
            await WriteAsync(database, megabytes: 12);
            Upkeep(database).JournalBytes.ShouldBeGreaterThan(SqliteLocks.JournalLimit);
        }

        // The first begins the checkpoint that the reader kept from ending, the second begins the log anew.
        await WriteAsync(database, megabytes: 2);

        Upkeep(database).JournalBytes.ShouldBeLessThanOrEqualTo(SqliteLocks.JournalLimit);
    }

    [Fact]
    public async Task A_process_begins_the_log_anew_after_a_thousand_pages_and_not_while_somebody_reads_an_older_snapshot()
    {
        await using var database = await CreateAsync();
        database.Run("CREATE TABLE notes (text BLOB)");
        await WriteAsync(database, megabytes: 1);
        var first = NumberOfLog(database);

        await WriteAsync(database, megabytes: 3);
        NumberOfLog(database).ShouldBe(first);
        await WriteAsync(database, megabytes: 2);
        var second = NumberOfLog(database);
        second.ShouldBe(first + 1);

        using (var reader = database.OpenForeign())
        {
            reader.Run("BEGIN");
            reader.Number("SELECT count(*) FROM notes").ShouldBe(6);
            await WriteAsync(database, megabytes: 6);
            reader.Number("SELECT count(*) FROM notes").ShouldBe(6);
            NumberOfLog(database).ShouldBe(second);
        }

        await WriteAsync(database, megabytes: 3);
        NumberOfLog(database).ShouldBe(second + 1);
        database.Count("SELECT count(*) FROM notes").ShouldBe(15);
    }

    [Fact]
    public async Task Upkeep_says_that_a_reader_keeps_the_log_long_and_empties_it_once_the_reader_is_gone()
    {
        await using var database = await CreateAsync();
        database.Run("CREATE TABLE notes (text BLOB)");
        using (var reader = database.OpenForeign())
        {
            reader.Run("BEGIN");
            reader.Number("SELECT count(*) FROM notes");
            await WriteAsync(database, megabytes: 12);
            (await Upkeep(database).BoundJournalAsync(CancellationToken.None)).ShouldBeFalse();
        }

        (await Upkeep(database).BoundJournalAsync(CancellationToken.None)).ShouldBeTrue();
        Upkeep(database).JournalBytes.ShouldBe(0);
        database.Count("SELECT count(*) FROM notes").ShouldBe(12);
    }

    [Fact]
    public async Task Readers_that_follow_each_other_without_a_gap_do_not_make_the_log_grow_for_ever()
    {
        await using var database = await CreateAsync();
        database.Run("CREATE TABLE notes (text BLOB)");
        using var written = new CancellationTokenSource();
        using var reads = new SemaphoreSlim(0);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadAsync(database, reads, written.Token))).ToList();

        var longest = 0L;
        for (var round = 0; round < 12; round++)
        {
            // On a busy machine the writer could be done before anybody reads.
            await reads.WaitAsync(TestContext.Current.CancellationToken);
            await WriteAsync(database, megabytes: 4);
            await Upkeep(database).BoundJournalAsync(CancellationToken.None);
            longest = Math.Max(longest, Upkeep(database).JournalBytes);
        }

        await written.CancelAsync();
        await Task.WhenAll(readers);
        longest.ShouldBeLessThanOrEqualTo(3 * SqliteLocks.JournalLimit);
        (await Upkeep(database).BoundJournalAsync(CancellationToken.None)).ShouldBeTrue();
        Upkeep(database).JournalBytes.ShouldBeLessThanOrEqualTo(SqliteLocks.JournalLimit);
    }

    [Fact]
    public async Task Statistics_are_made_for_every_table_that_has_rows()
    {
        await using var database = await CreateAsync();
        database.Run("CREATE TABLE notes (text TEXT); CREATE INDEX by_text ON notes (text); INSERT INTO notes VALUES ('a'), ('b'), ('c')");

        await Upkeep(database).OptimizeAsync(CancellationToken.None);

        database.Count("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'notes'").ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_stops_leaves_statistics_behind()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        await using (var worker = await TestWorker.StartAsync(engine, services => services.AddSingleton<TimeProvider>(new PatientTime())))
            await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Campaigns.Phase.Scheduled);

        ShouldHaveStatistics(engine);
    }

    [Fact]
    public async Task A_worker_that_is_stopped_before_it_has_begun_leaves_them_too()
    {
        await using var engine = await TestEngine.StartAsync();
        await engine.PlanAsync(posts: 1);
        await engine.CompleteAllAsync();
        using var upkeep = new DatabaseUpkeep(
            engine.Get<SqliteUpkeep>(), engine.Get<StorageOptions>(), new WorkerOptions(), new PatientTime(), NullLogger<DatabaseUpkeep>.Instance);

        await upkeep.StartAsync(new CancellationToken(canceled: true));
        await upkeep.StopAsync(CancellationToken.None);

        ShouldHaveStatistics(engine);
    }

    private static void ShouldHaveStatistics(TestEngine engine)
    {
        using var database = BackupTests.Open(engine.Get<StorageOptions>().DatabaseFile);
        database.Number("SELECT count(DISTINCT tbl) FROM sqlite_stat1 WHERE tbl IN ('campaigns', 'variants')").ShouldBe(2);
    }

    [Theory]
    [InlineData("full", 2)]
    [InlineData("FULL", 2)]
    [InlineData("normal", 1)]
    [InlineData("Normal", 1)]
    public async Task Each_connection_syncs_as_the_setting_says(string setting, int synchronous)
    {
        await using var database = await CreateAsync(("Janus:Synchronous", setting));
        await using var context = database.NewContext();
        await context.Database.OpenConnectionAsync();

        var connection = (SqliteConnection)context.Database.GetDbConnection();
        connection.Number("PRAGMA synchronous").ShouldBe(synchronous);
        connection.Number("PRAGMA journal_size_limit").ShouldBe(SqliteLocks.JournalLimit);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("")]
    public async Task Any_other_word_for_syncing_is_refused_and_the_two_are_named(string setting)
    {
        var folder = Directory.CreateTempSubdirectory("janus-test-");
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager { ["Janus:DataDirectory"] = folder.FullName, ["Janus:Synchronous"] = setting };
        await using var services = new ServiceCollection().AddLogging().AddCampaignStorage(configuration).BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<StorageOptions>()).Message.ShouldBe("Janus:Synchronous must be full or normal.");
        folder.Delete();
    }

    private static SqliteUpkeep Upkeep(TestDatabase database) => database.Services.GetRequiredService<SqliteUpkeep>();

    // Its header has a number that grows by one each time that it is begun anew: https://sqlite.org/fileformat2.html#the_write_ahead_log.
    private static uint NumberOfLog(TestDatabase database)
    {
        using var log = new FileStream(database.File + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[32];
        log.ReadExactly(header);
        return BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(16));
    }

    private static async Task WriteAsync(TestDatabase database, int megabytes)
    {
        for (var count = 0; count < megabytes; count++)
        {
            await database.Database.WriteAsync(
                "note", async (context, token) => (await context.Database.ExecuteSqlRawAsync("INSERT INTO notes VALUES (zeroblob(1000000))", token), true), CancellationToken.None);
        }
    }

    // Two snapshots always overlap: the next one begins before the last one ends.
    private static async Task ReadAsync(TestDatabase database, SemaphoreSlim reads, CancellationToken written)
    {
        while (!written.IsCancellationRequested)
        {
            await database.Database.ReadAsync(
                "notes", (context, token) => context.Database.SqlQueryRaw<long>("SELECT coalesce(sum(length(text)), 0) AS Value FROM notes").ToListAsync(token), CancellationToken.None);
            reads.Release();
        }
    }

    /// <summary>The system's clock with longer limits: a worker that stops looks after its database for half a second at the most, which a busy machine may need for less.</summary>
    private sealed class PatientTime : TimeProvider
    {
        private const int Times = 20;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && period == Timeout.InfiniteTimeSpan ? dueTime * Times : dueTime, period);
    }
}

using Janus.Campaigns;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
using Janus.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Postgres.Moving;

/// <summary>An installation that is moved from SQLite to PostgreSQL is the same there, and goes on.</summary>
public sealed class MoveTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Everything_is_answered_as_before_to_the_byte_and_the_source_is_left_as_it_was(bool keepsFolder)
    {
        await using var rich = await RichInstallation.CreateAsync();
        await using var target = await TestStore.EmptyBesideAsync(rich.Store);
        var before = FilesOf(rich.Folder);

        var run = await MoveRun.OfAsync(rich.Store, target, keepsFolder ? ["--media", "folder"] : []);

        run.ExitCode.ShouldBe(0, string.Join('\n', run.Errors));
        TestContext.Current.TestOutputHelper?.WriteLine(run.Output);
        FilesOf(rich.Folder).ShouldBe(before);
        run.Output.ShouldContain("every table was read back the same");
        run.Output.Contains("Files of the media folder that belong to no post, left where they are: 1.", StringComparison.Ordinal).ShouldBe(!keepsFolder);
        await using var host = await MovingHost.StartAsync(target, keepsFolder);
        var after = await EveryAnswer.OfAsync(host);
        after.Keys.ShouldBe(rich.Answers.Keys);
        foreach (var (path, answer) in rich.Answers)
            after[path].ShouldBe(answer, path);
        rich.Answers.Keys.Count(path => path.StartsWith("/media/", StringComparison.Ordinal)).ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Every_table_had_rows_and_what_was_begun_is_finished_there()
    {
        await using var rich = await RichInstallation.CreateAsync();
        await using var target = await TestStore.EmptyBesideAsync(rich.Store);
        (await MoveRun.OfAsync(rich.Store, target)).ExitCode.ShouldBe(0);
        using (var connection = target.Open())
            target.Tables(connection).Where(table => connection.Number($"SELECT count(*) FROM \"{table}\"") == 0).ShouldBeEmpty("a table without rows shows nothing");

        await using var engine = TestEngine.On(target);
        // Keys go on behind the highest that SQLite ever gave, also to what is gone.
        (await engine.PlanAsync(name: "new")).Id.ShouldBe(Highest(rich.Store) + 1);
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var row = await tables.Campaigns.SingleAsync(campaign => campaign.PublicId == rich.Unfinished);
        var unfinished = new StoredCampaign(row.Id, row.PublicId, row.Diagram, IsNew: false);
        await using var worker = await TestWorker.StartAsync(engine);
        var graph = await worker.UntilAsync(unfinished, seen => seen.Campaign.Phase == Phase.Scheduled);

        graph.Posts.ShouldAllBe(post => post.AssetsReady);
        (await engine.PhasesAsync(unfinished)).ShouldBe(["content_creation", "scheduled"]);
        (await tables.Attempts.CountAsync(attempt => attempt.Outcome == AttemptOutcome.Lost)).ShouldBe(1, "the step of the worker that was gone");
    }

    private static int Highest(TestStore source)
    {
        using var connection = source.Open();
        return (int)connection.Number("SELECT seq FROM sqlite_sequence WHERE name = 'campaigns'");
    }

    private static Dictionary<string, string> FilesOf(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => file, file => $"{File.GetLastWriteTimeUtc(file):O} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}");
}

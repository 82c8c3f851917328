using System.Security.Cryptography;
using Janus.Campaigns;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Storage;
using Janus.Campaigns.Storage.Backups;
using Janus.Tests.Engine;
using Microsoft.Data.Sqlite;

namespace Janus.Tests.Storage;

public sealed class BackupTests
{
    private const int Writers = 8;

    [Fact]
    public async Task Backups_taken_while_a_worker_and_eight_writers_work_are_consistent_and_a_restored_one_goes_on_to_scheduled()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaigns = new List<StoredCampaign>();
        for (var writer = 0; writer < Writers; writer++)
            campaigns.Add(await engine.PlanAsync(posts: 1, name: $"Campaign {writer}"));

        var backups = new List<Backup>();
        using var enough = new CancellationTokenSource();
        await using (var worker = await TestWorker.StartAsync(engine, null, ("Sample:PictureLatency", "00:00:00.050"), ("Janus:Steps:Lease", "00:00:01")))
        {
            var writes = campaigns.Select(campaign => Task.Run(() => WriteAsync(engine, campaign, enough.Token))).ToList();
            foreach (var done in (int[])[1, 2, 3])
            {
                await Task.WhenAll(campaigns.Select(campaign => worker.UntilAsync(campaign, graph => graph.Parts.Done >= done)));
                backups.Add(await engine.Get<BackupWriter>().MakeAsync(new BackupWish(), CancellationToken.None));
            }

            await enough.CancelAsync();
            (await Task.WhenAll(writes)).Sum().ShouldBeGreaterThan(Writers);
        }

        foreach (var backup in backups)
        {
            using var copy = Open(Path.Combine(backup.Path, "janus.db"));
            copy.Number("SELECT count(*) FROM campaigns").ShouldBe(Writers);
            copy.Number("SELECT count(*) FROM campaigns c WHERE c.version <> (SELECT max(version) FROM campaign_events e WHERE e.campaign_id = c.id)").ShouldBe(0);
            copy.Number("SELECT count(*) FROM campaigns c WHERE c.version <> (SELECT count(*) FROM campaign_events e WHERE e.campaign_id = c.id)").ShouldBe(0);
            Assets(copy).ShouldBe(Directory.GetFiles(Path.Combine(backup.Path, "media")).Select(file => Path.GetFileName(file)).Order());
            backup.Manifest.Counts.Pictures.ShouldBe(Assets(copy).Count);
        }

        var middle = backups[1];
        await using var restored = await TestEngine.StartAsync();
        ClosePool(restored);
        (await restored.Get<BackupRestore>().RestoreAsync(middle.Path, CancellationToken.None)).Manifest.Counts.ShouldBe(middle.Manifest.Counts);
        await using (var worker = await TestWorker.StartAsync(restored))
        {
            foreach (var campaign in campaigns)
            {
                var graph = await worker.UntilAsync(campaign, g => g.Campaign.Phase == Phase.Scheduled);
                graph.Posts.ShouldAllBe(post => post.AssetsReady && post.Variants.All(variant => File.Exists(Path.Combine(restored.MediaDirectory, variant.Asset!))));
                (await restored.PhasesAsync(campaign)).ShouldBe(["content_creation", "scheduled"]);
            }
        }
    }

    [Fact]
    public async Task Only_the_newest_backups_are_kept_and_nothing_else_in_the_folder_is_touched()
    {
        await using var data = await BackedUpData.CreateAsync();
        var other = Directory.CreateDirectory(Path.Combine(data.Backups, "20200101-000000")).FullName;
        var made = new List<string>();
        for (var count = 0; count < 3; count++)
            made.Add((await data.Writer.MakeAsync(new BackupWish(Keep: 2), CancellationToken.None)).Path);

        made.Select(Directory.Exists).ShouldBe([false, true, true]);
        Directory.Exists(other).ShouldBeTrue();
    }

    [Fact]
    public async Task Pictures_that_are_gone_are_refused_or_written_down_and_such_a_backup_can_be_restored()
    {
        await using var data = await BackedUpData.CreateAsync();
        var lost = data.Pictures[0];
        File.Delete(lost);

        (await Should.ThrowAsync<BackupRefusedException>(data.Writer.MakeAsync(new BackupWish(), CancellationToken.None))).Message.ShouldContain(Path.GetFileName(lost));
        Directory.GetDirectories(data.Backups).Length.ShouldBe(1);

        var backup = await data.Writer.MakeAsync(new BackupWish(AcceptsMissing: true), CancellationToken.None);
        backup.Manifest.MissingPictures.ShouldBe([Path.GetFileName(lost)]);
        (await data.RestoreAsync(backup.Path)).Manifest.Counts.Pictures.ShouldBe(data.Pictures.Count - 1);
    }

    [Fact]
    public async Task A_restore_brings_back_rows_and_pictures_and_what_it_replaced_is_a_backup_too()
    {
        await using var data = await BackedUpData.CreateAsync();
        var bytes = await File.ReadAllBytesAsync(data.Pictures[0]);
        File.Delete(data.Pictures[0]);
        data.Run("UPDATE campaigns SET name = 'changed'");

        var restored = await data.RestoreAsync(data.Backup);

        data.Name.ShouldBe("Test");
        (await File.ReadAllBytesAsync(data.Pictures[0])).ShouldBe(bytes);
        restored.IsKeptAsBackup.ShouldBeTrue();
        await data.RestoreAsync(restored.KeptAt!);
        data.Name.ShouldBe("changed");
    }

    [Fact]
    public async Task A_damaged_database_is_replaced_and_its_files_are_kept()
    {
        await using var data = await BackedUpData.CreateAsync();
        await File.WriteAllTextAsync(data.File, "no database any more");

        var restored = await data.RestoreAsync(data.Backup);

        data.Name.ShouldBe("Test");
        restored.IsKeptAsBackup.ShouldBeFalse();
        (await File.ReadAllTextAsync(Path.Combine(restored.KeptAt!, "janus.db"))).ShouldBe("no database any more");
    }

    [Fact]
    public async Task A_restore_is_refused_while_somebody_has_the_database_open()
    {
        await using var data = await BackedUpData.CreateAsync();
        data.Run("UPDATE campaigns SET name = 'changed'");
        using (var open = Open(data.File))
        {
            open.Number("SELECT count(*) FROM campaigns").ShouldBe(1);
            (await Should.ThrowAsync<BackupRefusedException>(data.RestoreAsync(data.Backup))).Message.ShouldContain("is in use: stop Janus");
        }

        data.Name.ShouldBe("changed");
        await data.RestoreAsync(data.Backup);
        data.Name.ShouldBe("Test");
    }

    [Theory]
    [InlineData("database changed", "another SHA-256")]
    [InlineData("database gone", "its database is missing")]
    [InlineData("picture gone", "is missing")]
    [InlineData("picture cut", "is broken")]
    [InlineData("manifest cut", "cannot be read")]
    [InlineData("manifest gone", "is no backup")]
    [InlineData("format unknown", "does not know")]
    [InlineData("newer", "is newer than this program (29990101000000_FromTheFuture)")]
    [InlineData("elsewhere", "There is no backup")]
    public async Task A_backup_that_is_broken_or_newer_is_refused_and_nothing_is_changed(string how, string said)
    {
        await using var data = await BackedUpData.CreateAsync();
        var backup = data.Backup;
        var database = Path.Combine(backup, "janus.db");
        var manifest = Path.Combine(backup, BackupManifest.FileName);
        var picture = Directory.GetFiles(Path.Combine(backup, "media"))[0];
        switch (how)
        {
            case "database changed":
                using (var file = File.OpenHandle(database, FileMode.Open, FileAccess.ReadWrite))
                    await RandomAccess.WriteAsync(file, new byte[] { 0x5A }, 5000);
                break;
            case "database gone":
                File.Delete(database);
                break;
            case "picture gone":
                File.Delete(picture);
                break;
            case "picture cut":
                File.Delete(picture);
                await File.WriteAllBytesAsync(picture, [1]);
                break;
            case "manifest cut":
                await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest))[..40]);
                break;
            case "manifest gone":
                File.Delete(manifest);
                break;
            case "format unknown":
                await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal));
                break;
            case "newer":
                data.Run("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '99.0.0')");
                backup = (await data.Writer.MakeAsync(new BackupWish(), CancellationToken.None)).Path;
                break;
            default:
                backup += "-elsewhere";
                break;
        }

        data.Run("UPDATE campaigns SET name = 'changed'");
        var before = SHA256.HashData(await File.ReadAllBytesAsync(data.File));

        var refused = await Should.ThrowAsync<BackupRefusedException>(data.RestoreAsync(backup));

        refused.Message.ShouldContain(said);
        refused.Message.ShouldNotContain("\n");
        SHA256.HashData(await File.ReadAllBytesAsync(data.File)).ShouldBe(before);
        data.Name.ShouldBe("changed");
    }

    internal static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    internal static void ClosePool(TestEngine engine)
    {
        engine.Get<SqliteEngine>().Disconnect();
        using var connection = new SqliteConnection(engine.Get<StorageOptions>().ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static async Task<int> WriteAsync(TestEngine engine, StoredCampaign campaign, CancellationToken enough)
    {
        var budget = engine.Get<BudgetCommands>();
        var written = 0;
        // Often enough that every backup meets writes, and not so often that the worker finds no gap.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!enough.IsCancellationRequested)
        {
            written += (await budget.SetCampaignCapAsync(campaign.PublicId, 10 + (written % 2), CancellationToken.None)).IsAccepted ? 1 : 0;
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        return written;
    }

    private static List<string> Assets(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT asset FROM variants WHERE asset IS NOT NULL ORDER BY asset";
        using var reader = command.ExecuteReader();
        List<string> assets = [];
        while (reader.Read())
            assets.Add(reader.GetString(0));
        return assets;
    }
}

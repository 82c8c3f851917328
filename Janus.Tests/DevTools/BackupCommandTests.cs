using Janus.Campaigns.Faults;
using Janus.DevTools;
using Janus.DevTools.Backups;
using Janus.Tests.Hosting;
using Janus.Tests.Storage;

namespace Janus.Tests.DevTools;

/// <summary><c>backup</c> and <c>restore</c> as people run them, and killed in the middle.</summary>
public sealed class BackupCommandTests
{
    [Fact]
    public async Task A_backup_is_made_to_another_disk_and_restored_from_there()
    {
        await using var data = await BackedUpData.CreateAsync();
        // Usually another file system than the folder for temporary files, to which nothing can be linked.
        var elsewhere = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/janus-test-{Guid.NewGuid():N}") : Directory.CreateTempSubdirectory("janus-test-");
        try
        {
            var made = await ProgramRun.OfAsync("Janus.DevTools", ["backup", "--data", data.Folder, "--to", elsewhere.FullName, "--keep", "3"]);
            made.ExitCode.ShouldBe(0, string.Join('\n', made.Errors));
            var backup = elsewhere.GetDirectories().ShouldHaveSingleItem().FullName;
            made.Output.ShouldContain($"Backed up to {backup} (campaigns: 1, posts: 2, variants: 4, pictures: 4).");
            data.Run("UPDATE campaigns SET name = 'changed'");
            foreach (var picture in data.Pictures)
                File.Delete(picture);

            var restored = await ProgramRun.OfAsync("Janus.DevTools", ["restore", backup, "--data", data.Folder]);

            restored.ExitCode.ShouldBe(0, string.Join('\n', restored.Errors));
            restored.Output.ShouldContain("restore it to go back");
            data.Name.ShouldBe("Test");
            data.Pictures.ShouldAllBe(picture => File.Exists(picture));
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_is_refused_is_said_in_one_line_with_exit_code_1()
    {
        await using var data = await BackedUpData.CreateAsync();
        using var open = BackupTests.Open(data.File);
        open.Number("SELECT count(*) FROM campaigns").ShouldBe(1);

        var inUse = await ProgramRun.OfAsync("Janus.DevTools", ["restore", data.Backup, "--data", data.Folder]);
        var empty = await RunAsync("backup", "--data", Path.Combine(data.Folder, "nowhere"));

        inUse.ExitCode.ShouldBe(1);
        inUse.Errors.ShouldHaveSingleItem().ShouldContain("is in use: stop Janus");
        empty.ExitCode.ShouldBe(1);
        empty.Errors.ShouldHaveSingleItem().ShouldStartWith("There is no database at");
    }

    [Theory]
    [InlineData(FaultPoints.BackupCopied)]
    [InlineData(FaultPoints.BackupUnnamed)]
    public async Task A_backup_killed_in_the_middle_leaves_none_that_could_be_restored_and_the_next_one_clears_it_away(string place)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        await using var data = await BackedUpData.CreateAsync();

        (await RunKilledAsync(place, "backup", "--data", data.Folder)).ExitCode.ShouldNotBe(0);

        FaultPoints.Count(data.Folder, place).ShouldBe(1);
        var left = Directory.GetDirectories(data.Backups).Where(folder => folder != data.Backup).ShouldHaveSingleItem();
        (await RunAsync("restore", left, "--data", data.Folder)).Errors.ShouldHaveSingleItem().ShouldContain("was never finished");
        (await RunAsync("backup", "--data", data.Folder)).ExitCode.ShouldBe(0);
        Directory.Exists(left).ShouldBeFalse();
        Directory.GetDirectories(data.Backups).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(FaultPoints.RestoreStaged, "changed")]
    [InlineData(FaultPoints.RestoreSwapped, "Test")]
    public async Task A_restore_killed_in_the_middle_leaves_the_old_data_or_the_new_and_can_be_run_again(string place, string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ends processes by Unix signals");
        await using var data = await BackedUpData.CreateAsync();
        data.Run("UPDATE campaigns SET name = 'changed'");
        File.Delete(data.Pictures[0]);

        (await RunKilledAsync(place, "restore", data.Backup, "--data", data.Folder)).ExitCode.ShouldNotBe(0);

        FaultPoints.Count(data.Folder, place).ShouldBe(1);
        data.Name.ShouldBe(name);
        using (var connection = BackupTests.Open(data.File))
        {
            connection.Text("PRAGMA integrity_check").ShouldBe("ok");
            connection.Text("PRAGMA journal_mode").ShouldBe("wal");
        }

        (await RunAsync("restore", data.Backup, "--data", data.Folder)).ExitCode.ShouldBe(0);
        data.Name.ShouldBe("Test");
        data.Pictures.ShouldAllBe(picture => File.Exists(picture));
    }

    [Fact]
    public async Task Wrong_usage_is_refused()
    {
        foreach (var args in (string[][])[["--keep", "0"], ["--from", "x"], ["--data"]])
            await Should.ThrowAsync<UsageException>(() => BackupCommand.RunAsync(args, TextWriter.Null, TextWriter.Null, CancellationToken.None));
        foreach (var args in (string[][])[[], ["--data", "x"], ["x", "y"]])
            await Should.ThrowAsync<UsageException>(() => RestoreCommand.RunAsync(args, TextWriter.Null, TextWriter.Null, CancellationToken.None));
    }

    // In this process, which starts sooner; what is killed is a process of its own.
    private static async Task<ProgramRun> RunAsync(string command, params string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = command == "backup"
            ? await BackupCommand.RunAsync(args, output, errors, CancellationToken.None)
            : await RestoreCommand.RunAsync(args, output, errors, CancellationToken.None);
        return new ProgramRun(code, output.ToString(), errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static Task<ProgramRun> RunKilledAsync(string place, params string[] args) =>
        ProgramRun.OfAsync("Janus.DevTools", args, ("Janus__Faults", $"{place}=kill"), ("DOTNET_ENVIRONMENT", "Development"));
}

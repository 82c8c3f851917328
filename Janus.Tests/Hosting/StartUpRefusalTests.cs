using System.Security.Cryptography;
using Janus.Campaigns.Storage;
using Janus.Tests.Storage;

namespace Janus.Tests.Hosting;

/// <summary>Real programs on data that they must not touch: one line that says what is wrong and what to do, an exit code, and not a byte changed.</summary>
public sealed class StartUpRefusalTests
{
    private static readonly (string Project, string[] Arguments)[] All = [("Janus.ApiService", ["migrate"]), ("Janus.ApiService", []), ("Janus.ContentWorker", [])];

    [Fact]
    public async Task A_schema_newer_than_the_program_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        database.Run("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_FromTheFuture', '99.0.0')");
        await ShouldRefuseAsync(database.Folder, StartRefusedException.SchemaDiffers, "FromTheFuture", "start the newer program, or restore a backup");
    }

    [Theory]
    [InlineData("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('Goulash')")]
    [InlineData("CREATE TABLE \"__EFMigrationsHistory\" (\"MigrationId\" TEXT PRIMARY KEY, \"ProductVersion\" TEXT); INSERT INTO \"__EFMigrationsHistory\" VALUES ('20200101000000_Recipes', '3.1.0')")]
    public async Task A_database_of_another_program_is_refused(string sql)
    {
        await using var database = await TestDatabase.CreateAsync(empty: true);
        database.Run(sql);
        await ShouldRefuseAsync(database.Folder, StartRefusedException.DataUnusable, "belongs to another program", "name another data directory");
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync(empty: true);
        await File.WriteAllTextAsync(database.File, string.Concat(Enumerable.Repeat("This is a diary. ", 1000)));
        await ShouldRefuseAsync(database.Folder, StartRefusedException.DataUnusable, "is no SQLite database", "move it away, or restore a backup");
    }

    [Fact]
    public async Task A_damaged_database_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        using (var file = File.OpenHandle(database.File, FileMode.Open, FileAccess.ReadWrite))
            await RandomAccess.WriteAsync(file, Enumerable.Repeat((byte)0xFF, 900).ToArray(), 100);
        await ShouldRefuseAsync(database.Folder, StartRefusedException.DataUnusable, "is damaged", "restore a backup");
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_written_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await ShouldRefuseAsync(
            database.Folder, StartRefusedException.DataUnusable, "cannot be written", "name another with JANUS_DATA", dataDirectory: Path.Combine(database.File, "below"));
    }

    [Fact]
    public async Task A_read_only_disk_is_refused()
    {
        await using var disk = await SmallDisk.MountAsync("4m");
        await CopyDatabaseToAsync(disk.Path);
        Assert.SkipUnless(await disk.RemountAsync(readOnly: true), "making a file system read-only was refused");
        await ShouldRefuseAsync(disk.Path, StartRefusedException.DataUnusable, "cannot be written", "name another with JANUS_DATA");
    }

    [Fact]
    public async Task A_read_only_database_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var mounted = await SmallDisk.ShowReadOnlyAsync(database.File);
        await ShouldRefuseAsync(database.Folder, StartRefusedException.DataUnusable, "It is read-only", "make it readable and writable, then start again");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_disk_is_refused(bool isMigrated)
    {
        await using var disk = await SmallDisk.MountAsync("4m");
        if (isMigrated)
            await CopyDatabaseToAsync(disk.Path);
        disk.Fill();
        await ShouldRefuseAsync(disk.Path, StartRefusedException.DataUnusable, "is full", "free some space, then start again");
    }

    private static async Task CopyDatabaseToAsync(string folder)
    {
        await using var database = await TestDatabase.CreateAsync();
        File.Copy(database.File, Path.Combine(folder, "janus.db"));
    }

    private static async Task ShouldRefuseAsync(string folder, int exitCode, string what, string remedy, string? dataDirectory = null)
    {
        var before = Hashes(folder);
        var runs = await Task.WhenAll(All.Select(program => ProgramRun.OfAsync(
            program.Project, program.Arguments, ("Janus__DataDirectory", dataDirectory ?? folder), ("ASPNETCORE_URLS", "http://127.0.0.1:0"))));

        foreach (var run in runs)
        {
            var line = run.Errors.ShouldHaveSingleItem();
            line.ShouldContain(what);
            line.ShouldContain(remedy);
            run.ExitCode.ShouldBe(exitCode, line);
        }

        Hashes(folder).ShouldBe(before);
    }

    private static Dictionary<string, string> Hashes(string folder) =>
        new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).OrderBy(found => found.FullName, StringComparer.Ordinal)
            .ToDictionary(found => found.FullName, found => found is FileInfo file ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.FullName))) : "");
}

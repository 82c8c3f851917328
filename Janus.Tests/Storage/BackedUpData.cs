using Janus.Campaigns.Storage;
using Janus.Campaigns.Storage.Backups;
using Janus.Tests.Engine;

namespace Janus.Tests.Storage;

/// <summary>One finished campaign with its pictures, and a backup of it. Nobody has the database open.</summary>
internal sealed class BackedUpData : IAsyncDisposable
{
    private readonly TestEngine _engine;

    private BackedUpData(TestEngine engine, string backup, IReadOnlyList<string> pictures)
    {
        _engine = engine;
        Backup = backup;
        Pictures = pictures;
    }

    public string Folder => _engine.Folder;

    public string File => _engine.Get<StorageOptions>().DatabaseFile;

    public string Backups => Path.Combine(Folder, "backups");

    /// <summary>The folder of the backup.</summary>
    public string Backup { get; }

    /// <summary>The pictures' files.</summary>
    public IReadOnlyList<string> Pictures { get; }

    public BackupWriter Writer => _engine.Get<BackupWriter>();

    /// <summary>The campaign's name.</summary>
    public string? Name
    {
        get
        {
            using var connection = BackupTests.Open(File);
            return connection.Text("SELECT name FROM campaigns");
        }
    }

    public static async Task<BackedUpData> CreateAsync()
    {
        var engine = await TestEngine.StartAsync();
        await engine.PlanAsync(posts: 2);
        foreach (var text in await engine.ClaimAsync())
            await engine.CompleteAsync(text);
        List<string> pictures = [];
        foreach (var picture in await engine.ClaimAsync())
        {
            var name = await engine.Media.KeepAsync(BitConverter.GetBytes(picture.Claim.StepId), "image/svg+xml", CancellationToken.None);
            (await engine.Queue.CompletePictureAsync(picture.Claim, name, TestEngine.NoUsage, CancellationToken.None)).IsAccepted.ShouldBeTrue();
            pictures.Add(Path.Combine(engine.MediaDirectory, name));
        }

        var backup = await engine.Get<BackupWriter>().MakeAsync(new BackupWish(), CancellationToken.None);
        BackupTests.ClosePool(engine);
        return new BackedUpData(engine, backup.Path, pictures);
    }

    public Task<RestoredBackup> RestoreAsync(string from) => _engine.Get<BackupRestore>().RestoreAsync(from, CancellationToken.None);

    public void Run(string sql)
    {
        using var connection = BackupTests.Open(File);
        connection.Run(sql);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}

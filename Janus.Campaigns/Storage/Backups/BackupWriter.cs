using System.Globalization;
using Janus.Campaigns.Faults;
using Janus.Campaigns.Media;
using Microsoft.Data.Sqlite;

namespace Janus.Campaigns.Storage.Backups;

/// <summary>What to back up to where.</summary>
/// <param name="To">The folder of backups; <c>backups</c> in the data directory when null.</param>
/// <param name="Keep">How many finished backups that folder may hold in the end, 1 or more; null for all.</param>
/// <param name="AcceptsMissing">Whether pictures that are already gone from the media folder are written down instead of refused.</param>
public sealed record BackupWish(string? To = null, int? Keep = null, bool AcceptsMissing = false);

/// <summary>A finished backup.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Manifest">What it holds.</param>
public sealed record Backup(string Path, BackupManifest Manifest);

/// <summary>
/// Copies a database in use and its pictures. The copy is one snapshot: SQLite's backup copies all pages within one read transaction, which
/// keeps no writer waiting in WAL mode. Pictures never change and are safe on disk before a row names them, so taking them afterwards adds nothing and misses nothing.
/// </summary>
public sealed class BackupWriter(StorageOptions options, LockRetryOptions locks, LockRetry retry, FaultPoints faults, TimeProvider time)
{
    /// <summary>Makes a backup, proves that it is whole, and only then gives it its name.</summary>
    /// <exception cref="BackupRefusedException">It cannot be made; nothing of it is left.</exception>
    /// <exception cref="DatabaseBusyException">The lock budget is used up.</exception>
    public async Task<Backup> MakeAsync(BackupWish wish, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var target = Path.GetFullPath(wish.To ?? Path.Combine(options.DataDirectory, "backups"));
        BackupRefusedException.ThrowIfPostgres(options);
        if (!File.Exists(options.DatabaseFile))
            throw new BackupRefusedException($"There is no database at {options.DatabaseFile}.");
        try
        {
            Directory.CreateDirectory(target);
            await using var alone = TakeTurn(target);
            // The lock is ours, so whatever is unfinished belongs to a process that was killed.
            foreach (var left in Directory.GetDirectories(target, BackupFolder.Unfinished + "*"))
                Directory.Delete(left, recursive: true);

            var made = await MakeAsync(target, wish, cancellationToken);
            if (wish.Keep is { } keep)
            {
                // Not the one just made, whatever the clock has done since the others.
                foreach (var old in BackupFolder.In(target).Where(folder => folder != made.Path).SkipLast(keep - 1))
                    BackupFolder.Delete(old);
            }

            return made;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupRefusedException(
                FullDisk.Says(exception) ? $"The disk that holds {target} is full: free some space, or name another folder." : $"A backup cannot be written to {target}: {exception.Message}",
                exception);
        }
    }

    private static FileStream TakeTurn(string target)
    {
        var path = Path.Combine(target, ".backing-up");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (File.Exists(path))
        {
            throw new BackupRefusedException($"Another backup to {target} is being made, or the folder cannot be written.", held);
        }
    }

    private async Task<Backup> MakeAsync(string target, BackupWish wish, CancellationToken cancellationToken)
    {
        var folder = new BackupFolder(Path.Combine(target, $"{BackupFolder.Unfinished}{Guid.NewGuid():N}"));
        try
        {
            var madeAt = time.GetUtcNow();
            Directory.CreateDirectory(folder.Media);
            await CopyDatabaseAsync(folder.Database, cancellationToken);
            await faults.ReachAsync(FaultPoints.BackupCopied, cancellationToken);

            var snapshot = await DatabaseSnapshot.ReadAsync(folder.Database, cancellationToken);
            var missing = CopyPictures(snapshot, folder, wish.AcceptsMissing, cancellationToken);
            var kept = new DirectoryInfo(folder.Media).GetFiles();
            var manifest = new BackupManifest
            {
                Format = BackupManifest.CurrentFormat,
                MadeAt = madeAt,
                Migration = snapshot.Migrations[^1],
                DatabaseSha256 = await BackupFolder.HashAsync(folder.Database, cancellationToken),
                Counts = new BackupCounts(snapshot.Campaigns, snapshot.Posts, snapshot.Variants, snapshot.Events, kept.Length, kept.Sum(picture => picture.Length)),
                MissingPictures = missing,
            };
            await manifest.WriteAsync(folder.Path, cancellationToken);
            await folder.VerifyAsync(cancellationToken);
            DirectorySync.Flush(folder.Media);
            DirectorySync.Flush(folder.Path);
            await faults.ReachAsync(FaultPoints.BackupUnnamed, cancellationToken);
            return new Backup(GiveName(folder, target, madeAt), manifest);
        }
        catch
        {
            Directory.Delete(folder.Path, recursive: true);
            throw;
        }
    }

    private Task<bool> CopyDatabaseAsync(string file, CancellationToken cancellationToken) => retry.ExecuteAsync(
        "backup",
        async token =>
        {
            File.Delete(file);
            await using var source = new SqliteConnection(options.ConnectionString + ";Pooling=False");
            await source.OpenAsync(token);
            await SqliteLocks.SetUpAsync(source, locks.BusyTimeout, token);
            await using (var copy = new SqliteConnection(SqliteLocks.Prepare($"Data Source={file};Pooling=False")))
            {
                await copy.OpenAsync(token);
                source.BackupDatabase(copy);
                // One file, which can be read without making another beside it.
                await using var command = copy.CreateCommand();
                command.CommandText = "PRAGMA journal_mode=DELETE";
                await command.ExecuteNonQueryAsync(token);
            }

            SafeFile.Flush(file);
            return true;
        },
        cancellationToken);

    private List<string> CopyPictures(DatabaseSnapshot snapshot, BackupFolder folder, bool acceptsMissing, CancellationToken cancellationToken)
    {
        List<string> missing = [];
        foreach (var name in snapshot.Pictures)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var picture = Path.Combine(options.MediaDirectory, name);
            if (File.Exists(picture))
                SafeFile.LinkOrCopy(picture, Path.Combine(folder.Media, name));
            else
                missing.Add(name);
        }

        return missing.Count == 0 || acceptsMissing
            ? missing
            : throw new BackupRefusedException(
                $"{missing.Count} of {snapshot.Pictures.Count} pictures are not in {options.MediaDirectory} (the first is {missing[0]}): bring them back, or back up without them (--accept-missing).");
    }

    private static string GiveName(BackupFolder folder, string target, DateTimeOffset madeAt)
    {
        var stamp = madeAt.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var inThatSecond = Directory.GetDirectories(target, stamp + "*").Select(BackupFolder.NumberOf).DefaultIfEmpty(0).Max();
        var name = Path.Combine(target, inThatSecond == 0 ? stamp : $"{stamp}-{inThatSecond + 1}");
        Directory.Move(folder.Path, name);
        DirectorySync.Flush(target);
        return name;
    }
}

using System.Globalization;
using Janus.Campaigns.Faults;
using Janus.Campaigns.Media;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Storage.Backups;

/// <summary>What a restore did.</summary>
/// <param name="Manifest">What was restored.</param>
/// <param name="KeptAt">Where the replaced data are; null when there were none.</param>
/// <param name="IsKeptAsBackup">Whether they are a backup that can be restored in turn; else they are the bare files of a damaged database.</param>
public sealed record RestoredBackup(BackupManifest Manifest, string? KeptAt, bool IsKeptAsBackup);

/// <summary>
/// Puts a backup in the place of the data. Its pictures are added first, which changes nothing for the present database, because no two
/// pictures ever have the same name; then one rename puts its database in the place of the present one. So a kill leaves the old data or the new.
/// </summary>
public sealed class BackupRestore(
    StorageOptions options, BackupWriter writer, DatabaseEngine engine, LockRetry retry, FaultPoints faults, TimeProvider time)
{
    private static readonly string[] Beside = ["-wal", "-shm", "-journal"];

    private string Staged => options.DatabaseFile + ".restoring";

    /// <summary>Restores a backup, if nobody has the database open.</summary>
    /// <exception cref="BackupRefusedException">The backup is broken or newer than this program, or somebody uses the database. Nothing was changed.</exception>
    /// <exception cref="DatabaseBusyException">A migration or another restore is running.</exception>
    public async Task<RestoredBackup> RestoreAsync(string from, CancellationToken cancellationToken)
    {
        BackupRefusedException.ThrowIfPostgres(options);
        var folder = new BackupFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(from)));
        if (Path.GetFileName(folder.Path).StartsWith(BackupFolder.Unfinished, StringComparison.Ordinal))
            throw new BackupRefusedException($"The backup {folder.Path} was never finished: take another.");
        var (manifest, snapshot) = await folder.VerifyAsync(cancellationToken);
        await using (var context = engine.NewContext())
        {
            var known = context.Database.GetMigrations();
            if (snapshot.Migrations.Except(known).LastOrDefault() is { } newer)
                throw new BackupRefusedException($"The backup {folder.Path} is newer than this program ({newer}): restore it with the newer program.");
        }

        DataDirectory.Prepare(options);
        try
        {
            // No service starts and nothing migrates while this is held.
            await using var exclusive = await DatabaseFileLock.TakeAsync(options, retry, cancellationToken);
            var isSound = await EnsureUnusedAsync(cancellationToken);
            await StageAsync(folder, manifest, cancellationToken);
            AddPictures(folder, snapshot, manifest, cancellationToken);
            var (keptAt, isBackup) = await KeepPresentAsync(isSound, cancellationToken);

            await faults.ReachAsync(FaultPoints.RestoreStaged, cancellationToken);
            // A journal of the old file must never be played into the new one.
            foreach (var ending in Beside)
                File.Delete(options.DatabaseFile + ending);
            File.Move(Staged, options.DatabaseFile, overwrite: true);
            DirectorySync.Flush(Path.GetDirectoryName(options.DatabaseFile)!);
            await faults.ReachAsync(FaultPoints.RestoreSwapped, cancellationToken);
            return new RestoredBackup(manifest, keptAt, isBackup);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackupRefusedException(
                FullDisk.Says(exception) ? $"The disk that holds {options.DataDirectory} is full: free some space, then restore again." : $"The backup cannot be restored: {exception.Message}", exception);
        }
    }

    // SQLite leaves WAL mode only for the one connection that has the file open; and the file then holds all that was committed.
    private async Task<bool> EnsureUnusedAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(options.DatabaseFile))
            return false;
        try
        {
            await using var connection = new SqliteConnection(options.ConnectionString + ";Pooling=False");
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=DELETE";
            if ((string?)await command.ExecuteScalarAsync(cancellationToken) == "delete")
            {
                // Back at once, so that a restore that ends here leaves the database as it was.
                command.CommandText = "PRAGMA journal_mode=WAL";
                await command.ExecuteNonQueryAsync(cancellationToken);
                return true;
            }
        }
        catch (SqliteException exception) when (SqliteLocks.CodeOf(exception) is null)
        {
            // Damaged, which is what backups are for: nothing of ours runs on such a file.
            return false;
        }
        catch (SqliteException inUse)
        {
            throw InUse(inUse);
        }

        throw InUse(null);
    }

    private BackupRefusedException InUse(Exception? exception) =>
        new($"The database at {options.DatabaseFile} is in use: stop Janus and whatever else has it open, then restore.", exception);

    private async Task StageAsync(BackupFolder folder, BackupManifest manifest, CancellationToken cancellationToken)
    {
        foreach (var ending in Beside)
            File.Delete(Staged + ending);
        File.Copy(folder.Database, Staged, overwrite: true);
        if (await BackupFolder.HashAsync(Staged, cancellationToken) != manifest.DatabaseSha256)
            throw new BackupRefusedException($"The backup {folder.Path} cannot be read reliably: its database came out different.");
        await using (var connection = new SqliteConnection(SqliteLocks.Prepare($"Data Source={Staged};Pooling=False")))
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        SafeFile.Flush(Staged);
    }

    private void AddPictures(BackupFolder folder, DatabaseSnapshot snapshot, BackupManifest manifest, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.MediaDirectory);
        foreach (var name in snapshot.Pictures.Except(manifest.MissingPictures))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var picture = new FileInfo(Path.Combine(folder.Media, name));
            var present = new FileInfo(Path.Combine(options.MediaDirectory, name));
            if (present.Exists && present.Length == picture.Length)
                continue;
            var added = present.FullName + ".tmp";
            File.Delete(added);
            SafeFile.LinkOrCopy(picture.FullName, added);
            File.Move(added, present.FullName, overwrite: true);
        }

        DirectorySync.Flush(options.MediaDirectory);
    }

    private async Task<(string? KeptAt, bool IsBackup)> KeepPresentAsync(bool isSound, CancellationToken cancellationToken)
    {
        if (!File.Exists(options.DatabaseFile))
            return (null, false);
        if (isSound)
        {
            try
            {
                return ((await writer.MakeAsync(new BackupWish(AcceptsMissing: true), cancellationToken)).Path, true);
            }
            catch (BackupRefusedException exception) when (exception.InnerException is not IOException)
            {
                // Damaged inside. The bare files are kept instead, for whoever can still read something out of them.
            }
        }

        var aside = Path.Combine(options.DataDirectory, "replaced", time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(aside);
        foreach (var ending in Beside.Prepend("").Where(ending => File.Exists(options.DatabaseFile + ending)))
            SafeFile.LinkOrCopy(options.DatabaseFile + ending, Path.Combine(aside, Path.GetFileName(options.DatabaseFile) + ending));
        DirectorySync.Flush(aside);
        return (aside, false);
    }
}

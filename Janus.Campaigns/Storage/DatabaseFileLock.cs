using Microsoft.Data.Sqlite;

namespace Janus.Campaigns.Storage;

/// <summary>
/// The right to change the database as a whole, by migrating or restoring it: one process at a time on this machine. The operating system
/// drops this lock with its process, however that ends.
/// </summary>
internal static class DatabaseFileLock
{
    /// <summary>Waits for the lock as for any other; disposing the stream lets it go.</summary>
    /// <exception cref="DatabaseBusyException">Somebody kept it for longer than the lock budget.</exception>
    /// <exception cref="IOException">The lock's file cannot be made.</exception>
    public static Task<FileStream> TakeAsync(StorageOptions options, LockRetry retry, CancellationToken cancellationToken)
    {
        var path = options.DatabaseFile + ".migrating";
        return retry.ExecuteAsync("migrate_lock", _ => Task.FromResult(Open(path)), cancellationToken);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Held by somebody else: a lock like any other, waited for by the one mechanism.
            throw new SqliteException("Another migration or a restore is running.", SqliteLocks.Busy, SqliteLocks.Busy);
        }
    }
}

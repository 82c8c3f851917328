using Janus.Campaigns.Media;

namespace Janus.Campaigns.Storage;

/// <summary>The data directory on disk.</summary>
internal static class DataDirectory
{
    // SQLite cannot even read with less: its index of the write-ahead log takes 32 KB.
    private const int LeastRoom = 64 * 1024;

    /// <summary>Creates the folder and proves that it can be written and has a little room.</summary>
    /// <exception cref="StartRefusedException">It cannot, or has none.</exception>
    public static void Prepare(StorageOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.DataDirectory);
            var probe = Path.Combine(options.DataDirectory, $".writable-{Guid.NewGuid():N}");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.Write(new byte[LeastRoom]);
        }
        catch (IOException full) when (FullDisk.Says(full))
        {
            throw new StartRefusedException(
                StartRefusedException.DataUnusable, $"The disk that holds the data directory {options.DataDirectory} is full: free some space, then start again.", full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new StartRefusedException(
                StartRefusedException.DataUnusable,
                $"The data directory {options.DataDirectory} cannot be written ({exception.Message.TrimEnd('.')}): name another with JANUS_DATA or Janus__DataDirectory.",
                exception);
        }
    }
}

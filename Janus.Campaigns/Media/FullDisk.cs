namespace Janus.Campaigns.Media;

/// <summary>Recognises a full disk by its number, never by its text.</summary>
internal static class FullDisk
{
    // ENOSPC, and ERROR_DISK_FULL.
    private const int OnUnix = 28;
    private const int OnWindows = 112;

    /// <summary>Whether the system says that the disk is full.</summary>
    public static bool Says(Exception exception) => exception is IOException && (exception.HResult & 0xFFFF) is OnUnix or OnWindows;
}

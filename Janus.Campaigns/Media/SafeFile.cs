using System.Runtime.InteropServices;

namespace Janus.Campaigns.Media;

/// <summary>Files that are there after a power cut.</summary>
internal static partial class SafeFile
{
    // W_OK of access(2).
    private const int Write = 2;

    /// <summary>
    /// Gives a file that never changes a second name, which costs nothing and keeps its bytes when the first name is deleted; copies it where
    /// the system cannot: to another disk, and on Windows.
    /// </summary>
    public static void LinkOrCopy(string source, string target)
    {
        if (!OperatingSystem.IsWindows() && Link(source, target) == 0)
            return;
        File.Copy(source, target);
        Flush(target);
    }

    /// <summary>Makes a file's bytes safe on disk.</summary>
    public static void Flush(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>
    /// Whether a file may be written, asked without opening it: closing any handle of a database's file drops the locks that SQLite has on it
    /// in this process (https://sqlite.org/howtocorrupt.html, 2.2).
    /// </summary>
    public static bool IsWritable(string path) => OperatingSystem.IsWindows() ? !new FileInfo(path).IsReadOnly : Access(path, Write) == 0;

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string added);
}

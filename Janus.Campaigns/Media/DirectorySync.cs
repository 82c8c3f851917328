using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Janus.Campaigns.Media;

/// <summary>
/// Makes a directory's entries safe on disk: after a power cut, a renamed file has its name only if its directory was synced
/// (fsync(2)). .NET opens no directories, so this asks the C library; Windows keeps its directory metadata in a journal.
/// </summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0;

    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;

        var descriptor = Open(directory, ReadOnly);
        if (descriptor < 0)
            throw Failure(directory);
        try
        {
            if (Sync(descriptor) != 0)
                throw Failure(directory);
        }
        finally
        {
            // Nothing was written through this descriptor, so its closing cannot lose anything.
            Close(descriptor);
        }
    }

    private static IOException Failure(string directory) =>
        new($"The folder {Path.GetFileName(directory)} could not be synced", new Win32Exception(Marshal.GetLastPInvokeError()));

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Close(int descriptor);
}

using System.Runtime.InteropServices;

namespace Janus.LocalHost;

/// <summary>Signals that .NET's <see cref="System.Diagnostics.Process"/> cannot send.</summary>
internal static class UnixSignal
{
    public const int Terminate = 15;

    /// <summary>Sends a signal; false when the process has ended meanwhile or is not ours.</summary>
    public static bool Send(int processId, int signal) => kill(processId, signal) == 0;

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int sig);
}

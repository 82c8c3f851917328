namespace Janus.LocalHost;

/// <summary>Janus cannot start, or go on, for a reason that a person can mend: one line that says what to do, and the host's exit code.</summary>
internal sealed class HostRefusedException(int exitCode, string message) : Exception(message)
{
    /// <summary>A service or the migration did not come up.</summary>
    public const int NotStarted = 1;

    /// <summary>A setting cannot be followed: a port, the data directory, an argument.</summary>
    public const int BadSetting = 2;

    /// <summary>Another host runs on the same data directory.</summary>
    public const int AlreadyRunning = 3;

    public int ExitCode => exitCode;
}

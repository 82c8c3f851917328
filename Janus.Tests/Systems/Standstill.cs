using Janus.LocalHost;

namespace Janus.Tests.Systems;

/// <summary>A process that stands still in the middle of whatever it does, as one does whose machine is suspended.</summary>
internal static class Standstill
{
    // SIGSTOP and SIGCONT; macOS numbers them as BSD did.
    private static readonly int _stop = OperatingSystem.IsMacOS() ? 17 : 19;
    private static readonly int _continue = OperatingSystem.IsMacOS() ? 19 : 18;

    public static void Begin(int processId) => UnixSignal.Send(processId, _stop).ShouldBeTrue();

    /// <summary>Lets it go on; false when it has ended meanwhile.</summary>
    public static bool End(int processId) => UnixSignal.Send(processId, _continue);
}

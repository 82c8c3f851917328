using System.Diagnostics;

namespace Janus.Benchmarks.Soak;

/// <summary>What one process holds at one moment.</summary>
/// <param name="Resident">Memory in bytes.</param>
/// <param name="Heap">The managed heap after its last collection in bytes; null before it was told.</param>
/// <param name="OpenFiles">Files, sockets and pipes.</param>
internal sealed record ProcessSample(long Resident, long? Heap, int OpenFiles);

/// <summary>What all of them and the database hold at one moment.</summary>
/// <param name="Processes">By service.</param>
/// <param name="WriteAheadLog">In bytes.</param>
/// <param name="Database">In bytes.</param>
internal sealed record Sample(IReadOnlyDictionary<string, ProcessSample> Processes, long WriteAheadLog, long Database)
{
    public static Sample Take(SystemUnderTest janus, HeapMetrics heaps, string dataDirectory)
    {
        var database = Path.Combine(dataDirectory, "janus.db");
        return new Sample(
            janus.Processes.ToDictionary(service => service.Key, service => Of(service.Value, heaps.BytesOf(service.Key)), StringComparer.Ordinal),
            SizeOf(database + "-wal"), SizeOf(database));
    }

    private static ProcessSample Of(int processId, long? heap)
    {
        using var process = Process.GetProcessById(processId);
        var open = OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length : process.HandleCount;
        return new ProcessSample(process.WorkingSet64, heap, open);
    }

    private static long SizeOf(string file) => new FileInfo(file) is { Exists: true } found ? found.Length : 0;
}

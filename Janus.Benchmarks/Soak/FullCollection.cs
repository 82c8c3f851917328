using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Janus.Benchmarks.Soak;

/// <summary>
/// Has another .NET process collect everything that nobody refers to, so that what is left of its heap is alive. By itself a process with memory to spare
/// leaves its oldest generation alone for longer than a soak lasts.
/// </summary>
internal static class FullCollection
{
    // A runtime that somebody begins to trace with this keyword collects at once: GCHeapCollect in
    // https://learn.microsoft.com/dotnet/fundamentals/diagnostics/runtime-garbage-collection-events.
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const long HeapCollect = 0x800000;

    /// <summary>Asks for it, and returns when it was asked for.</summary>
    public static async Task AskAsync(int processId, CancellationToken cancellationToken)
    {
        var client = new DiagnosticsClient(processId);
        using var session = await client.StartEventPipeSessionAsync([new EventPipeProvider(Runtime, EventLevel.Informational, HeapCollect)], requestRundown: false, token: cancellationToken);
        // Nothing of it is looked at, but the session ends only when all of it was read.
        var read = session.EventStream.CopyToAsync(Stream.Null, cancellationToken);
        await session.StopAsync(cancellationToken);
        await read;
    }
}

using System.Net.ServerSentEvents;
using Janus.Campaigns.Storage;

namespace Janus.ApiService.Events;

/// <summary>Why a stream stopped waiting.</summary>
internal enum Beat
{
    /// <summary>Somebody committed.</summary>
    Commit,

    /// <summary>It was silent for so long that a heartbeat is due.</summary>
    Silence,

    /// <summary>The client went or the service stops: the stream's ordinary end.</summary>
    End,
}

/// <summary>When a stream looks again and when it says that it is alive.</summary>
internal sealed class StreamRhythm(CommitSignal signal, TimeSpan heartbeat, TimeProvider time)
{
    /// <summary>The kind of the item that is sent when nothing else was for a while. It carries no id, so it moves no client's position.</summary>
    public const string HeartbeatKind = "heartbeat";

    private long _sentAt = time.GetTimestamp();

    /// <summary>The item that is sent in silence.</summary>
    public static SseItem<string> Heartbeat => new("{}", HeartbeatKind);

    /// <summary>Something was sent.</summary>
    public void Sent() => _sentAt = time.GetTimestamp();

    /// <summary>Waits for a commit after the one that was seen, at most until a heartbeat is due.</summary>
    public async Task<Beat> WaitAsync(long commit, CancellationToken end)
    {
        var left = heartbeat - time.GetElapsedTime(_sentAt);
        if (left <= TimeSpan.Zero)
        {
            Sent();
            return Beat.Silence;
        }

        try
        {
            await signal.WaitAsync(commit, left, time, end);
            return Beat.Commit;
        }
        catch (OperationCanceledException)
        {
            return Beat.End;
        }
    }
}

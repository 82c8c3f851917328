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

    /// <summary>The client went, or may not listen any more, or the service stops: the stream's ordinary end.</summary>
    End,
}

/// <summary>When a stream looks again, when it says that it is alive, and when it asks whether its caller may still listen.</summary>
/// <param name="signal">Tells of commits.</param>
/// <param name="heartbeat">The longest silence, and the time between two such questions.</param>
/// <param name="isLetIn">Whether the caller may still listen: a session may be over, a token taken back.</param>
/// <param name="time">The clock.</param>
internal sealed class StreamRhythm(CommitSignal signal, TimeSpan heartbeat, Func<CancellationToken, Task<bool>> isLetIn, TimeProvider time)
{
    /// <summary>The kind of the item that is sent when nothing else was for a while. It carries no id, so it moves no client's position.</summary>
    public const string HeartbeatKind = "heartbeat";

    private long _sentAt = time.GetTimestamp();
    private long _askedAt = time.GetTimestamp();

    /// <summary>The item that is sent in silence.</summary>
    public static SseItem<string> Heartbeat => new("{}", HeartbeatKind);

    /// <summary>Something was sent.</summary>
    public void Sent() => _sentAt = time.GetTimestamp();

    /// <summary>Waits for a commit after the one that was seen, at most until a heartbeat is due.</summary>
    public async Task<Beat> WaitAsync(long commit, CancellationToken end)
    {
        try
        {
            if (time.GetElapsedTime(_askedAt) >= heartbeat)
            {
                if (!await isLetIn(end))
                    return Beat.End;
                _askedAt = time.GetTimestamp();
            }

            var left = heartbeat - time.GetElapsedTime(_sentAt);
            if (left <= TimeSpan.Zero)
            {
                Sent();
                return Beat.Silence;
            }

            await signal.WaitAsync(commit, left, time, end);
            return Beat.Commit;
        }
        catch (Exception exception) when (exception is OperationCanceledException or DatabaseBusyException)
        {
            // Who may still listen, and nobody could say so just now, comes back by itself.
            return Beat.End;
        }
    }
}

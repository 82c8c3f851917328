namespace Janus.Gemini.Limits;

/// <summary>
/// Lets so many calls in at once and so many requests a minute. Those who wait take turns by whose call it is, so that one with six calls is
/// never behind two hundred of another.
/// </summary>
/// <param name="concurrency">Calls at once.</param>
/// <param name="perMinute">Requests in any minute; 0 for no limit.</param>
/// <param name="time">The clock of the minute.</param>
internal sealed class FairGate(int concurrency, int perMinute, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Queue<long> sent = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> round = new();
    private ITimer? nextMinute;
    private int running;

    /// <summary>How many calls may be in at once.</summary>
    public int Concurrency => concurrency;

    /// <summary>Waits for a turn, which ends when it is disposed.</summary>
    public async Task<IDisposable> EnterAsync(string share, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (!waiting.TryGetValue(share, out var queue))
            {
                waiting[share] = queue = new();
                round.Enqueue(share);
            }

            queue.Enqueue(turn);
            Admit();
        }

        await using var registration = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
        return new Turn(this);
    }

    /// <summary>A request is sent again within a turn: it counts for the minute, and has waited long enough already.</summary>
    public void CountResend()
    {
        lock (gate)
            Count();
    }

    private void Leave()
    {
        lock (gate)
        {
            running--;
            Admit();
        }
    }

    private void Admit()
    {
        while (round.TryPeek(out var share))
        {
            var queue = waiting[share];
            while (queue.TryPeek(out var gone) && gone.Task.IsCompleted)
                queue.Dequeue();
            if (queue.Count > 0 && (running >= concurrency || !IsRoomThisMinute()))
                return;

            round.Dequeue();
            // Whoever waits may have given up in this very moment; then the turn goes to the next.
            if (queue.TryDequeue(out var next) && next.TrySetResult())
            {
                running++;
                Count();
            }

            if (queue.Count > 0)
                round.Enqueue(share);
            else
                waiting.Remove(share);
        }
    }

    private bool IsRoomThisMinute()
    {
        if (perMinute == 0)
            return true;
        while (sent.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= Minute)
            sent.Dequeue();
        if (sent.Count < perMinute)
            return true;

        nextMinute ??= time.CreateTimer(_ => AdmitLater(), null, Minute - time.GetElapsedTime(sent.Peek()), Timeout.InfiniteTimeSpan);
        return false;
    }

    private void AdmitLater()
    {
        lock (gate)
        {
            nextMinute?.Dispose();
            nextMinute = null;
            Admit();
        }
    }

    private void Count()
    {
        if (perMinute > 0)
            sent.Enqueue(time.GetTimestamp());
    }

    private sealed class Turn(FairGate gate) : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
                gate.Leave();
        }
    }
}

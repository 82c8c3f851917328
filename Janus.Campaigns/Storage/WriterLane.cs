using System.Data.Common;

namespace Janus.Campaigns.Storage;

/// <summary>
/// The way to writing within a process, in the order of coming: so many at a time are in it, and the others wait. Who is in it may lead those who wait
/// through its own transaction, so that one commit serves them all: group commit.
/// </summary>
internal sealed class WriterLane(int writers)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Seat> _waiting = [];
    private int _free = writers;

    /// <summary>Enters, or waits for it.</summary>
    /// <param name="mayFollow">Whether a place in the transaction of another will do.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when it is in, and has to <see cref="Leave"/>; else its place in the transaction of another.</returns>
    public async ValueTask<Follower?> EnterAsync(bool mayFollow, CancellationToken cancellationToken)
    {
        LinkedListNode<Seat> node;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return null;
            }

            node = _waiting.AddLast(new Seat(mayFollow));
        }

        await using var cancelled = cancellationToken.UnsafeRegister(
            _ =>
            {
                if (TryRemove(node))
                    node.Value.Turn.SetCanceled(cancellationToken);
            },
            null);
        return await node.Value.Turn.Task;
    }

    /// <summary>Enters if nobody has to be waited for.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_free == 0)
                return false;
            _free--;
            return true;
        }
    }

    /// <summary>Gives the first who waits and may follow a place in a transaction; null when there is none.</summary>
    public Follower? TakeFollower(DbTransaction transaction)
    {
        Seat? seat;
        lock (_gate)
        {
            seat = _waiting.FirstOrDefault(waiting => waiting.MayFollow);
            if (seat is null)
                return null;
            _waiting.Remove(seat);
        }

        var follower = new Follower(transaction);
        seat.Turn.SetResult(follower);
        return follower;
    }

    /// <summary>Leaves: the first who waits is in.</summary>
    public void Leave()
    {
        Seat next;
        lock (_gate)
        {
            if (_waiting.First is not { } first)
            {
                _free++;
                return;
            }

            _waiting.RemoveFirst();
            next = first.Value;
        }

        next.Turn.SetResult(null);
    }

    private bool TryRemove(LinkedListNode<Seat> node)
    {
        lock (_gate)
        {
            if (node.List is null)
                return false;
            _waiting.Remove(node);
            return true;
        }
    }

    private sealed class Seat(bool mayFollow)
    {
        public bool MayFollow { get; } = mayFollow;

        public TaskCompletionSource<Follower?> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A place in the transaction of another writer of the same process.</summary>
internal sealed class Follower(DbTransaction transaction)
{
    private readonly TaskCompletionSource<bool> _returned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The transaction; it is nobody else's until <see cref="Return"/>.</summary>
    public DbTransaction Transaction => transaction;

    /// <summary>Whether what was written stands in the transaction, or was taken back and left it as it was; false when neither is sure. For who leads.</summary>
    public Task<bool> Returned => _returned.Task;

    /// <summary>Whether the transaction was committed. For who follows.</summary>
    public Task<bool> Committed => _committed.Task;

    /// <summary>Gives the transaction back; only the first time counts.</summary>
    public void Return(bool isSound) => _returned.TrySetResult(isSound);

    /// <summary>Says how the transaction ended.</summary>
    public void End(bool isCommitted) => _committed.TrySetResult(isCommitted);
}

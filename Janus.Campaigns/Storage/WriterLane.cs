using System.Data.Common;

namespace Janus.Campaigns.Storage;

/// <summary>
/// The way to writing within a process, in the order of coming: so many at a time are in it, and the others wait. Who is in it may take those along who
/// wait, so that one commit serves them all.
/// </summary>
internal sealed class WriterLane(int writers)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Seat> _waiting = [];
    private int _free = writers;

    /// <summary>Enters, or waits for it.</summary>
    /// <param name="mayRide">Whether to be taken along will do.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when it is in, and has to <see cref="Leave"/>; else the transaction of another that it is taken along in.</returns>
    public async ValueTask<Ride?> EnterAsync(bool mayRide, CancellationToken cancellationToken)
    {
        LinkedListNode<Seat> node;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return null;
            }

            node = _waiting.AddLast(new Seat(mayRide));
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

    /// <summary>Takes the first along who waits and may ride; null when there is none.</summary>
    public Ride? TakeAlong(DbTransaction transaction)
    {
        Seat? seat;
        lock (_gate)
        {
            seat = _waiting.FirstOrDefault(waiting => waiting.MayRide);
            if (seat is null)
                return null;
            _waiting.Remove(seat);
        }

        var ride = new Ride(transaction);
        seat.Turn.SetResult(ride);
        return ride;
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

    private sealed class Seat(bool mayRide)
    {
        public bool MayRide { get; } = mayRide;

        public TaskCompletionSource<Ride?> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A place in the transaction of another writer of the same process.</summary>
internal sealed class Ride(DbTransaction transaction)
{
    private readonly TaskCompletionSource<bool> _gotOff = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The transaction; it is nobody else's until <see cref="GetOff"/>.</summary>
    public DbTransaction Transaction => transaction;

    /// <summary>Whether what was written stands in the transaction, or was taken back and left it as it was; false when neither is sure. For who took it along.</summary>
    public Task<bool> GotOff => _gotOff.Task;

    /// <summary>Whether the transaction was committed. For who rides.</summary>
    public Task<bool> Arrived => _arrived.Task;

    /// <summary>Gives the transaction back; only the first time counts.</summary>
    public void GetOff(bool isSound) => _gotOff.TrySetResult(isSound);

    /// <summary>Says how the transaction ended.</summary>
    public void Arrive(bool isCommitted) => _arrived.TrySetResult(isCommitted);
}

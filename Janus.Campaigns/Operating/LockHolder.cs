using Janus.Campaigns.Storage;

namespace Janus.Campaigns.Operating;

/// <summary>
/// Keeps everybody from writing, so that somebody can watch the retries of everybody else: on a connection of its own, as another process would,
/// and within one block of <see cref="LockRetry"/>, so that a trace shows who held it (<c>db hold_lock</c>).
/// </summary>
public sealed class LockHolder(DatabaseEngine engine, LockRetry retry, TimeProvider time)
{
    private int _holders;

    /// <summary>Waits for the lock and holds it.</summary>
    /// <param name="length">How long.</param>
    /// <param name="cancellationToken">Lets go of the lock early, which is no error.</param>
    /// <returns>How long it was held; refused when this process holds it already.</returns>
    /// <exception cref="DatabaseBusyException">Others kept it for longer than the lock budget.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before it was held.</exception>
    public async Task<Decision<TimeSpan>> HoldAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _holders, 1) != 0)
            return Decision<TimeSpan>.Refuse(RefusalKind.Conflict, "The lock is being held already.");
        try
        {
            return Decision<TimeSpan>.Accept(await retry.ExecuteAsync(
                "hold_lock", token => engine.HoldAsync(held => KeepAsync(length, held), token), cancellationToken));
        }
        finally
        {
            Volatile.Write(ref _holders, 0);
        }
    }

    private async Task<TimeSpan> KeepAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        await Task.Delay(length, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return time.GetElapsedTime(start);
    }
}

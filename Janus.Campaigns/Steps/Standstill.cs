using Janus.Campaigns.Storage;

namespace Janus.Campaigns.Steps;

/// <summary>
/// Knows when the database last refused writes for so long that living workers may have missed a renewal. A lease that ran out in such a time
/// says nothing about its worker, whose answer is paid for and waits to be recorded: taking the step back would pay for it twice.
/// </summary>
public sealed class Standstill
{
    /// <summary>The operation that takes steps back. When it was refused itself, others were too.</summary>
    internal const string Reclaim = "reclaim";

    private long _until;

    /// <summary>Begins to watch a process's writes.</summary>
    public Standstill(LockRetry retry, LockRetryOptions locks, StepOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(retry);
        ArgumentNullException.ThrowIfNull(locks);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        // Leases are renewed three times within their length; a budget that ends before that is noticed at its half.
        var tooLong = options.Lease / 3 < locks.Budget / 2 ? options.Lease / 3 : locks.Budget / 2;
        retry.Refused += refusal =>
        {
            if (refusal.Waited >= tooLong || refusal.Operation == Reclaim)
                Volatile.Write(ref _until, (time.GetUtcNow() + (options.Lease / 2)).UtcTicks);
        };
    }

    /// <summary>Until when nothing is taken back, UTC: half a lease after the last long refusal, so that who lives can renew or record first. May be past.</summary>
    public DateTimeOffset Until => new(Volatile.Read(ref _until), TimeSpan.Zero);
}

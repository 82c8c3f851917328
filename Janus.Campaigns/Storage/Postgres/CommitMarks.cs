using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Janus.Campaigns.Storage;

/// <summary>
/// Tells what became of a commit whose answer was lost. Each transaction raises a number in a row that no other uses meanwhile: where the number is
/// there, so is everything else. The number that PostgreSQL itself gives a transaction says less: a server that crashes gives it to another.
/// </summary>
internal sealed class CommitMarks(NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>Where the rows are.</summary>
    public const string Table = "commit_marks";

    // A transaction that wrote nothing has no number of its own, and gets no mark: nothing of it can be lost.
    private const string Raise =
        $"INSERT INTO {Table} AS mark (slot, number, raised_at) SELECT $1, $2, $3 WHERE pg_current_xact_id_if_assigned() IS NOT NULL ON CONFLICT (slot) DO UPDATE SET number = excluded.number, raised_at = excluded.raised_at";

    // It writes as well, because only who writes waits for a transaction that the server has not given up yet.
    private const string Ask =
        $"INSERT INTO {Table} AS mark (slot, number, raised_at) VALUES ($1, 0, $2) ON CONFLICT (slot) DO UPDATE SET raised_at = excluded.raised_at RETURNING mark.number";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    // Long before somebody sweeps it away.
    private static readonly TimeSpan Trusted = Kept / 2;
    private readonly ConcurrentBag<Slot> _free = [];

    /// <summary>Takes a slot, which nobody else has until <see cref="Slot.GiveBack"/>. One whose transaction failed is not given back: nobody knows of its row.</summary>
    public Slot Rent() => _free.TryTake(out var slot) ? slot : new Slot(this);

    /// <summary>Deletes the rows of processes that are long gone. A process that has only slept makes its own anew.</summary>
    public static Task<int> SweepAsync(CampaignsContext context, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Set<CommitMark>().Where(mark => mark.RaisedAt < now - Kept).ExecuteDeleteAsync(cancellationToken);

    /// <summary>A row for one transaction after the other.</summary>
    internal sealed class Slot(CommitMarks marks)
    {
        private Guid _id = Guid.NewGuid();
        private long _number;
        private bool _isThere;
        private DateTimeOffset _raisedAt;

        /// <summary>Marks a transaction together with the changes that a context is about to save, so that no statement is sent for it alone.</summary>
        public void RaiseWith(CampaignsContext context)
        {
            var now = marks.Time.GetUtcNow();
            if (_isThere && now - _raisedAt > Trusted)
                (_id, _isThere) = (Guid.NewGuid(), false);
            _raisedAt = now;
            context.Entry(new CommitMark { Slot = _id, Number = ++_number, RaisedAt = now }).State = _isThere ? EntityState.Modified : EntityState.Added;
        }

        /// <summary>Marks a transaction whose changes were all sent already, as its last statement.</summary>
        /// <returns>False when it has written nothing.</returns>
        public async Task<bool> RaiseAsync(CampaignsContext context, CancellationToken cancellationToken)
        {
            _number++;
            _raisedAt = marks.Time.GetUtcNow();
            await using var command = PostgresEngine.CommandIn(context, Raise, _id, _number, MicrosecondConverter.Store(_raisedAt));
            return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
        }

        /// <summary>Asks whether the transaction that was marked last has committed; waits until the server knows.</summary>
        /// <exception cref="DbException">The server cannot be asked now.</exception>
        public async Task<bool> HasCommittedAsync(CancellationToken cancellationToken)
        {
            await using var command = marks.Source.CreateCommand(Ask);
            command.Parameters.Add(new NpgsqlParameter { Value = _id });
            command.Parameters.Add(new NpgsqlParameter { Value = MicrosecondConverter.Store(marks.Time.GetUtcNow()) });
            return (long)(await command.ExecuteScalarAsync(cancellationToken))! >= _number;
        }

        /// <summary>Lets the next transaction have it.</summary>
        /// <param name="isThere">Whether a transaction that was marked has committed.</param>
        public void GiveBack(bool isThere)
        {
            _isThere |= isThere;
            marks._free.Add(this);
        }
    }

    private NpgsqlDataSource Source => source;

    private TimeProvider Time => time;
}

/// <summary>The mark of a transaction; see <see cref="CommitMarks"/>.</summary>
internal sealed class CommitMark
{
    /// <summary>The row, which one process has for itself.</summary>
    public Guid Slot { get; init; }

    /// <summary>How many transactions have raised it.</summary>
    public long Number { get; init; }

    /// <summary>When it was raised last, UTC.</summary>
    public DateTimeOffset RaisedAt { get; init; }
}

namespace Janus.Campaigns.Storage;

/// <summary>One refused try.</summary>
/// <param name="Operation">The block's name.</param>
/// <param name="Attempt">The try that was refused, from 1.</param>
/// <param name="Code">The database's code: of SQLite such as 5, 6, 261 or 517, of PostgreSQL such as 40P01 or 55P03; or a word where the connection was lost.</param>
/// <param name="Blocked">From the start of the refused try to its refusal.</param>
/// <param name="Delay">The wait before the next try.</param>
/// <param name="Waited">How long the block has waited up to now, in its process's writer lane and for the lock.</param>
public sealed record LockRefusal(string Operation, int Attempt, string Code, TimeSpan Blocked, TimeSpan Delay, TimeSpan Waited);

/// <summary>The database stayed locked for longer than the budget. The work was not done and may be tried again later.</summary>
public sealed class DatabaseBusyException(string operation, TimeSpan waited, int attempts, Exception innerException)
    : Exception($"The database was busy for {waited.TotalSeconds:0.0} s ({attempts} tries at {operation}).", innerException)
{
    /// <summary>The block's name.</summary>
    public string Operation { get; } = operation;

    /// <summary>How long it was tried.</summary>
    public TimeSpan Waited { get; } = waited;

    /// <summary>How many times it was tried.</summary>
    public int Attempts { get; } = attempts;
}

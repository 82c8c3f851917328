using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Janus.Campaigns.Storage;

/// <summary>
/// Brings EF's own units (a query, a SaveChanges, a migration) under <see cref="LockRetry"/>. A unit within a transaction that
/// somebody began outside a block is run once: only its transaction as a whole could be tried again, and they hold that.
/// </summary>
public sealed class LockRetryExecutionStrategy(DbContext context, LockRetry retry) : IExecutionStrategy
{
    /// <summary>
    /// False, so that EF does not copy every result before it is read. SQLite takes its snapshot with the first row, so what refuses a query does so
    /// before anything of it was read, within the unit that is tried again: https://sqlite.org/isolation.html.
    /// </summary>
    public bool RetriesOnFailure => false;

    /// <inheritdoc />
    public TResult Execute<TState, TResult>(
        TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded) =>
        IsInForeignTransaction ? operation(context, state) : retry.Execute("statement", () => operation(context, state));

    /// <inheritdoc />
    public Task<TResult> ExecuteAsync<TState, TResult>(
        TState state, Func<DbContext, TState, CancellationToken, Task<TResult>> operation,
        Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded, CancellationToken cancellationToken = default) =>
        IsInForeignTransaction
            ? operation(context, state, cancellationToken)
            : retry.ExecuteAsync("statement", token => operation(context, state, token), cancellationToken);

    // Within a block it makes no difference: the block's own tries go on.
    private bool IsInForeignTransaction => context.Database.CurrentTransaction is not null;
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Janus.Campaigns.Storage;

/// <summary>
/// Brings EF's own units (a query, a SaveChanges, a migration) under <see cref="LockRetry"/>. A unit within a transaction that
/// somebody began outside a block is run once: only its transaction as a whole could be tried again, and they hold that.
/// </summary>
public sealed class LockRetryExecutionStrategy(DbContext context, LockRetry retry) : IExecutionStrategy
{
    /// <summary>Always true, so that EF buffers results and a query can run again from its start.</summary>
    public bool RetriesOnFailure => true;

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

using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Janus.Benchmarks.Engine;

/// <summary>One statement that the engine sent, or a transaction's begin or end.</summary>
/// <param name="Text">The SQL.</param>
/// <param name="Parameters">Its parameters; empty for begin and end.</param>
internal sealed record SentSql(string Text, IReadOnlyList<KeyValuePair<string, object?>> Parameters)
{
    public static SentSql Plain(string text) => new(text, []);
}

/// <summary>Writes down every statement that EF sends, in order, with its values: what a program without EF would have to send.</summary>
internal sealed class SqlRecording : DbCommandInterceptor, IDbTransactionInterceptor
{
    private readonly List<SentSql> _sent = [];

    public IReadOnlyList<SentSql> Sent => _sent;

    public void Clear() => _sent.Clear();

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Add(command);
        return new(result);
    }

    public ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        _sent.Add(SentSql.Plain(result.IsolationLevel == System.Data.IsolationLevel.ReadUncommitted ? "BEGIN" : "BEGIN IMMEDIATE"));
        return new(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        _sent.Add(SentSql.Plain("COMMIT"));
        return Task.CompletedTask;
    }

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        _sent.Add(SentSql.Plain("ROLLBACK"));
        return Task.CompletedTask;
    }

    private void Add(DbCommand command) => _sent.Add(new SentSql(
        command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => KeyValuePair.Create(parameter.ParameterName, parameter.Value))]));
}

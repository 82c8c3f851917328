using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Janus.Campaigns.Storage;

/// <summary>
/// Keeps the statements of a connection that stays open prepared, as Npgsql does for PostgreSQL. EF makes a command for each execution, and the provider
/// would have SQLite parse and plan its text each time, which takes longer than most of these statements run.
/// </summary>
internal sealed class KeptStatements : DbCommandInterceptor
{
    /// <summary>How many texts a connection remembers; the one that was not used for the longest goes first.</summary>
    internal const int Most = 200;

    private static readonly ConditionalWeakTable<DbConnection, OfConnection> Kept = [];

    /// <summary>Lets a connection keep its statements from now on, until it is closed for good.</summary>
    public static void Begin(SqliteConnection connection) => Kept.Add(connection, new OfConnection(connection));

    /// <summary>How many statements a connection keeps prepared.</summary>
    internal static int CountOf(DbConnection connection) => Kept.TryGetValue(connection, out var statements) ? statements.Prepared : 0;

    /// <inheritdoc />
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        Read(command, result);

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read(command, result));
    }

    /// <inheritdoc />
    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
        Run(command, result);

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Run(command, result));
    }

    private static InterceptionResult<DbDataReader> Read(DbCommand command, InterceptionResult<DbDataReader> result) =>
        !result.HasResult && Find(command) is { } kept ? InterceptionResult<DbDataReader>.SuppressWithResult(kept.Read(command)) : result;

    private static InterceptionResult<int> Run(DbCommand command, InterceptionResult<int> result) =>
        !result.HasResult && Find(command) is { } kept ? InterceptionResult<int>.SuppressWithResult(kept.Run(command)) : result;

    private static Statement? Find(DbCommand command) =>
        command.Connection is { } connection && Kept.TryGetValue(connection, out var statements) ? statements.Find(command.CommandText) : null;

    private sealed class OfConnection(SqliteConnection connection)
    {
        private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
        private long _uses;

        public int Prepared => _statements.Values.Count(statement => statement.IsPrepared);

        // A text that comes once is not worth it: the second time it is prepared.
        public Statement? Find(string text)
        {
            _uses++;
            if (_statements.TryGetValue(text, out var statement))
            {
                statement.LastUse = _uses;
                return statement.IsRead ? null : statement;
            }

            if (_statements.Count == Most)
                Forget();
            _statements.Add(text, new Statement(connection, text) { LastUse = _uses });
            return null;
        }

        private void Forget()
        {
            var (text, statement) = _statements.Where(pair => !pair.Value.IsRead).MinBy(pair => pair.Value.LastUse);
            _statements.Remove(text);
            statement.Dispose();
        }
    }

    private sealed class Statement(SqliteConnection connection, string text) : IDisposable
    {
        private SqliteCommand? _command;
        private SqliteDataReader? _reader;

        public long LastUse { get; set; }

        public bool IsPrepared => _command is not null;

        // The same statement twice at once needs a command of its own.
        public bool IsRead => _reader is { IsClosed: false };

        public SqliteDataReader Read(DbCommand asked) => _reader = Execute(asked, static command => command.ExecuteReader());

        public int Run(DbCommand asked) => Execute(asked, static command => command.ExecuteNonQuery());

        public void Dispose()
        {
            _command?.Dispose();
            _command = null;
        }

        private TResult Execute<TResult>(DbCommand asked, Func<SqliteCommand, TResult> execute)
        {
            try
            {
                return execute(Prepare(asked));
            }
            catch
            {
                // What it left half done goes with it.
                Dispose();
                throw;
            }
        }

        private SqliteCommand Prepare(DbCommand asked)
        {
            if (_command is null)
            {
                _command = connection.CreateCommand();
#pragma warning disable CA2100 // It is EF's own text, with its values as parameters.
                _command.CommandText = text;
#pragma warning restore CA2100
            }

            _command.Transaction = (SqliteTransaction?)asked.Transaction;
            _command.CommandTimeout = asked.CommandTimeout;
            _command.Parameters.Clear();
            foreach (DbParameter parameter in asked.Parameters)
                _command.Parameters.Add(parameter);
            return _command;
        }
    }
}

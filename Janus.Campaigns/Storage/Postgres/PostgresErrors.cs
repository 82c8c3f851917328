using System.Net.Sockets;
using Npgsql;

namespace Janus.Campaigns.Storage;

/// <summary>Which refusals of PostgreSQL pass by themselves. Recognised by SQLSTATE, never by text: https://www.postgresql.org/docs/15/errcodes-appendix.html.</summary>
internal static class PostgresErrors
{
    public const string LockNotAvailable = PostgresErrorCodes.LockNotAvailable;

    // idle_in_transaction_session_timeout, which the provider has no name for.
    private const string IdleInTransaction = "25P03";

    /// <summary>What is told where there is no SQLSTATE because the server did not get to say anything.</summary>
    public const string ConnectionLost = "connection_lost";

    /// <summary>The same when the server, or a free connection of the pool, was waited for in vain.</summary>
    public const string TimedOut = "timed_out";

    // Serialisation and deadlock; a lock that was waited for; a server that stops, starts or cuts a session off; no room for a session; and a server that
    // only reads, as one does for a moment that is about to take the place of another.
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        PostgresErrorCodes.SerializationFailure, PostgresErrorCodes.DeadlockDetected, PostgresErrorCodes.StatementCompletionUnknown, LockNotAvailable,
        PostgresErrorCodes.AdminShutdown, PostgresErrorCodes.CrashShutdown, PostgresErrorCodes.CannotConnectNow, PostgresErrorCodes.IdleSessionTimeout,
        IdleInTransaction, PostgresErrorCodes.TooManyConnections, PostgresErrorCodes.ConfigurationLimitExceeded,
        PostgresErrorCodes.ReadOnlySqlTransaction,
    };

    /// <summary>The SQLSTATE, or the word for a lost connection, of what may succeed when it is tried again; else null.</summary>
    public static string? CodeOf(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            switch (current)
            {
                case PostgresException refused:
                    return Passing.Contains(refused.SqlState) || refused.SqlState.StartsWith("08", StringComparison.Ordinal) ? refused.SqlState : null;
                case NpgsqlException { InnerException: TimeoutException }:
                    return TimedOut;
                case NpgsqlException { InnerException: IOException or SocketException }:
                    return ConnectionLost;
            }
        }

        return null;
    }

    /// <summary>Whether nobody can say what became of a commit that ended so.</summary>
    public static bool LeavesCommitOpen(Exception exception) => CodeOf(exception) is
        ConnectionLost or TimedOut or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.IdleSessionTimeout or IdleInTransaction
        or PostgresErrorCodes.StatementCompletionUnknown or ['0', '8', ..];

    /// <summary>Whether the server's disk is full or gone: disk_full, io_error.</summary>
    public static bool IsOutOfRoom(Exception? exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.IoError } || (exception is not null && IsOutOfRoom(exception.InnerException));

    /// <summary>The first exception of PostgreSQL or its provider in a chain; null when there is none.</summary>
    public static NpgsqlException? Within(Exception? exception) => exception is null ? null : exception as NpgsqlException ?? Within(exception.InnerException);
}

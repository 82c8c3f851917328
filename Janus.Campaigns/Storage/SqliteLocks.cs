using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Janus.Campaigns.Storage;

/// <summary>What SQLite calls locked, and how its connections are set up so that a lock is seen at once.</summary>
public static class SqliteLocks
{
    internal const int Busy = 5;
    private const int Locked = 6;

    /// <summary>
    /// The extended result code when an exception, or one inside it, says that the database is locked; else null. Recognised
    /// by the primary code (SQLITE_BUSY 5, SQLITE_LOCKED 6), never by text: https://sqlite.org/rescode.html.
    /// </summary>
    public static int? CodeOf(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            // The low byte of an extended code is the primary one, wherever the provider happens to put which.
            if (current is SqliteException refused && (refused.SqliteErrorCode & 0xFF) is Busy or Locked)
                return refused.SqliteExtendedErrorCode;
        }

        return null;
    }

    /// <summary>
    /// The connection string as Janus uses it. A default time-out of -1 turns off the provider's own loop, which would
    /// block a thread for up to 30 s and hide every refusal.
    /// </summary>
    public static string Prepare(string connectionString) => new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = -1 }.ToString();

    /// <summary>
    /// Sets up an open connection: SQLite's own short wait, foreign keys, and a full sync at every commit, so that a
    /// committed transaction survives a power cut.
    /// </summary>
    public static async Task SetUpAsync(DbConnection connection, TimeSpan busyTimeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        foreach (var statement in SetUpStatements(busyTimeout))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <inheritdoc cref="SetUpAsync" />
    public static void SetUp(DbConnection connection, TimeSpan busyTimeout)
    {
        ArgumentNullException.ThrowIfNull(connection);
        foreach (var statement in SetUpStatements(busyTimeout))
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    // One command each: what follows a statement that gives a row is run as the provider's reader is disposed, where a
    // refusal is swallowed, and the connection would be used without its settings.
    private static string[] SetUpStatements(TimeSpan busyTimeout) =>
    [
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA busy_timeout={(int)busyTimeout.TotalMilliseconds}"),
        "PRAGMA foreign_keys=ON",
        "PRAGMA synchronous=FULL",
    ];
}

/// <summary>
/// Sets up every connection that EF opens. A connection whose set-up was refused or cancelled is closed again: EF would
/// otherwise find it open at the next try and use it without its settings.
/// </summary>
internal sealed class SqliteConnectionSetUp(LockRetryOptions options) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        try
        {
            SqliteLocks.SetUp(connection, options.BusyTimeout);
        }
        catch
        {
            connection.Close();
            throw;
        }
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        try
        {
            await SqliteLocks.SetUpAsync(connection, options.BusyTimeout, cancellationToken);
        }
        catch
        {
            await connection.CloseAsync();
            throw;
        }
    }
}

using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Janus.Campaigns.Storage;

/// <summary>What SQLite calls locked, and how its connections are set up so that a lock is seen at once.</summary>
public static class SqliteLocks
{
    /// <summary>
    /// To how many bytes the write-ahead log is cut back once it is begun anew. Whoever reads an older snapshot meanwhile keeps it from that.
    /// </summary>
    public const long JournalLimit = 8 * 1024 * 1024;

    /// <summary>
    /// How many pages a process writes to the log before it begins it anew: 4 MB, as SQLite's own default. SQLite's checkpoint begins at twice as many,
    /// for who writes in another way.
    /// </summary>
    internal const int LogPages = 1000;

    internal const int Busy = 5;
    private const int Locked = 6;

    /// <summary>
    /// The extended result code when an exception, or one inside it, says that the database is locked; else null. Recognised
    /// by the primary code (SQLITE_BUSY 5, SQLITE_LOCKED 6), never by text: https://sqlite.org/rescode.html.
    /// </summary>
    public static string? CodeOf(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            // The low byte of an extended code is the primary one, wherever the provider happens to put which.
            if (current is SqliteException refused && (refused.SqliteErrorCode & 0xFF) is Busy or Locked)
                return refused.SqliteExtendedErrorCode.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return null;
    }

    /// <summary>
    /// The connection string as Janus uses it. A default time-out of -1 turns off the provider's own loop, which would
    /// block a thread for up to 30 s and hide every refusal.
    /// </summary>
    public static string Prepare(string connectionString) => new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = -1 }.ToString();

    /// <summary>
    /// Sets up an open connection: SQLite's own short wait, foreign keys, a bound for the write-ahead log, and a full sync at every commit,
    /// so that a committed transaction survives a power cut, unless told otherwise.
    /// </summary>
    public static async Task SetUpAsync(DbConnection connection, TimeSpan busyTimeout, CancellationToken cancellationToken, bool syncsEveryCommit = true)
    {
        ArgumentNullException.ThrowIfNull(connection);
        foreach (var statement in SetUpStatements(busyTimeout, syncsEveryCommit))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <inheritdoc cref="SetUpAsync" />
    public static void SetUp(DbConnection connection, TimeSpan busyTimeout, bool syncsEveryCommit = true)
    {
        ArgumentNullException.ThrowIfNull(connection);
        foreach (var statement in SetUpStatements(busyTimeout, syncsEveryCommit))
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    // One command each: what follows a statement that gives a row is run as the provider's reader is disposed, where a
    // refusal is swallowed, and the connection would be used without its settings.
    private static string[] SetUpStatements(TimeSpan busyTimeout, bool syncsEveryCommit) =>
    [
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA busy_timeout={(int)busyTimeout.TotalMilliseconds}"),
        "PRAGMA foreign_keys=ON",
        syncsEveryCommit ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL",
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA journal_size_limit={JournalLimit}"),
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint={2 * LogPages}"),
    ];
}

/// <summary>
/// Sets up every connection that EF opens, once: what a pooled connection was told stays with its handle. A connection whose set-up was refused
/// or cancelled is closed again: EF would otherwise find it open at the next try and use it without its settings.
/// </summary>
internal sealed class SqliteConnectionSetUp(LockRetryOptions options, bool syncsEveryCommit = true) : DbConnectionInterceptor
{
    private static readonly ConditionalWeakTable<object, Settings> Known = [];
    private readonly Settings _wanted = new(options.BusyTimeout, syncsEveryCommit);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (IsSetUp(connection))
            return;
        try
        {
            SqliteLocks.SetUp(connection, options.BusyTimeout, syncsEveryCommit);
        }
        catch
        {
            connection.Close();
            throw;
        }

        Remember(connection);
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (IsSetUp(connection))
            return;
        try
        {
            await SqliteLocks.SetUpAsync(connection, options.BusyTimeout, cancellationToken, syncsEveryCommit);
        }
        catch
        {
            await connection.CloseAsync();
            throw;
        }

        Remember(connection);
    }

    private bool IsSetUp(DbConnection connection) =>
        connection is SqliteConnection { Handle: { } handle } && Known.TryGetValue(handle, out var settings) && settings == _wanted;

    private void Remember(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle })
            Known.AddOrUpdate(handle, _wanted);
    }

    private sealed record Settings(TimeSpan BusyTimeout, bool SyncsEveryCommit);
}

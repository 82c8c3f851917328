using Janus.Campaigns.Storage;
using Microsoft.Data.Sqlite;

namespace Janus.Tests.Storage;

/// <summary>
/// A lock that somebody else holds on the file. It is let go by the first refusal itself, so that a test waits for a fact.
/// </summary>
internal sealed class ForeignLock : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand? _reading;

    private ForeignLock(SqliteConnection connection, SqliteCommand? reading = null) => (_connection, _reading) = (connection, reading);

    /// <summary>The refusals seen, in order.</summary>
    public List<LockRefusal> Refusals { get; } = [];

    /// <summary>The write lock: everybody may still read (WAL).</summary>
    public static ForeignLock OnWriting(TestDatabase database) => Holding(database, "BEGIN IMMEDIATE");

    /// <summary>The whole file, for a file in the rollback journal mode: nobody else may even read.</summary>
    public static ForeignLock OnEverything(TestDatabase database) => Holding(database, "BEGIN EXCLUSIVE");

    /// <summary>The whole file in WAL mode: the exclusive locking mode keeps it from the first write on.</summary>
    public static ForeignLock OnEverythingInWal(TestDatabase database)
    {
        database.ClearPool();
        return Holding(database, "PRAGMA locking_mode=EXCLUSIVE; CREATE TABLE foreigner (id INTEGER); DROP TABLE foreigner");
    }

    /// <summary>A reader in the middle of its rows: in the rollback journal mode a COMMIT must wait for it.</summary>
    public static ForeignLock ByReading(TestDatabase database)
    {
        var connection = database.OpenForeign();
        var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM sqlite_master";
        command.ExecuteReader().Read().ShouldBeTrue();
        return new ForeignLock(connection, command);
    }

    /// <summary>Lets go as soon as the mechanism tells of a refusal, and keeps every refusal.</summary>
    public ForeignLock ReleasedBy(LockRetry retry)
    {
        retry.Refused += refusal =>
        {
            Refusals.Add(refusal);
            Dispose();
        };
        return this;
    }

    /// <summary>Closes the connection, and with it the lock.</summary>
    public void Dispose()
    {
        _reading?.Dispose();
        _connection.Dispose();
    }

    private static ForeignLock Holding(TestDatabase database, string sql)
    {
        var connection = database.OpenForeign();
        connection.Run(sql);
        return new ForeignLock(connection);
    }
}

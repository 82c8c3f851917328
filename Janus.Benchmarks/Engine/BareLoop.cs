using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Janus.Benchmarks.Engine;

/// <summary>Sends what the engine sent, statement by statement and transaction by transaction, through Microsoft.Data.Sqlite alone, and reads every value that comes back.</summary>
internal static class BareLoop
{
    /// <summary>Sends everything, and says how long it took.</summary>
    /// <param name="databaseFile">A database as it was before the first of the statements.</param>
    /// <param name="statements">What is sent.</param>
    /// <param name="synchronous">The word of the PRAGMA.</param>
    /// <param name="connections">How many take turns, each for one transaction: whoever's turn it is reads anew what another has changed, as a process must.</param>
    public static TimeSpan Replay(string databaseFile, IReadOnlyList<SentSql> statements, string synchronous, int connections = 1)
    {
        var all = Enumerable.Range(0, connections).Select(_ => Open(databaseFile, synchronous)).ToList();
        try
        {
            var started = Stopwatch.GetTimestamp();
            var turn = 0;
            foreach (var statement in statements)
            {
                Execute(all[turn % connections], statement);
                if (statement.Text == "COMMIT")
                    turn++;
            }

            return Stopwatch.GetElapsedTime(started);
        }
        finally
        {
            all.ForEach(connection => connection.Dispose());
        }
    }

    private static SqliteConnection Open(string databaseFile, string synchronous)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = databaseFile, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, SentSql.Plain("PRAGMA foreign_keys=ON"));
        // The one setting that differs is one of two words of our own.
        Execute(connection, SentSql.Plain($"PRAGMA synchronous={synchronous}"));
        return connection;
    }

    private static void Execute(SqliteConnection connection, SentSql statement)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // It is what EF sent a moment ago, with its values as parameters.
        command.CommandText = statement.Text;
#pragma warning restore CA2100
        foreach (var (name, value) in statement.Parameters)
            command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        var values = new object[reader.FieldCount];
        do
        {
            while (reader.Read())
                reader.GetValues(values);
        }
        while (reader.NextResult());
    }
}

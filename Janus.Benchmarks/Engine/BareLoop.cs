using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Janus.Benchmarks.Engine;

/// <summary>Sends what the engine sent, statement by statement and transaction by transaction, through Microsoft.Data.Sqlite alone, and reads every value that comes back.</summary>
internal static class BareLoop
{
    public static TimeSpan Replay(string databaseFile, IReadOnlyList<SentSql> statements, string synchronous)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = databaseFile, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, SentSql.Plain("PRAGMA foreign_keys=ON"));
        // The one setting that differs is one of two words of our own.
        Execute(connection, SentSql.Plain($"PRAGMA synchronous={synchronous}"));

        var started = Stopwatch.GetTimestamp();
        foreach (var statement in statements)
            Execute(connection, statement);
        return Stopwatch.GetElapsedTime(started);
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

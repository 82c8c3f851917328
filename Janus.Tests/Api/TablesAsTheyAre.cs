using System.Data.Common;
using Janus.Tests.Storage;

namespace Janus.Tests.Api;

/// <summary>Every row of every table of a database, so that a test can say that nothing at all was changed.</summary>
internal static class TablesAsTheyAre
{
    /// <summary>Reads them, each row as a line that begins with its table.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(TestStore store)
    {
        await using var connection = store.Open();
        var rows = new List<string>();
        foreach (var table in store.Tables(connection))
            rows.AddRange((await ReadAsync(connection, $"SELECT * FROM \"{table}\" ORDER BY 1, 2")).Select(row => $"{table}: {row}"));
        return rows;
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column).ToString())));
        return rows;
    }
}

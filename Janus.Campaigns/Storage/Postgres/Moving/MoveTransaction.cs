using System.Runtime.CompilerServices;
using Npgsql;

namespace Janus.Campaigns.Storage.Moving;

/// <summary>Everything that a move does in its one transaction.</summary>
/// <param name="connection">The connection that has the transaction.</param>
internal sealed class MoveTransaction(NpgsqlConnection connection)
{
    // Of one statement. Sorting a large table, or checking its foreign keys, may take minutes.
    private static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    /// <summary>Keeps everybody else from writing until the transaction ends, and makes it last as long as it has to.</summary>
    public async Task TakeAsync(IReadOnlyList<MovedTable> tables, CancellationToken cancellationToken)
    {
        await RunAsync("SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '5s'", cancellationToken);
        await RunAsync($"LOCK TABLE {Names(tables)} IN EXCLUSIVE MODE", cancellationToken);
        foreach (var table in tables)
        {
            await using var command = Command($"SELECT EXISTS (SELECT 1 FROM \"{table.Name}\")");
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
                throw new MoveRefusedException($"Somebody has just begun to use the target (its table {table.Name} has rows): name an empty database.");
        }
    }

    /// <summary>Copies rows into a table.</summary>
    /// <returns>How many there were.</returns>
    public async Task<long> CopyAsync(MovedTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        await using var importer = await connection.BeginBinaryImportAsync($"COPY \"{table.Name}\" ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        importer.Timeout = Limit;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await importer.StartRowAsync(cancellationToken);
            for (var index = 0; index < row.Length; index++)
                await table.Columns[index].WriteAsync(importer, row[index], cancellationToken);
        }

        return (long)await importer.CompleteAsync(cancellationToken);
    }

    /// <summary>A table's rows in the order of its key, as the source gives them. The row is the same array each time.</summary>
    public async IAsyncEnumerable<object?[]> RowsAsync(MovedTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // SQLite compares texts by their bytes, and so does the collation C.
        var key = string.Join(", ", table.Key.Select(column => column.Type == typeof(string) ? $"\"{column.Name}\" COLLATE \"C\"" : $"\"{column.Name}\""));
        await using var command = Command($"SELECT {table.ColumnList} FROM \"{table.Name}\" ORDER BY {key}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var row = new object?[table.Columns.Count];
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var index = 0; index < row.Length; index++)
                row[index] = table.Columns[index].Read(reader, index);
            yield return row;
        }
    }

    /// <summary>Makes the keys that the server gives from now on begin behind those that there are, and behind those that the source ever gave.</summary>
    public async Task SetSequencesAsync(MoveSource source, CancellationToken cancellationToken)
    {
        List<(string Table, string Column)> identities = [];
        await using (var command = Command("SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'"))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                identities.Add((reader.GetString(0), reader.GetString(1)));
        }

        foreach (var (table, column) in identities)
        {
            await using var command = Command(
                $"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), highest) FROM (SELECT greatest(max(\"{column}\")::bigint, $1) AS highest FROM \"{table}\") AS keys WHERE highest > 0");
            command.Parameters.Add(new NpgsqlParameter { Value = await source.HighestKeyAsync(table, cancellationToken) });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Lets the planner know what the tables hold, so that the first claims are as quick as the later ones.</summary>
    public Task AnalyzeAsync(IReadOnlyList<MovedTable> tables, CancellationToken cancellationToken) => RunAsync($"ANALYZE {Names(tables)}", cancellationToken);

    private static string Names(IReadOnlyList<MovedTable> tables) => string.Join(", ", tables.Select(table => $"\"{table.Name}\""));

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql)
    {
#pragma warning disable CA2100 // The statements are constants of this file, and names of the model and of the server's catalogue.
        return new NpgsqlCommand(sql, connection) { CommandTimeout = (int)Limit.TotalSeconds };
#pragma warning restore CA2100
    }
}

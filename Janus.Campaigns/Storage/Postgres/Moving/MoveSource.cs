using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Janus.Campaigns.Storage.Moving;

/// <summary>
/// The SQLite database that is moved, held so that nobody else can open it, and only read. In the exclusive locking mode SQLite keeps the lock from its first
/// read to the end of the connection, and gets it only while nobody else has the file open: https://sqlite.org/pragma.html#pragma_locking_mode.
/// </summary>
internal sealed class MoveSource : IAsyncDisposable
{
    private static readonly string[] Alone = ["PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE", "ROLLBACK", "PRAGMA query_only=ON"];

    private readonly FileStream _exclusive;
    private readonly SqliteConnection _connection;

    private MoveSource(FileStream exclusive, SqliteConnection connection) => (_exclusive, _connection) = (exclusive, connection);

    /// <summary>Opens and holds it, and proves that it is whole and of this program's schema.</summary>
    /// <exception cref="MoveRefusedException">There is none, somebody uses it, or it is damaged.</exception>
    /// <exception cref="StartRefusedException">It lacks migrations, is newer, or is none of Janus's.</exception>
    public static async Task<MoveSource> OpenAsync(StorageOptions options, SqliteMigrator migrator, LockRetry retry, CancellationToken cancellationToken)
    {
        if (!File.Exists(options.DatabaseFile))
            throw new MoveRefusedException($"There is no database at {options.DatabaseFile}.");
        try
        {
            // No service starts, nothing migrates and nothing is restored while this is held.
            var exclusive = await DatabaseFileLock.TakeAsync(options, retry, cancellationToken);
            return await HoldAsync(exclusive, options, migrator, cancellationToken);
        }
        catch (SqliteException inUse) when (SqliteLocks.CodeOf(inUse) is not null)
        {
            throw new MoveRefusedException($"The database at {options.DatabaseFile} is in use: stop Janus and whatever else has it open, then move.", inUse);
        }
        catch (Exception unusable) when (unusable is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw migrator.Unusable(unusable);
        }
    }

    /// <summary>A table's rows in the order of its key. The row is the same array each time.</summary>
    /// <param name="table">The table.</param>
    /// <param name="mended">Called for each text that held U+0000, which is U+FFFD in the row.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<object?[]> RowsAsync(MovedTable table, Action<MovedColumn>? mended, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"SELECT {table.ColumnList} FROM \"{table.Name}\" ORDER BY {string.Join(", ", table.Key.Select(column => $"\"{column.Name}\""))}");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var row = new object?[table.Columns.Count];
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var index = 0; index < row.Length; index++)
            {
                row[index] = table.Columns[index].Read(reader, index);
                if (row[index] is string text && text.Contains('\0', StringComparison.Ordinal))
                {
                    row[index] = text.Replace('\0', '\uFFFD');
                    mended?.Invoke(table.Columns[index]);
                }
            }

            yield return row;
        }
    }

    /// <summary>The names of the pictures that variants name, in order.</summary>
    public Task<IReadOnlyList<string>> PicturesAsync(CancellationToken cancellationToken) =>
        TextsAsync("SELECT DISTINCT asset FROM variants WHERE asset IS NOT NULL ORDER BY asset", cancellationToken);

    /// <summary>The highest key that a table has ever given, also to rows that are gone; 0 for none.</summary>
    public async Task<long> HighestKeyAsync(string table, CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT max(seq) FROM sqlite_sequence WHERE name = $table");
        command.Parameters.AddWithValue("$table", table);
        return await command.ExecuteScalarAsync(cancellationToken) is long highest ? highest : 0;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _exclusive.DisposeAsync();
    }

    private static async Task<MoveSource> HoldAsync(FileStream exclusive, StorageOptions options, SqliteMigrator migrator, CancellationToken cancellationToken)
    {
        var source = new MoveSource(exclusive, new SqliteConnection(options.ConnectionString + ";Pooling=False"));
        try
        {
            await source.TakeAsync(options, cancellationToken);
            await using (var context = new SqliteCampaignsContext(new DbContextOptionsBuilder<SqliteCampaignsContext>().UseSqlite(source._connection).Options))
                await migrator.EnsureCurrentAsync(context, cancellationToken);
            if (await source.TextsAsync("PRAGMA integrity_check(1)", cancellationToken) is not ["ok"])
                throw new MoveRefusedException($"The database at {options.DatabaseFile} is damaged (its integrity check failed): restore a backup, then move.");
            if ((await source.TextsAsync("PRAGMA foreign_key_check", cancellationToken)).Count > 0)
                throw new MoveRefusedException($"The database at {options.DatabaseFile} is damaged (rows name others that are not there): restore a backup, then move.");
            return source;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    private async Task TakeAsync(StorageOptions options, CancellationToken cancellationToken)
    {
        var log = new FileInfo(options.DatabaseFile + "-wal");
        await _connection.OpenAsync(cancellationToken);
        // What a process that was killed left in the log stays there: closing would otherwise bring it into the file.
        if (log is { Exists: true, Length: > 0 })
            raw.sqlite3_db_config(_connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        foreach (var statement in Alone)
        {
            await using var command = Command(statement);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task<IReadOnlyList<string>> TextsAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> texts = [];
        while (await reader.ReadAsync(cancellationToken))
            texts.Add(reader.GetString(0));
        return texts;
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this file, and names of the model.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}

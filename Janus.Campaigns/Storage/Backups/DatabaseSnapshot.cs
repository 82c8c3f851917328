using Janus.Campaigns.Media;
using Microsoft.Data.Sqlite;

namespace Janus.Campaigns.Storage.Backups;

/// <summary>What a copy of the database says, read without changing a byte of it.</summary>
/// <param name="Migrations">The migrations that it has, in order.</param>
/// <param name="Campaigns">Campaigns.</param>
/// <param name="Posts">Posts.</param>
/// <param name="Variants">Variants of posts.</param>
/// <param name="Events">Events.</param>
/// <param name="Pictures">The pictures that its variants name.</param>
internal sealed record DatabaseSnapshot(IReadOnlyList<string> Migrations, long Campaigns, long Posts, long Variants, long Events, IReadOnlyList<string> Pictures)
{
    /// <summary>Reads a copy, and proves that it is whole.</summary>
    /// <exception cref="BackupRefusedException">It is damaged, or none of ours.</exception>
    public static async Task<DatabaseSnapshot> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            await connection.OpenAsync(cancellationToken);
            if (await TextsAsync(connection, "PRAGMA integrity_check(1)", cancellationToken) is not ["ok"])
                throw new BackupRefusedException($"The database {file} is damaged: its integrity check failed.");
            if ((await TextsAsync(connection, "PRAGMA foreign_key_check", cancellationToken)).Count > 0)
                throw new BackupRefusedException($"The database {file} is damaged: rows name others that are not there.");

            var pictures = await TextsAsync(connection, "SELECT DISTINCT asset FROM variants WHERE asset IS NOT NULL ORDER BY asset", cancellationToken);
            return pictures.FirstOrDefault(name => !PictureName.IsOne(name)) is { } strange
                ? throw new BackupRefusedException($"The database {file} names a picture {strange}, which no Janus would.")
                : new DatabaseSnapshot(
                    await TextsAsync(connection, "SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\" ORDER BY 1", cancellationToken),
                    await CountAsync(connection, "campaigns", cancellationToken), await CountAsync(connection, "posts", cancellationToken),
                    await CountAsync(connection, "variants", cancellationToken), await CountAsync(connection, "campaign_events", cancellationToken), pictures);
        }
        catch (SqliteException exception)
        {
            throw new BackupRefusedException($"The database {file} cannot be read: {exception.Message}", exception);
        }
    }

    private static async Task<long> CountAsync(SqliteConnection connection, string table, CancellationToken cancellationToken) =>
        long.Parse((await TextsAsync(connection, $"SELECT count(*) FROM {table}", cancellationToken))[0], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<string>> TextsAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<string> texts = [];
        while (await reader.ReadAsync(cancellationToken))
            texts.Add(reader.GetString(0));
        return texts;
    }
}

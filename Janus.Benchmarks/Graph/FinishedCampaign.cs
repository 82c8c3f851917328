using Microsoft.Data.Sqlite;

namespace Janus.Benchmarks.Graph;

/// <summary>Makes a planned campaign a finished one, with the rows that the engine leaves and texts of the usual length.</summary>
internal static class FinishedCampaign
{
    public static async Task CompleteAsync(string databaseFile, string id)
    {
        await using var connection = new SqliteConnection($"Data Source={databaseFile}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            BEGIN IMMEDIATE;
            INSERT INTO variants (post_id, letter, generation, text, angle, caption, asset, author, origin, step_id, created_at)
            SELECT s.post_id, s.variant, 1, $text, 'A quiet angle', $caption, lower(hex(randomblob(16))) || '.svg', 'sample', 'first', s.id, s.available_at
            FROM generation_steps s JOIN campaigns c ON c.id = s.campaign_id WHERE c.public_id = $id AND s.kind = 'picture';
            UPDATE generation_steps SET state = 'done', attempt = 1 WHERE campaign_id = (SELECT id FROM campaigns WHERE public_id = $id);
            UPDATE posts SET current_a = 1, current_b = 1 WHERE campaign_id = (SELECT id FROM campaigns WHERE public_id = $id);
            UPDATE campaigns SET phase = 'scheduled', version = version + 1 WHERE public_id = $id;
            COMMIT;
            """;
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$text", new string('a', 200));
        command.Parameters.AddWithValue("$caption", new string('c', 160));
        await command.ExecuteNonQueryAsync();
    }
}

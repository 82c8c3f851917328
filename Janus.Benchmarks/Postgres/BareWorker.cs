using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Janus.Benchmarks.Postgres;

/// <summary>
/// A worker written by hand over Npgsql alone: it claims with SKIP LOCKED, asks what the engine asks and writes every row that the engine writes, statement by
/// statement, prepared. No EF, no retry, no telemetry, no limits of cost, no fairness between campaigns.
/// </summary>
internal sealed class BareWorker(NpgsqlConnection connection, string name, int room)
{
    private readonly Dictionary<string, NpgsqlCommand> _prepared = new(StringComparer.Ordinal);

    /// <summary>Works until nothing is ready and nothing waits.</summary>
    /// <returns>How many steps it ended.</returns>
    public async Task<int> RunAsync()
    {
        var done = 0;
        while (true)
        {
            var claimed = await AgainAsync(ClaimAsync);
            foreach (var step in claimed)
                await AgainAsync(() => RecordAsync(step));
            done += claimed.Count;
            if (claimed.Count == 0 && await CountAsync("SELECT count(*) FROM generation_steps WHERE state IN ('ready', 'running', 'waiting')") == 0)
                return done;
        }
    }

    // A row that SKIP LOCKED passed over because it had just been claimed stays locked, and two loops can meet there.
    private static async Task<T> AgainAsync<T>(Func<Task<T>> transaction)
    {
        while (true)
        {
            try
            {
                return await transaction();
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
                // Rolled back; the whole transaction runs again.
            }
        }
    }

    private async Task<List<Step>> ClaimAsync()
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var steps = new List<Step>();
        foreach (var kind in (string[])["text", "picture"])
        {
            await using var reader = await Prepare(
                """
                SELECT s.id, s.campaign_id, s.post_id, s.kind, s.variant, s.attempt + 1, p.title, p.description FROM generation_steps s JOIN posts p ON p.id = s.post_id
                WHERE s.state = 'ready' AND s.kind = $1 AND s.available_at <= $2 ORDER BY s.id LIMIT $3 FOR UPDATE OF s SKIP LOCKED
                """,
                kind, Now, room).ExecuteReaderAsync();
            while (await reader.ReadAsync())
                steps.Add(new(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetString(3), reader.GetString(4), reader.GetInt32(5)));
        }

        foreach (var ofCampaign in steps.GroupBy(step => step.Campaign).OrderBy(group => group.Key))
        {
            var all = ofCampaign.ToList();
            var version = await TakeAsync(ofCampaign.Key, all.Count);
            foreach (var step in all)
            {
                await RunAsync("UPDATE generation_steps SET state = 'running', attempt = $2, worker = $3, lease_until = $4 WHERE id = $1", step.Id, step.Attempt, name, Now + 60_000_000);
                await RunAsync(
                    "INSERT INTO generation_attempts (step_id, number, worker, started_at, outcome, input_tokens, output_tokens, cost_micro_usd) VALUES ($1, $2, $3, $4, 'running', 0, 0, 0)",
                    step.Id, step.Attempt, name, Now);
                await AppendAsync(step.Campaign, version++, "step_started", step);
            }
        }

        await transaction.CommitAsync();
        return steps;
    }

    private async Task<bool> RecordAsync(Step step)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var version = await TakeAsync(step.Campaign, 1);
        if (await CountAsync("SELECT count(*) FROM generation_steps s JOIN generation_attempts a ON a.step_id = s.id AND a.number = $2 JOIN posts p ON p.id = s.post_id WHERE s.id = $1 AND s.state = 'running' AND s.attempt = $2", step.Id, step.Attempt) != 1)
            throw new InvalidOperationException("A step that is no longer held.");
        if (step.Kind == "text")
        {
            foreach (var letter in (string[])["A", "B"])
            {
                await RunAsync(
                    "INSERT INTO variants (post_id, letter, generation, text, angle, caption, author, step_id, origin, created_at) VALUES ($1, $2, 1, 'a', 'a', 'a', 'sample', $3, 'first', $4)",
                    step.Post, letter, step.Id, Now);
            }

            await RunAsync("UPDATE generation_steps SET state = 'ready', available_at = $2 WHERE post_id = $1 AND kind = 'picture' AND state = 'waiting'", step.Post, Now);
            await RunAsync("UPDATE posts SET current_a = 1, current_b = 1, updated_at = $2, changed_version = $3 WHERE id = $1", step.Post, Now, version);
        }
        else
        {
            await RunAsync("UPDATE variants SET asset = $3 WHERE post_id = $1 AND letter = $2 AND generation = 1", step.Post, step.Variant, $"{step.Id:x32}.svg");
            await RunAsync("UPDATE posts SET updated_at = $2, changed_version = $3 WHERE id = $1", step.Post, Now, version);
        }

        await RunAsync("UPDATE generation_steps SET state = 'done', worker = NULL, lease_until = NULL WHERE id = $1", step.Id);
        await RunAsync("UPDATE generation_attempts SET ended_at = $3, outcome = 'done' WHERE step_id = $1 AND number = $2", step.Id, step.Attempt, Now);
        await AppendAsync(step.Campaign, version, "step_done", step);
        var open = await CountAsync(
            "SELECT count(*) FROM generation_steps s JOIN posts p ON p.id = s.post_id WHERE s.campaign_id = $1 AND s.base_generation IS NULL AND p.status <> 'archived' AND s.state IN ('waiting', 'ready', 'running')", step.Campaign);
        if (open == 0)
        {
            await AppendAsync(step.Campaign, await TakeAsync(step.Campaign, 1), "phase_changed", step);
            await RunAsync("UPDATE campaigns SET phase = 'scheduled' WHERE id = $1", step.Campaign);
        }

        await transaction.CommitAsync();
        return open == 0;
    }

    private async Task<long> TakeAsync(int campaign, int numbers) =>
        await CountAsync("UPDATE campaigns SET version = version + $2, updated_at = $3 WHERE id = $1 RETURNING version", campaign, numbers, Now) - numbers + 1;

    private Task<int> AppendAsync(int campaign, long version, string kind, Step step) => RunAsync(
        "INSERT INTO campaign_events (campaign_id, version, kind, at, data) VALUES ($1, $2, $3, $4, $5)", campaign, version, kind, Now,
        string.Create(CultureInfo.InvariantCulture, $$$"""{"post_pk":{{{step.Post}}},"kind":"{{{step.Kind}}}","variant":"{{{step.Variant}}}","attempt":{{{step.Attempt}}},"progress":{"done":1,"total":36,"failed":0}}"""));

    private Task<int> RunAsync(string sql, params object[] values) => Prepare(sql, values).ExecuteNonQueryAsync();

    private async Task<long> CountAsync(string sql, params object[] values) => (long)(await Prepare(sql, values).ExecuteScalarAsync())!;

    private NpgsqlCommand Prepare(string sql, params object[] values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            _prepared[sql] = command = new NpgsqlCommand(sql, connection);
            foreach (var value in values)
                command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = value switch { int => NpgsqlDbType.Integer, long => NpgsqlDbType.Bigint, _ => NpgsqlDbType.Text } });
            command.Prepare();
        }

        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index];
        return command;
    }

    private static long Now => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private sealed record Step(long Id, int Campaign, int Post, string Kind, string Variant, int Attempt);
}

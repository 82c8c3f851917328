using Janus.Benchmarks.Engine;
using Npgsql;

namespace Janus.Benchmarks.Postgres;

/// <summary>A PostgreSQL server for one run, durable as in earnest, and databases on it that begin with the same planned campaigns.</summary>
internal sealed class PlannedServer : IAsyncDisposable
{
    private readonly DevToolProcess _server;
    private readonly BenchmarkFolder _folder = new();
    private int _databases;

    private PlannedServer(DevToolProcess server) => _server = server;

    public static async Task<PlannedServer> StartAsync() => new(await DevToolProcess.StartAsync("postgres"));

    /// <summary>An empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateAsync(string? like = null)
    {
        var name = $"benchmark_{++_databases}";
        await RunAsync(_server.Address, $"CREATE DATABASE {name}{(like is null ? "" : $" TEMPLATE {new NpgsqlConnectionStringBuilder(like).Database}")}");
        return new NpgsqlConnectionStringBuilder(_server.Address) { Database = name }.ToString();
    }

    /// <summary>A database with planned campaigns, which nobody has open, so that others can be made like it.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> PlanAsync(int campaigns, int posts)
    {
        var planned = await CreateAsync();
        await EngineLoop.PrepareAsync(SettingsOf(planned), campaigns, posts);
        return planned;
    }

    public Dictionary<string, string?> SettingsOf(string connectionString) => StoreSettings.Postgres(_folder.Path, connectionString);

    /// <summary>Runs a statement of our own on a connection of its own.</summary>
    public static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}

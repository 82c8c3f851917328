using Janus.DevTools.Postgres;
using Npgsql;

namespace Janus.Tests.Postgres;

/// <summary>
/// A real PostgreSQL server of the tests' own. It does not sync: nobody cuts the power of a test, and everything else is as it is in earnest.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lock Starting = new();
    private static Task<PostgresServer>? _shared;
    private static int _databases;

    private readonly ThrowawayPostgres _server;

    private PostgresServer(ThrowawayPostgres server) => _server = server;

    public int Port => _server.Port;

    /// <summary>The one that tests share which do not stop it. It ends with the test run.</summary>
    public static Task<PostgresServer> SharedAsync()
    {
        lock (Starting)
            return _shared ??= StartSharedAsync();
    }

    /// <summary>Starts one that only its caller uses.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        Assert.SkipUnless(ThrowawayPostgres.IsInstalled, ThrowawayPostgres.Missing);
        return new PostgresServer(await ThrowawayPostgres.StartAsync(0, isDurable: false, CancellationToken.None));
    }

    /// <inheritdoc cref="ThrowawayPostgres.ConnectionString" />
    public string ConnectionString(string database, string? user = null, string? password = null) => _server.ConnectionString(database, user, password);

    /// <summary>Creates a database, empty or like another, which nobody may be connected to.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateDatabaseAsync(string? like = null)
    {
        var name = $"janus_{Interlocked.Increment(ref _databases)}";
        await RunSqlAsync("postgres", $"CREATE DATABASE {name}{(like is null ? "" : $" TEMPLATE {like}")}");
        return name;
    }

    /// <summary>Deletes a database with everybody who is connected to it.</summary>
    public Task DropDatabaseAsync(string name) => RunSqlAsync("postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    /// <inheritdoc cref="ThrowawayPostgres.RunSqlAsync" />
    public Task RunSqlAsync(string database, string sql) => _server.RunSqlAsync(database, sql);

    /// <inheritdoc cref="ThrowawayPostgres.OpenAsync" />
    public Task<NpgsqlConnection> OpenAsync(string database) => _server.OpenAsync(database);

    /// <inheritdoc cref="ThrowawayPostgres.RestartAsync" />
    public Task RestartAsync() => _server.RestartAsync();

    /// <inheritdoc cref="ThrowawayPostgres.StopAsync" />
    public Task StopAsync() => _server.StopAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<PostgresServer> StartSharedAsync()
    {
        var server = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server._server.End();
        return server;
    }
}

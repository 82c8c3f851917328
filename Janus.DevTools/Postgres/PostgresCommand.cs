namespace Janus.DevTools.Postgres;

/// <summary><c>postgres</c>: a PostgreSQL server to try Janus on, without installing one as a service and without a container.</summary>
internal static class PostgresCommand
{
    /// <summary>What the line begins with that says how to reach the server; programs read it.</summary>
    public const string Ready = "postgres ready ";

    private const string Database = "janus";
    private const int Unavailable = 1;

    /// <summary>Starts the server and keeps it until it is told to stop; then everything in it is gone.</summary>
    /// <returns>1 when PostgreSQL is not installed or does not start.</returns>
    /// <exception cref="UsageException">The arguments make no sense.</exception>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var port = new Arguments(args, ["--port"]).Number("--port", 0, 0, 65535);
        try
        {
            await using var server = await ThrowawayPostgres.StartAsync(port, isDurable: true, cancellationToken);
            await server.RunSqlAsync("postgres", $"CREATE DATABASE {Database}");
            var reach = server.ConnectionString(Database);
            await output.WriteLineAsync($"{Ready}{reach}");
            await output.WriteLineAsync($"Start Janus on it:  JANUS_POSTGRES='{reach}' ./run.sh");
            await output.WriteLineAsync("Ctrl-C stops the server and deletes everything in it.");
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
        catch (PostgresUnavailableException unavailable)
        {
            await errors.WriteLineAsync(unavailable.Message);
            return Unavailable;
        }
    }
}

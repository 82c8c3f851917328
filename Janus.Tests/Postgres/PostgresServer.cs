using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Janus.Tests.Postgres;

/// <summary>
/// A real PostgreSQL server of the tests' own, on a free loopback port, in a folder of its own. Disposing it ends the server and deletes everything.
/// It does not sync: nobody cuts the power of a test, and everything else is as it is in earnest.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>What a test says that is skipped where there is no server.</summary>
    public const string Missing = "PostgreSQL is not installed (the packages postgresql of Debian, or any with initdb and postgres on the PATH)";

    private const string Password = "a secret of the tests";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string? Programs = FindPrograms();
    private static readonly Lock Starting = new();
    private static Task<PostgresServer>? _shared;
    private static int _databases;

    private readonly string _folder;
    private Process _process;

    private PostgresServer(string folder, int port, Process process) => (_folder, Port, _process) = (folder, port, process);

    /// <summary>Whether this machine has the programs.</summary>
    public static bool IsInstalled => Programs is not null;

    public int Port { get; }

    private static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    /// <summary>The one that tests share which do not stop it. It ends with the test run.</summary>
    public static Task<PostgresServer> SharedAsync()
    {
        lock (Starting)
            return _shared ??= StartSharedAsync();
    }

    /// <summary>Starts one that only its caller uses.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        Assert.SkipUnless(IsInstalled, Missing);
        var folder = Directory.CreateTempSubdirectory("janus-postgres-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "password"), Password);
        // PostgreSQL refuses to run as root.
        if (IsRoot)
            await RunAsync("chown", "-R", "postgres", folder);
        await RunAsync(Program("initdb"), "-D", Path.Combine(folder, "data"), "-U", "janus", "-A", "scram-sha-256", "--pwfile", Path.Combine(folder, "password"), "-E", "UTF8", "--locale", "C.UTF-8", "-N");
        for (var tries = 1; ; tries++)
        {
            var port = FreePort();
            var server = new PostgresServer(folder, port, Launch(folder, port));
            if (await server.AnswersAsync())
                return server;
            // Somebody else took the port in between.
            if (tries == 5)
                throw new InvalidOperationException($"PostgreSQL does not start: {await File.ReadAllTextAsync(Path.Combine(folder, "log"))}");
        }
    }

    /// <summary>How to reach a database of this server.</summary>
    public string ConnectionString(string database, string user = "janus", string password = Password) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = Port, Database = database, Username = user, Password = password }.ToString();

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

    /// <summary>Runs SQL on a connection of its own.</summary>
    public async Task RunSqlAsync(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A connection outside every pool.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false;Timeout=5");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Stops the server at once, without a word to anybody, and starts it again on the same port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _process = Launch(_folder, Port);
        (await AnswersAsync()).ShouldBeTrue("PostgreSQL did not come back");
    }

    /// <summary>Stops the server at once.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void End()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(Limit);
        Directory.Delete(_folder, recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PostgresServer> StartSharedAsync()
    {
        var server = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.End();
        return server;
    }

    private static Process Launch(string folder, int port)
    {
        string[] settings =
        [
            "-D", Path.Combine(folder, "data"), "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=400",
            "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "logging_collector=on", "-c", $"log_directory={folder}", "-c", "log_filename=log", "-c", "autovacuum_naptime=10s",
        ];
        // The server ends when its input does, also when whoever started it is killed: SIGQUIT is its immediate shutdown.
        const string UntilInputEnds = "exec 3<&0; \"$0\" \"$@\" & server=$!; (cat <&3 >/dev/null; kill -QUIT $server) & wait $server";
        var (program, arguments) = AsUser("/bin/sh", ["-c", UntilInputEnds, Program("postgres"), .. settings]);
        return Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, WorkingDirectory = "/" })!;
    }

    private async Task<bool> AnswersAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!_process.HasExited)
        {
            try
            {
                await using var connection = await OpenAsync("postgres");
                return true;
            }
            catch (NpgsqlException)
            {
                // Not yet.
                await timer.WaitForNextTickAsync(limit.Token);
            }
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Program(string name) => Path.Combine(Programs!, name);

    private static (string Program, IReadOnlyList<string> Arguments) AsUser(string program, IReadOnlyList<string> arguments) => IsRoot && program.StartsWith('/')
        ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
        : (program, arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var (actual, all) = program == "chown" ? (program, arguments) : AsUser(program, arguments);
        using var process = Process.Start(new ProcessStartInfo(actual, all) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program}: {string.Concat(said)}");
    }

    // Debian keeps the programs of each version in a folder of its own, off the PATH.
    private static string? FindPrograms()
    {
        const string Debians = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debians) ? Directory.GetDirectories(Debians).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [];
        List<string> folders = [.. versions, .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)];
        return folders.Find(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }
}

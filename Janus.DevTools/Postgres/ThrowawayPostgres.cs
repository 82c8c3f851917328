using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Janus.DevTools.Postgres;

/// <summary>There is no PostgreSQL on this machine, or it does not start; the message says which.</summary>
internal sealed class PostgresUnavailableException(string message) : Exception(message);

/// <summary>
/// A real PostgreSQL server on a loopback port, in a folder of its own, with a password of its own. It ends with the process that started it, however that
/// ends; disposing it deletes everything.
/// </summary>
internal sealed class ThrowawayPostgres : IAsyncDisposable
{
    /// <summary>What is said where there is none.</summary>
    public const string Missing = "PostgreSQL is not installed (the packages postgresql of Debian, or any with initdb and postgres on the PATH)";

    private const string Owner = "janus";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string? Programs = FindPrograms();

    private readonly string _folder;
    private readonly string _password;
    private readonly bool _isDurable;
    private Process _process;

    private ThrowawayPostgres(string folder, string password, int port, bool isDurable)
    {
        (_folder, _password, Port, _isDurable) = (folder, password, port, isDurable);
        _process = Launch();
    }

    /// <summary>Whether this machine has the programs.</summary>
    public static bool IsInstalled => Programs is not null;

    /// <summary>Where it listens on 127.0.0.1.</summary>
    public int Port { get; }

    private static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    /// <summary>Starts one, and returns when it answers.</summary>
    /// <param name="port">Its port; 0 for a free one.</param>
    /// <param name="isDurable">Whether it syncs each commit, as in earnest; without, it is quicker and only a power cut can tell the difference.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="PostgresUnavailableException">It is not installed, or does not start.</exception>
    public static async Task<ThrowawayPostgres> StartAsync(int port, bool isDurable, CancellationToken cancellationToken)
    {
        if (!IsInstalled)
            throw new PostgresUnavailableException(Missing);
        var folder = Directory.CreateTempSubdirectory("janus-postgres-").FullName;
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var passwordFile = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(passwordFile, password, cancellationToken);
        // PostgreSQL refuses to run as root.
        if (IsRoot)
            await RunAsync("chown", "-R", "postgres", folder);
        await RunAsync(Program("initdb"), "-D", Path.Combine(folder, "data"), "-U", Owner, "-A", "scram-sha-256", "--pwfile", passwordFile, "-E", "UTF8", "--locale", "C.UTF-8", "-N");
        for (var tries = 1; ; tries++)
        {
            var server = new ThrowawayPostgres(folder, password, port == 0 ? FreePort() : port, isDurable);
            if (await server.AnswersAsync(cancellationToken))
                return server;
            // Somebody else may have taken the port in between.
            if (port == 0 && tries < 5)
                continue;
            var log = Path.Combine(folder, "log");
            throw new PostgresUnavailableException($"PostgreSQL does not start: {(File.Exists(log) ? await File.ReadAllTextAsync(log, cancellationToken) : "it left no log.")}");
        }
    }

    /// <summary>How to reach a database of this server.</summary>
    public string ConnectionString(string database, string? user = null, string? password = null) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = Port, Database = database, Username = user ?? Owner, Password = password ?? _password }.ToString();

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
    /// <exception cref="PostgresUnavailableException">It does not come back.</exception>
    public async Task RestartAsync()
    {
        await StopAsync();
        _process = Launch();
        if (!await AnswersAsync(CancellationToken.None))
            throw new PostgresUnavailableException("PostgreSQL did not come back.");
    }

    /// <summary>Stops the server at once.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Ends it and deletes everything, for those who can wait for nothing any more.</summary>
    public void End()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(Limit);
        Directory.Delete(_folder, recursive: true);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Launch()
    {
        string[] settings =
        [
            "-D", Path.Combine(_folder, "data"), "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=400",
            "-c", "logging_collector=on", "-c", "log_min_messages=warning", "-c", $"log_directory={_folder}", "-c", "log_filename=log", "-c", "autovacuum_naptime=10s",
            // Written late, so that a crash forgets everything that it may.
            "-c", "wal_writer_delay=10s",
            .. _isDurable ? (string[])[] : ["-c", "fsync=off", "-c", "full_page_writes=off"],
        ];
        // The server ends when its input does, also when whoever started it is killed: SIGQUIT is its immediate shutdown. A Ctrl-C is not for it.
        const string UntilInputEnds = "trap '' INT; exec 3<&0; \"$0\" \"$@\" & server=$!; (cat <&3 >/dev/null; kill -QUIT $server) & wait $server";
        var (program, arguments) = AsUser("/bin/sh", ["-c", UntilInputEnds, Program("postgres"), .. settings]);
        return Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, WorkingDirectory = "/" })!;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
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
        if (process.ExitCode != 0)
            throw new PostgresUnavailableException($"{program} failed: {string.Concat(said)}");
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

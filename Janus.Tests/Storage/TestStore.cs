using System.Data.Common;
using Janus.Campaigns.Storage;
using Janus.Tests.Postgres;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Janus.Tests.Storage;

/// <summary>
/// A database that a test uses without asking which it is: a SQLite file in the test's folder, or, when <c>JANUS_TEST_DATABASE=postgres</c>, a database of
/// its own on a real PostgreSQL server. Migrated.
/// </summary>
internal sealed class TestStore : IAsyncDisposable
{
    /// <summary>The trait's name of what is true of one of the databases only, with its value.</summary>
    public const string Trait = "Database";

    /// <summary>The trait of tests of SQLite's own locks, files and limits.</summary>
    public const string Sqlite = "sqlite";

    private static readonly SemaphoreSlim OneCopyAtATime = new(1, 1);
    private static string? _template;

    private readonly PostgresServer? _server;
    private readonly string? _database;

    private readonly bool _ownsFolder;

    private TestStore(string folder, PostgresServer? server, string? database, bool ownsFolder = true) =>
        (Folder, _server, _database, _ownsFolder) = (folder, server, database, ownsFolder);

    /// <summary>Whether this run is about PostgreSQL.</summary>
    public static bool IsPostgres => Environment.GetEnvironmentVariable("JANUS_TEST_DATABASE") == StorageOptions.Postgres;

    /// <summary>The data directory.</summary>
    public string Folder { get; }

    /// <summary>The settings that lead a service to it.</summary>
    public IReadOnlyDictionary<string, string?> Settings => _server is null
        ? new Dictionary<string, string?> { ["Janus:DataDirectory"] = Folder }
        : new Dictionary<string, string?>
        {
            ["Janus:DataDirectory"] = Folder,
            ["Janus:Database"] = StorageOptions.Postgres,
            ["ConnectionStrings:janus"] = _server.ConnectionString(_database!),
        };

    /// <summary>Makes one in a folder that exists.</summary>
    public static async Task<TestStore> CreateAsync(string folder)
    {
        return IsPostgres ? await OnPostgresAsync(folder) : await OnSqliteAsync(folder);
    }

    /// <summary>Makes one on SQLite, whatever this run is about, in a folder of its own unless told otherwise.</summary>
    public static async Task<TestStore> OnSqliteAsync(string? folder = null)
    {
        folder ??= Directory.CreateTempSubdirectory("janus-sqlite-store-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "janus.db"), await TestDatabase.MigratedFile);
        return new TestStore(folder, null, null);
    }

    /// <summary>A database on PostgreSQL without a table, in the folder of another.</summary>
    public static async Task<TestStore> EmptyBesideAsync(TestStore other)
    {
        var server = await PostgresServer.SharedAsync();
        return new TestStore(other.Folder, server, await server.CreateDatabaseAsync(), ownsFolder: false);
    }

    /// <summary>Makes one on PostgreSQL, whatever this run is about, in a folder of its own unless told otherwise.</summary>
    public static async Task<TestStore> OnPostgresAsync(string? folder = null)
    {
        folder ??= Directory.CreateTempSubdirectory("janus-postgres-store-").FullName;
        var server = await PostgresServer.SharedAsync();
        await OneCopyAtATime.WaitAsync();
        try
        {
            _template ??= await MigrateDatabaseAsync(server);
            return new TestStore(folder, server, await server.CreateDatabaseAsync(like: _template));
        }
        finally
        {
            OneCopyAtATime.Release();
        }
    }

    /// <summary>An empty database of a server that nobody else uses, migrated here.</summary>
    public static async Task<TestStore> OnAsync(PostgresServer server)
    {
        var store = new TestStore(Directory.CreateTempSubdirectory("janus-postgres-store-").FullName, server, await server.CreateDatabaseAsync());
        await MigrateAsync(store.Settings);
        return store;
    }

    /// <summary>The same database by another way, such as through something that breaks connections.</summary>
    public IReadOnlyDictionary<string, string?> SettingsThrough(int port) => new Dictionary<string, string?>(Settings)
    {
        ["ConnectionStrings:janus"] = new NpgsqlConnectionStringBuilder(Settings["ConnectionStrings:janus"]) { Port = port, SslMode = SslMode.Disable }.ToString(),
    };

    /// <summary>Ends every session of the database but the caller's, in the middle of whatever it does.</summary>
    /// <returns>How many there were.</returns>
    public static long EndSessions(DbConnection connection) => connection.Number(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

    /// <summary>Somebody else's connection: not pooled, without a wait of its own, opened now.</summary>
    public DbConnection Open()
    {
        DbConnection connection = _server is null
            ? new SqliteConnection(SqliteLocks.Prepare($"Data Source={Path.Combine(Folder, "janus.db")};Pooling=False"))
            : new NpgsqlConnection(_server.ConnectionString(_database!) + ";Pooling=false");
        connection.Open();
        return connection;
    }

    /// <summary>Keeps everybody else from writing until it is disposed.</summary>
    public DbConnection HoldWrites()
    {
        var connection = Open();
        connection.Run(_server is null ? "BEGIN IMMEDIATE" : "BEGIN; LOCK TABLE campaigns, generation_steps, spending_days, pictures IN EXCLUSIVE MODE");
        return connection;
    }

    /// <summary>A number that is another one when anything was committed to the tables by anybody else than the connection.</summary>
    /// <param name="witness">A connection of <see cref="Open"/>; the same each time.</param>
    public long Commits(DbConnection witness)
    {
        if (_server is null)
            return witness.Number("PRAGMA data_version");
        // Every committed row says which transaction wrote it, and one that is gone is not counted any more.
        return Tables(witness).Sum(table => witness.Number($"SELECT count(*) * 1000003 + coalesce(sum(xmin::text::bigint), 0) FROM \"{table}\""));
    }

    /// <summary>The tables of Janus.</summary>
    public IReadOnlyList<string> Tables(DbConnection connection) => connection.Texts(_server is null
        ? "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        : "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename");

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DropDatabaseAsync(_database!);
        SqliteConnection.ClearAllPools();
        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Closes the pooled connections of a SQLite file of this process, so that nobody holds it.</summary>
    public void ClosePool()
    {
        using var connection = new SqliteConnection(SqliteLocks.Prepare($"Data Source={Path.Combine(Folder, "janus.db")}"));
        SqliteConnection.ClearPool(connection);
    }

    // Migrating costs more than most tests: it is done once, and every test gets a copy.
    private static async Task<string> MigrateDatabaseAsync(PostgresServer server)
    {
        var name = await server.CreateDatabaseAsync();
        await MigrateAsync(new Dictionary<string, string?>
        {
            ["Janus:DataDirectory"] = Path.GetTempPath(),
            ["Janus:Database"] = StorageOptions.Postgres,
            ["ConnectionStrings:janus"] = server.ConnectionString(name) + ";Pooling=false",
        });
        return name;
    }

    private static async Task MigrateAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using var services = new ServiceCollection().AddLogging().AddCampaignStorage(configuration).BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
    }
}

using System.Data.Common;
using Janus.Campaigns.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Storage;

/// <summary>
/// A real SQLite file in a folder of its own, with the services of <see cref="CampaignStorage"/> over it. Migrated unless it
/// is asked for empty. SQLite itself does not wait here (busy time-out 0), so that a held lock refuses at once.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>The file of a migrated database without a campaign.</summary>
    internal static readonly Task<byte[]> MigratedFile = MigrateOnceAsync();

    private readonly ServiceProvider _services;

    private TestDatabase(string folder, ServiceProvider services)
    {
        Folder = folder;
        _services = services;
    }

    /// <summary>The data directory, deleted at the end.</summary>
    public string Folder { get; }

    /// <summary>The database's file.</summary>
    public string File => Services.GetRequiredService<StorageOptions>().DatabaseFile;

    /// <summary>The connection string as Janus uses it.</summary>
    public string ConnectionString => Services.GetRequiredService<StorageOptions>().ConnectionString;

    /// <summary>Everything that <c>AddCampaignStorage</c> registers.</summary>
    public IServiceProvider Services => _services;

    /// <summary>The one mechanism.</summary>
    public LockRetry Retry => Services.GetRequiredService<LockRetry>();

    /// <summary>Reads and writes in transactions.</summary>
    public CampaignDatabase Database => Services.GetRequiredService<CampaignDatabase>();

    /// <summary>The migrator.</summary>
    public DatabaseMigrator Migrator => Services.GetRequiredService<DatabaseMigrator>();

    /// <summary>Creates the folder, the file and the services.</summary>
    /// <param name="time">The clock of the services; the system's when nothing is said.</param>
    /// <param name="empty">True for a database that is not migrated yet: there is no file.</param>
    /// <param name="addServices">Further services.</param>
    /// <param name="settings">Further configuration, such as <c>Janus:LockRetry:Budget</c>.</param>
    public static async Task<TestDatabase> CreateAsync(
        TimeProvider? time = null, bool empty = false, Action<IServiceCollection>? addServices = null,
        IReadOnlyDictionary<string, string?>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("janus-test-").FullName;
        var database = new TestDatabase(folder, BuildServices(folder, time, addServices, settings));
        if (!empty)
            await System.IO.File.WriteAllBytesAsync(database.File, await MigratedFile);
        return database;
    }

    /// <summary>A context of the tables, as features get them.</summary>
    public CampaignsContext NewContext() => Services.GetRequiredService<DatabaseEngine>().NewContext();

    /// <summary>Somebody else's connection: not pooled, without a wait of its own, opened now.</summary>
    public SqliteConnection OpenForeign()
    {
        var connection = new SqliteConnection(SqliteLocks.Prepare($"Data Source={File};Pooling=False"));
        connection.Open();
        return connection;
    }

    /// <summary>Runs SQL on a foreign connection.</summary>
    public void Run(string sql)
    {
        using var connection = OpenForeign();
        connection.Run(sql);
    }

    /// <summary>The one number that a query gives, read on a foreign connection.</summary>
    public long Count(string sql)
    {
        using var connection = OpenForeign();
        return connection.Number(sql);
    }

    /// <summary>Closes the connections to this file only, so that nobody holds it.</summary>
    public void ClearPool()
    {
        Services.GetRequiredService<SqliteEngine>().Disconnect();
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        ClearPool();
        await _services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static ServiceProvider BuildServices(
        string folder, TimeProvider? time, Action<IServiceCollection>? addServices, IReadOnlyDictionary<string, string?>? settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Janus:DataDirectory"] = folder,
                ["Janus:LockRetry:BusyTimeout"] = "00:00:00",
            })
            .AddInMemoryCollection(settings ?? new Dictionary<string, string?>())
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddCampaignStorage(configuration);
        addServices?.Invoke(services);
        return services.BuildServiceProvider();
    }

    // Migrating costs more than most tests: it is done once, and every test gets a copy of the file.
    private static async Task<byte[]> MigrateOnceAsync()
    {
        await using var database = await CreateAsync(empty: true);
        await database.Migrator.MigrateAsync(CancellationToken.None);
        database.ClearPool();
        database.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        return await System.IO.File.ReadAllBytesAsync(database.File);
    }
}

/// <summary>SQL on a raw connection, in one word.</summary>
internal static class RawSql
{
    public static void Run(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        // Statement by statement: disposing the reader would run the rest and swallow what it throws.
        while (reader.NextResult())
        {
        }
    }

    public static long Number(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The first column of every row, as text.</summary>
    public static IReadOnlyList<string> Texts(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return texts;
    }

    public static string? Text(this DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }
}

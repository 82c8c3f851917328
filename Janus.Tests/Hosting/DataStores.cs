using System.Collections.Concurrent;
using Janus.Campaigns.Storage;
using Janus.Tests.Postgres;
using Janus.Tests.Storage;

namespace Janus.Tests.Hosting;

/// <summary>
/// Which database belongs to a data directory of real processes: the SQLite file in it, or, in a run about PostgreSQL, an empty database of its own, the same
/// for everybody who asks for the same directory.
/// </summary>
internal static class DataStores
{
    private static readonly ConcurrentDictionary<string, Task<string>> Databases = new(StringComparer.Ordinal);

    /// <summary>The connection string of the directory's database; null when it is the file in it.</summary>
    public static async Task<string?> PostgresOfAsync(string dataDirectory) =>
        TestStore.IsPostgres ? await Databases.GetOrAdd(Path.GetFullPath(dataDirectory), _ => CreateAsync()) : null;

    /// <summary>The settings that lead services in the test's own process to it.</summary>
    public static async Task<Dictionary<string, string?>> SettingsOfAsync(string dataDirectory)
    {
        var settings = new Dictionary<string, string?> { ["Janus:DataDirectory"] = dataDirectory };
        if (await PostgresOfAsync(dataDirectory) is { } postgres)
        {
            settings["Janus:Database"] = StorageOptions.Postgres;
            settings["ConnectionStrings:janus"] = postgres;
        }

        return settings;
    }

    private static async Task<string> CreateAsync()
    {
        var server = await PostgresServer.SharedAsync();
        return server.ConnectionString(await server.CreateDatabaseAsync());
    }
}

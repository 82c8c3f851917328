using Janus.Campaigns.Storage;

namespace Janus.Benchmarks;

/// <summary>The settings that lead the storage to a database.</summary>
internal static class StoreSettings
{
    /// <summary>The SQLite file of a data directory.</summary>
    public static Dictionary<string, string?> Sqlite(string folder, string synchronous = "full") =>
        new(StringComparer.Ordinal) { ["Janus:DataDirectory"] = folder, ["Janus:Synchronous"] = synchronous };

    /// <summary>A database on PostgreSQL.</summary>
    public static Dictionary<string, string?> Postgres(string folder, string connectionString) =>
        new(StringComparer.Ordinal) { ["Janus:DataDirectory"] = folder, ["Janus:Database"] = StorageOptions.Postgres, ["ConnectionStrings:janus"] = connectionString };
}

using Microsoft.Data.Sqlite;

namespace Janus.Campaigns.Storage;

/// <summary>Where a Janus keeps its things. Bound from the section <c>Janus</c> and <c>ConnectionStrings:janus</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Janus";

    /// <summary>Database, media, backups and keys; <c>.janus</c> in the current folder when nothing is said.</summary>
    public string DataDirectory { get; set; } = ".janus";

    /// <summary>Pictures; <c>media</c> in the data directory when nothing is said.</summary>
    public string MediaDirectory { get; set; } = "";

    /// <summary>The connection string; <c>janus.db</c> in the data directory when nothing is said.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// <c>full</c> (the default): SQLite syncs at every commit, so a committed transaction survives a power cut. <c>normal</c>: it syncs at
    /// checkpoints only; a power cut or a crash of the system may take back the last commits, but never damages the file. The end of a process loses nothing with either.
    /// </summary>
    public string Synchronous { get; set; } = "full";

    /// <summary>Whether every commit is synced.</summary>
    public bool SyncsEveryCommit => !Is("normal");

    /// <summary>Whether <see cref="Synchronous"/> is one of its two words.</summary>
    internal bool IsSynchronousKnown => Is("full") || Is("normal");

    /// <summary>The database's file.</summary>
    public string DatabaseFile => new SqliteConnectionStringBuilder(ConnectionString).DataSource;

    private bool Is(string word) => Synchronous.Equals(word, StringComparison.OrdinalIgnoreCase);
}

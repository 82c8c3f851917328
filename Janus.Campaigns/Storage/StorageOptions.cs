using System.ComponentModel.DataAnnotations;
using Microsoft.Data.Sqlite;

namespace Janus.Campaigns.Storage;

/// <summary>Where a Janus keeps its things. Bound from the section <c>Janus</c> and <c>ConnectionStrings:janus</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Janus";

    /// <summary>The word of <see cref="Database"/> for PostgreSQL.</summary>
    public const string Postgres = "postgres";

    /// <summary>The variable that names the database of a service.</summary>
    internal const string ConnectionVariable = "ConnectionStrings__janus";

    /// <summary><c>sqlite</c> (the default): one file on one machine. <c>postgres</c>: a PostgreSQL server, and any number of processes.</summary>
    [Words("sqlite", Postgres, InAnyCase = true)]
    public string Database { get; set; } = "sqlite";

    /// <summary>How many connections to PostgreSQL a process may have, 4 to 500; one more listens. SQLite has no such limit.</summary>
    [Range(4, 500)]
    public int MaxConnections { get; set; } = 20;

    /// <summary>
    /// Where pictures are: <c>folder</c>, that is <see cref="MediaDirectory"/>, the default on SQLite; or <c>database</c>, rows beside the others, the
    /// default on PostgreSQL and possible only there.
    /// </summary>
    [Words("folder", "database", "", InAnyCase = true)]
    public string Media { get; set; } = "";

    /// <summary>Database, media, backups and keys; <c>.janus</c> in the current folder when nothing is said.</summary>
    public string DataDirectory { get; set; } = ".janus";

    /// <summary>Pictures; <c>media</c> in the data directory when nothing is said.</summary>
    public string MediaDirectory { get; set; } = "";

    /// <summary>The connection string; <c>janus.db</c> in the data directory when nothing is said.</summary>
    public string ConnectionString { get; internal set; } = "";

    /// <summary>Where a person named the database, for lines that refuse it.</summary>
    internal string NamedBy { get; set; } = ConnectionVariable;

    /// <summary>
    /// <c>full</c> (the default): SQLite syncs at every commit, so a committed transaction survives a power cut. <c>normal</c>: it syncs at
    /// checkpoints only; a power cut or a crash of the system may take back the last commits, but never damages the file. The end of a process loses nothing with either.
    /// </summary>
    [Words("full", "normal", InAnyCase = true)]
    public string Synchronous { get; set; } = "full";

    /// <summary>Whether every commit is synced.</summary>
    public bool SyncsEveryCommit => !Synchronous.Equals("normal", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the database is PostgreSQL.</summary>
    public bool IsPostgres => Database.Equals(Postgres, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether pictures are rows of the database.</summary>
    public bool KeepsMediaInDatabase => Media.Equals("database", StringComparison.OrdinalIgnoreCase);

    /// <summary>The file of a SQLite database.</summary>
    public string DatabaseFile => new SqliteConnectionStringBuilder(ConnectionString).DataSource;
}

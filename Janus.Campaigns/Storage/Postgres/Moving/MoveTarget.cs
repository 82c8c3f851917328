using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Campaigns.Storage.Moving;

/// <summary>The PostgreSQL database that is moved into, with the services that Janus itself uses it by.</summary>
internal sealed class MoveTarget : IAsyncDisposable
{
    // A connection or two; the services ask for at least so many.
    private const int Connections = 4;

    private readonly ServiceProvider _services;

    /// <summary>Prepares it; nothing is opened.</summary>
    /// <exception cref="StartRefusedException">The connection string is none.</exception>
    public MoveTarget(MoveWish wish, string dataDirectory)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Janus:Database"] = StorageOptions.Postgres,
            ["Janus:DataDirectory"] = dataDirectory,
            ["Janus:MaxConnections"] = Connections.ToString(System.Globalization.CultureInfo.InvariantCulture),
            // A person waits: a server that is not there is told soon.
            ["Janus:LockRetry:Budget"] = "00:00:05",
            ["ConnectionStrings:janus"] = wish.To,
        }).Build();
        _services = new ServiceCollection().AddLogging().AddCampaignStorage(configuration).Configure<StorageOptions>(options => options.NamedBy = wish.NamedBy).BuildServiceProvider();
        Database = $"database {PostgresConnection.Describe(Options.ConnectionString)}";
        NamedBy = wish.NamedBy;
        using var context = Engine.NewContext();
        Tables = MovedTable.Of(context.Model);
    }

    /// <summary>The database as a line for a person names it, without its password.</summary>
    public string Database { get; }

    /// <summary>Where the person named it.</summary>
    public string NamedBy { get; }

    /// <summary>Its tables, each behind those that it names.</summary>
    public IReadOnlyList<MovedTable> Tables { get; }

    /// <summary>What begins and ends its transactions.</summary>
    public PostgresEngine Engine => _services.GetRequiredService<PostgresEngine>();

    /// <summary>What checks and migrates it.</summary>
    public PostgresMigrator Migrator => _services.GetRequiredService<PostgresMigrator>();

    private StorageOptions Options => _services.GetRequiredService<StorageOptions>();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

using System.Globalization;

namespace Janus.LocalHost;

/// <summary>What the environment asks of a host, under Aspire or not.</summary>
/// <param name="DataDirectory">The full path of the folder that holds database, media, backups and keys.</param>
/// <param name="WebPort">The port of the pages; 0 means any free one, null means the usual one if it is free.</param>
/// <param name="ApiPort">The port of the API; 0 and null as for <paramref name="WebPort"/>.</param>
internal sealed record HostSettings(string DataDirectory, int? WebPort, int? ApiPort)
{
    /// <summary>More processes than this are for more than one machine.</summary>
    private const int MostReplicas = 64;

    /// <summary>Whether the trace report runs beside the services and they send it what they record.</summary>
    public bool ShowsTraces { get; init; }

    /// <summary>How many workers run, 1 or more.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>How many APIs answer behind one address, 1 or more.</summary>
    public int Apis { get; init; } = 1;

    /// <summary>The connection string of a PostgreSQL server that is there; null for one of the host's own or SQLite.</summary>
    public string? Postgres { get; init; }

    /// <summary>Whether the host is to start a PostgreSQL server itself, in a container.</summary>
    public bool StartsPostgres { get; init; }

    /// <summary>Reads what the host was started with.</summary>
    /// <param name="solutionDirectory">Where a relative path starts, because Aspire runs its host in another folder than a person's.</param>
    /// <param name="variable">A variable's text; null when it is not set.</param>
    /// <exception cref="HostRefusedException">A variable is set to something that makes no sense.</exception>
    public static HostSettings Read(string solutionDirectory, Func<string, string?> variable)
    {
        var data = variable(Topology.DataVariable) is { Length: > 0 } named ? named : Topology.DataFolder;
        var server = variable(Topology.PostgresVariable) is { Length: > 0 } there ? there : null;
        return new(
            Path.GetFullPath(data, Path.GetFullPath(solutionDirectory)),
            Port(Topology.Ports.WebVariable, variable(Topology.Ports.WebVariable)),
            Port(Topology.Ports.ApiVariable, variable(Topology.Ports.ApiVariable)))
        {
            Workers = Replicas(Topology.WorkersVariable, variable(Topology.WorkersVariable)),
            Apis = Replicas(Topology.ApisVariable, variable(Topology.ApisVariable)),
            Postgres = server,
            StartsPostgres = IsPostgres(variable(Topology.DatabaseVariable), server) && server is null,
        };
    }

    /// <summary>Sees that plain processes can do what is asked.</summary>
    /// <exception cref="HostRefusedException">They cannot: it says why, and what to do.</exception>
    public HostSettings ForPlainProcesses()
    {
        if (StartsPostgres)
        {
            throw new HostRefusedException(
                HostRefusedException.BadSetting,
                $"{Topology.DatabaseVariable} asks for a PostgreSQL server in a container, which only the Aspire AppHost starts: name a server that is there with {Topology.PostgresVariable}.");
        }

        return Apis == 1 ? this : throw new HostRefusedException(
            HostRefusedException.BadSetting,
            $"{Topology.ApisVariable} is '{Apis}', but plain processes have no proxy in front of several APIs: start the Aspire AppHost, or leave it out.");
    }

    /// <summary>Adds the trace report, unless a person already sends the telemetry elsewhere, which is then said.</summary>
    /// <param name="endpoint">What <see cref="Topology.Variables.TelemetryEndpoint"/> is set to.</param>
    /// <param name="say">Takes a line for the person.</param>
    public HostSettings WithTraces(string? endpoint, Action<string> say)
    {
        if (string.IsNullOrWhiteSpace(endpoint))
            return this with { ShowsTraces = true };
        say($"{Topology.Variables.TelemetryEndpoint} is set: telemetry goes to {endpoint}, and {Arguments.Traces} starts nothing");
        return this;
    }

    /// <summary>Reads how many of a service to start; no text at all means one.</summary>
    /// <exception cref="HostRefusedException">The text is no whole number from 1 to <see cref="MostReplicas"/>.</exception>
    public static int Replicas(string variable, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 1;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var replicas) && replicas is >= 1 and <= MostReplicas)
            return replicas;
        throw new HostRefusedException(HostRefusedException.BadSetting, $"{variable} is '{text}': use a whole number from 1 to {MostReplicas}.");
    }

    /// <summary>Reads a port from a variable's text; no text at all means that nobody asked for one.</summary>
    /// <exception cref="HostRefusedException">The text is no whole number from 0 to 65535.</exception>
    public static int? Port(string variable, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
            return port;
        throw new HostRefusedException(
            HostRefusedException.BadSetting, $"{variable} is '{text}', which is no port: use 1 to 65535, or 0 for any free port.");
    }

    private static bool IsPostgres(string? text, string? server) => text switch
    {
        null or "" => server is not null,
        Topology.Postgres => true,
        Topology.Sqlite when server is null => false,
        Topology.Sqlite => throw new HostRefusedException(
            HostRefusedException.BadSetting, $"{Topology.DatabaseVariable} is '{text}', but {Topology.PostgresVariable} names a PostgreSQL server: leave one of them out."),
        _ => throw new HostRefusedException(
            HostRefusedException.BadSetting, $"{Topology.DatabaseVariable} is '{text}': use {Topology.Sqlite} or {Topology.Postgres}."),
    };
}

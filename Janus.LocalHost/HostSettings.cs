using System.Globalization;

namespace Janus.LocalHost;

/// <summary>What the environment asks of the host.</summary>
/// <param name="DataDirectory">The full path of the folder that holds database, media, backups and keys.</param>
/// <param name="WebPort">The port of the pages; 0 means any free one, null means the usual one if it is free.</param>
/// <param name="ApiPort">The port of the API; 0 and null as for <paramref name="WebPort"/>.</param>
internal sealed record HostSettings(string DataDirectory, int? WebPort, int? ApiPort)
{
    /// <summary>More processes than this are for more than one machine.</summary>
    private const int MostWorkers = 64;

    /// <summary>Whether the trace report runs beside the services and they send it what they record.</summary>
    public bool ShowsTraces { get; init; }

    /// <summary>How many workers run, 1 or more.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The connection string of a PostgreSQL server that is there; null for SQLite in the data directory.</summary>
    public string? Postgres { get; init; }

    /// <summary>Reads what this process was started with.</summary>
    /// <exception cref="HostRefusedException">A variable is set to something that makes no sense.</exception>
    public static HostSettings FromEnvironment(string solutionDirectory) => new(
        Topology.DataDirectory(solutionDirectory),
        Port(Topology.Ports.WebVariable, Environment.GetEnvironmentVariable(Topology.Ports.WebVariable)),
        Port(Topology.Ports.ApiVariable, Environment.GetEnvironmentVariable(Topology.Ports.ApiVariable)))
    {
        Workers = WorkersFrom(Environment.GetEnvironmentVariable(Topology.WorkersVariable)),
        Postgres = Environment.GetEnvironmentVariable(Topology.PostgresVariable) is { Length: > 0 } server ? server : null,
    };

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

    /// <summary>Reads how many workers to start; no text at all means one.</summary>
    /// <exception cref="HostRefusedException">The text is no whole number from 1 to <see cref="MostWorkers"/>.</exception>
    public static int WorkersFrom(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 1;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var workers) && workers is >= 1 and <= MostWorkers)
            return workers;
        throw new HostRefusedException(HostRefusedException.BadSetting, $"{Topology.WorkersVariable} is '{text}': use a whole number from 1 to {MostWorkers}.");
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
}

using System.Data.Common;
using System.Globalization;

namespace Janus.LocalHost;

/// <summary>
/// The services' programs with the environment that Aspire would give them. They stand in the projects' own build output, in the
/// same configuration as this host: <c>../Janus.ApiService/bin/Debug/net10.0/Janus.ApiService.dll</c>.
/// </summary>
internal sealed class JanusPrograms
{
    // With the host's prefix a line of the trace report has 120 characters.
    private const string TraceWidth = "104";

    private const string LogFormat = "Logging__Console__FormatterName";

    private readonly string? _postgres;
    private readonly int _workers;
    private readonly string _build;
    private readonly string _dotnet;

    /// <summary>Finds the solution from where this host stands.</summary>
    /// <param name="hostDirectory">Where this host's own program stands: <c>…/Janus.LocalHost/bin/Debug/net10.0</c>.</param>
    /// <param name="postgres">The connection string of a PostgreSQL server; null for SQLite in the data directory.</param>
    /// <param name="workers">Among how many workers Gemini's limits are divided.</param>
    public JanusPrograms(string hostDirectory, string? postgres = null, int workers = 1)
    {
        (_postgres, _workers) = (postgres, workers);
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(hostDirectory));
        _build = Path.Combine("bin", framework.Parent!.Name, framework.Name);
        SolutionDirectory = SolutionOf(hostDirectory);
        _dotnet = DotnetPath();
    }

    public string SolutionDirectory { get; }

    /// <summary>The solution's folder, seen from a program's build output.</summary>
    public static string SolutionOf(string hostDirectory) => Path.GetFullPath(Path.Combine(hostDirectory, "..", "..", "..", ".."));

    /// <summary>The one-shot program that brings the database up to date.</summary>
    public ServiceProgram Migrations(string dataDirectory) =>
        Service(Topology.Migrations, "Janus.ApiService", dataDirectory, port: null, apiPort: null, traces: null, [Topology.MigrateArgument]);

    /// <summary>The API; it alone is told the operator's key.</summary>
    public ServiceProgram Api(string dataDirectory, Ports ports, string operatorKey)
    {
        var program = Service(Topology.Api, "Janus.ApiService", dataDirectory, ports.Api, apiPort: null, ports.Traces);
        return program with { Environment = new Dictionary<string, string>(program.Environment) { [Topology.Variables.OperatorKey] = operatorKey } };
    }

    public ServiceProgram Worker(string dataDirectory, Ports ports)
    {
        var program = Service(Topology.Worker, "Janus.ContentWorker", dataDirectory, ports.Worker, apiPort: null, ports.Traces);
        return _workers == 1 ? program : program with
        {
            Environment = new Dictionary<string, string>(program.Environment) { [Topology.Variables.LimitReplicas] = _workers.ToString(CultureInfo.InvariantCulture) },
        };
    }

    /// <summary>The workers beside the first, each with a number to its name.</summary>
    public IEnumerable<ServiceProgram> MoreWorkers(string dataDirectory, Ports ports) =>
        ports.MoreWorkers.Select((port, index) => Worker(dataDirectory, ports with { Worker = port }) with { Name = $"{Topology.Worker}-{index + 2}" });

    public ServiceProgram Web(string dataDirectory, Ports ports) =>
        Service(Topology.Web, "Janus.Web", dataDirectory, ports.Web, ports.Api, ports.Traces);

    /// <summary>The trace report. It answers health questions beside the telemetry that comes over HTTP.</summary>
    public ServiceProgram Traces(TracePorts ports)
    {
        var (folder, program) = Find(Topology.Traces, "Janus.DevTools");
        string[] arguments = [program, "traces", "--grpc", Number(ports.Grpc), "--http", Number(ports.Http), "--width", TraceWidth, "--until-input-ends"];
        return new ServiceProgram(Topology.Traces, _dotnet, arguments, folder, new Dictionary<string, string>(), Ports.Address(ports.Http));

        static string Number(int port) => port.ToString(CultureInfo.InvariantCulture);
    }

    private ServiceProgram Service(
        string name, string project, string dataDirectory, int? port, int? apiPort, TracePorts? traces, IReadOnlyList<string>? arguments = null)
    {
        var (folder, program) = Find(name, project);
        var address = port is { } chosen ? Ports.Address(chosen) : null;
        return new ServiceProgram(
            name, _dotnet, [program, .. arguments ?? []], folder, Variables(name, dataDirectory, address, apiPort, traces), address);
    }

    private (string Folder, string Program) Find(string name, string project)
    {
        var folder = Path.Combine(SolutionDirectory, project);
        var program = Path.Combine(folder, _build, $"{project}.dll");
        return File.Exists(program)
            ? (folder, program)
            : throw new HostRefusedException(
                HostRefusedException.NotStarted, $"The program of {name} is missing at {program}: run 'dotnet build Janus.sln' first.");
    }

    private Dictionary<string, string> Variables(string name, string dataDirectory, Uri? address, int? apiPort, TracePorts? traces)
    {
        // DOTNET_ENVIRONMENT wins over ASPNETCORE_ENVIRONMENT, so a person who set only one of them must not meet our default in the other.
        var asked = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT");
        var variables = new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = asked ?? "Development",
            ["ASPNETCORE_ENVIRONMENT"] = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? asked ?? "Development",
            [Topology.Variables.DataDirectory] = dataDirectory,
            [Topology.Variables.TelemetryName] = name,
            [Topology.Variables.StopWithParent] = "true",
        };
        // The pages reach what is stored over HTTP only.
        if (name != Topology.Web)
        {
            variables[Topology.Variables.ConnectionString] = _postgres ?? ConnectionString(dataDirectory);
            variables[Topology.Variables.Database] = _postgres is null ? Topology.Sqlite : Topology.Postgres;
        }

        // One line for each entry reads better behind a prefix; whoever chose a format keeps it.
        if (Environment.GetEnvironmentVariable(LogFormat) is null)
        {
            variables[LogFormat] = "simple";
            variables["Logging__Console__FormatterOptions__SingleLine"] = "true";
        }

        if (address is not null)
            variables[Topology.Variables.Urls] = address.GetLeftPart(UriPartial.Authority);
        if (apiPort is { } port)
            variables[Topology.Variables.ApiAddress] = Ports.Address(port).GetLeftPart(UriPartial.Authority);
        if (traces is not null)
        {
            variables[Topology.Variables.TelemetryEndpoint] = Ports.Address(traces.Grpc).GetLeftPart(UriPartial.Authority);
            variables[Topology.Variables.TelemetryProtocol] = "grpc";
            // A person waits for the tree; the usual delays are up to a minute.
            variables[Topology.Variables.SpanDelay] = "1000";
            variables[Topology.Variables.LogDelay] = "1000";
            variables[Topology.Variables.MetricInterval] = "5000";
        }

        return variables;
    }

    /// <summary>The builder quotes a path that holds the connection string's own signs.</summary>
    private static string ConnectionString(string dataDirectory) =>
        new DbConnectionStringBuilder { ["Data Source"] = Path.Combine(dataDirectory, Topology.DatabaseFile) }.ConnectionString;

    private static string DotnetPath()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host)
            return host;
        var own = Environment.ProcessPath;
        return Path.GetFileNameWithoutExtension(own) == "dotnet" ? own! : "dotnet";
    }
}

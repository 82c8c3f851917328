using System.Data.Common;

namespace Janus.LocalHost;

/// <summary>
/// The services' programs with the environment that Aspire would give them. They stand in the projects' own build output, in the
/// same configuration as this host: <c>../Janus.ApiService/bin/Debug/net10.0/Janus.ApiService.dll</c>.
/// </summary>
internal sealed class JanusPrograms
{
    private const string LogFormat = "Logging__Console__FormatterName";

    private readonly string _build;
    private readonly string _dotnet;

    /// <summary>Finds the solution from where this host stands.</summary>
    /// <param name="hostDirectory">Where this host's own program stands: <c>…/Janus.LocalHost/bin/Debug/net10.0</c>.</param>
    public JanusPrograms(string hostDirectory)
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(hostDirectory));
        _build = Path.Combine("bin", framework.Parent!.Name, framework.Name);
        SolutionDirectory = Path.GetFullPath(Path.Combine(hostDirectory, "..", "..", "..", ".."));
        _dotnet = DotnetPath();
    }

    public string SolutionDirectory { get; }

    /// <summary>The one-shot program that brings the database up to date.</summary>
    public ServiceProgram Migrations(string dataDirectory) =>
        Program(Topology.Migrations, "Janus.ApiService", dataDirectory, port: null, apiPort: null, [Topology.MigrateArgument]);

    public ServiceProgram Api(string dataDirectory, Ports ports) =>
        Program(Topology.Api, "Janus.ApiService", dataDirectory, ports.Api, apiPort: null);

    public ServiceProgram Worker(string dataDirectory, Ports ports) =>
        Program(Topology.Worker, "Janus.ContentWorker", dataDirectory, ports.Worker, ports.Api);

    public ServiceProgram Web(string dataDirectory, Ports ports) =>
        Program(Topology.Web, "Janus.Web", dataDirectory, ports.Web, ports.Api);

    private ServiceProgram Program(
        string name, string project, string dataDirectory, int? port, int? apiPort, IReadOnlyList<string>? arguments = null)
    {
        var folder = Path.Combine(SolutionDirectory, project);
        var program = Path.Combine(folder, _build, $"{project}.dll");
        if (!File.Exists(program))
        {
            throw new HostRefusedException(
                HostRefusedException.NotStarted, $"The program of {name} is missing at {program}: run 'dotnet build Janus.sln' first.");
        }

        var address = port is { } chosen ? Ports.Address(chosen) : null;
        return new ServiceProgram(
            name, _dotnet, [program, .. arguments ?? []], folder, Variables(name, dataDirectory, address, apiPort), address);
    }

    private static Dictionary<string, string> Variables(string name, string dataDirectory, Uri? address, int? apiPort)
    {
        // DOTNET_ENVIRONMENT wins over ASPNETCORE_ENVIRONMENT, so a person who set only one of them must not meet our default in the other.
        var asked = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT");
        var variables = new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = asked ?? "Development",
            ["ASPNETCORE_ENVIRONMENT"] = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? asked ?? "Development",
            [Topology.Variables.ConnectionString] = ConnectionString(dataDirectory),
            [Topology.Variables.DataDirectory] = dataDirectory,
            [Topology.Variables.TelemetryName] = name,
            [Topology.Variables.StopWithParent] = "true",
        };
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

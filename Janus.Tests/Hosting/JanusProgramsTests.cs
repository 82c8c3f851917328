using System.Data.Common;
using Janus.LocalHost;
using Janus.Tests.House;

namespace Janus.Tests.Hosting;

/// <summary>What each service is told: the same as under Aspire.</summary>
public sealed class JanusProgramsTests
{
    private static readonly Ports _ports = new(Web: 1001, Api: 1002, Worker: 1003);
    private readonly JanusPrograms _programs = new(Path.GetDirectoryName(Solution.ProgramOf("Janus.LocalHost"))!);

    [Fact]
    public void Each_service_listens_on_its_own_port_and_bears_its_own_name_in_telemetry()
    {
        (ServiceProgram Program, string Name, int Port)[] services =
        [
            (_programs.Api("data", _ports, "key"), Topology.Api, 1002),
            (_programs.Worker("data", _ports), Topology.Worker, 1003),
            (_programs.Web("data", _ports), Topology.Web, 1001),
        ];
        foreach (var (program, name, port) in services)
        {
            program.Environment[Topology.Variables.Urls].ShouldBe($"http://127.0.0.1:{port}");
            program.Environment[Topology.Variables.TelemetryName].ShouldBe(name);
            program.Environment[Topology.Variables.StopWithParent].ShouldBe("true");
            program.Environment[Topology.Variables.DataDirectory].ShouldBe("data");
            program.WorkingDirectory.ShouldStartWith(Solution.Root);
        }
    }

    [Fact]
    public void Services_send_their_telemetry_to_the_trace_report_when_there_is_one()
    {
        var ports = _ports with { Traces = new TracePorts(Grpc: 1004, Http: 1005) };
        foreach (var program in (ServiceProgram[])[_programs.Api("data", ports, "key"), _programs.Worker("data", ports), _programs.Web("data", ports)])
        {
            program.Environment[Topology.Variables.TelemetryEndpoint].ShouldBe("http://127.0.0.1:1004");
            program.Environment[Topology.Variables.TelemetryProtocol].ShouldBe("grpc");
        }

        _programs.Traces(ports.Traces).Arguments.Skip(1).ShouldBe(["traces", "--grpc", "1004", "--http", "1005", "--width", "104", "--until-input-ends"]);
        _programs.Traces(ports.Traces).Address.ShouldBe(new Uri("http://127.0.0.1:1005"));
        _programs.Api("data", _ports, "key").Environment.Keys.ShouldNotContain(Topology.Variables.TelemetryEndpoint);
    }

    [Fact]
    public void The_pages_know_where_the_api_is_and_the_api_alone_knows_the_operators_key()
    {
        _programs.Web("data", _ports).Environment[Topology.Variables.ApiAddress].ShouldBe("http://127.0.0.1:1002");
        _programs.Api("data", _ports, "key").Environment[Topology.Variables.OperatorKey].ShouldBe("key");
        foreach (var program in (ServiceProgram[])[_programs.Migrations("data"), _programs.Worker("data", _ports), _programs.Web("data", _ports)])
            program.Environment.Keys.ShouldNotContain(Topology.Variables.OperatorKey);
        _programs.Api("data", _ports, "key").Environment.Keys.ShouldNotContain(Topology.Variables.ApiAddress);
    }

    [Theory]
    [InlineData("data")]
    [InlineData("a folder; with = signs")]
    public void The_connection_string_names_the_database_whatever_the_folder_is_called(string folder)
    {
        var text = _programs.Migrations(folder).Environment[Topology.Variables.ConnectionString];
        new DbConnectionStringBuilder { ConnectionString = text }["Data Source"].ShouldBe(Path.Combine(folder, Topology.DatabaseFile));
    }

    [Fact]
    public void Programs_that_were_not_built_are_refused_with_the_command_that_builds_them()
    {
        var elsewhere = new JanusPrograms(Path.Combine(Path.GetTempPath(), "nowhere", "bin", "Debug", "net10.0"));
        Should.Throw<HostRefusedException>(() => elsewhere.Api("data", _ports, "key")).Message.ShouldContain("dotnet build Janus.sln");
    }
}

using System.Net;
using System.Net.Sockets;
using Janus.LocalHost;

namespace Janus.Tests.Hosting;

public sealed class PortsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("0", 0)]
    [InlineData("65535", 65535)]
    public void A_port_is_a_number_or_nobody_asked(string? text, int? port) =>
        HostSettings.Port("JANUS_WEB_PORT", text).ShouldBe(port);

    [Theory]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("80 ")]
    [InlineData("0x50")]
    [InlineData("http")]
    public void Anything_else_is_refused_by_the_variables_name(string text)
    {
        var refusal = Should.Throw<HostRefusedException>(() => HostSettings.Port("JANUS_WEB_PORT", text));
        refusal.ExitCode.ShouldBe(HostRefusedException.BadSetting);
        refusal.Message.ShouldStartWith($"JANUS_WEB_PORT is '{text}'");
    }

    [Fact]
    public void Free_ports_are_three_different_ones()
    {
        var ports = Ports.Choose(new HostSettings("data", WebPort: 0, ApiPort: 0), _ => { });
        new[] { ports.Web, ports.Api, ports.Worker }.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void The_trace_report_gets_ports_of_its_own_and_only_when_it_is_asked_for()
    {
        var settings = new HostSettings("data", WebPort: 0, ApiPort: 0);
        Ports.Choose(settings, _ => { }).Traces.ShouldBeNull();

        var ports = Ports.Choose(settings.WithTraces(endpoint: null, _ => { }), _ => { });
        var traces = ports.Traces.ShouldNotBeNull();
        new[] { ports.Web, ports.Api, ports.Worker, traces.Grpc, traces.Http }.Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void Telemetry_that_a_person_sends_elsewhere_goes_there_and_that_is_said()
    {
        var said = new List<string>();
        new HostSettings("data", WebPort: 0, ApiPort: 0).WithTraces("http://127.0.0.1:9", said.Add).ShowsTraces.ShouldBeFalse();
        said.ShouldHaveSingleItem().ShouldBe("OTEL_EXPORTER_OTLP_ENDPOINT is set: telemetry goes to http://127.0.0.1:9, and --traces starts nothing");
    }

    [Fact]
    public void One_port_cannot_be_asked_for_twice()
    {
        var free = Ports.Choose(new HostSettings("data", WebPort: 0, ApiPort: 0), _ => { }).Web;
        Should.Throw<HostRefusedException>(() => Ports.Choose(new HostSettings("data", free, free), _ => { })).Message.ShouldContain("JANUS_API_PORT");
    }

    [Fact]
    public void A_usual_port_that_is_taken_gives_way_and_that_is_said()
    {
        using var holder = new TcpListener(IPAddress.Loopback, Topology.Ports.Web);
        try
        {
            holder.Start();
        }
        catch (SocketException)
        {
            // Somebody else holds it, which is as good.
        }

        var said = new List<string>();
        var ports = Ports.Choose(new HostSettings("data", WebPort: null, ApiPort: 0), said.Add);
        ports.Web.ShouldNotBe(Topology.Ports.Web);
        said.ShouldHaveSingleItem().ShouldContain($"web uses {ports.Web} instead");
    }
}

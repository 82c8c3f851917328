using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Janus.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Janus.Tests.ServiceDefaults;

/// <summary>The programs as health checks of their own containers: one line and 0 or 1, whatever is the matter.</summary>
public sealed class ServiceHealthTests
{
    public static TheoryData<string> Programs => ["Janus.ApiService", "Janus.ContentWorker", "Janus.Web"];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Every_program_tells_that_the_service_beside_it_is_ready(string program)
    {
        await using var service = await LoopbackService.StartAsync(builder => builder.AddServiceDefaults(), app => app.MapDefaultEndpoints());

        var asked = await AskAsync(program, ("ASPNETCORE_URLS", service.Address.ToString()));

        asked.ExitCode.ShouldBe(0);
        asked.Output.ShouldBe($"healthy: {service.Address}health answers 200{Environment.NewLine}");
        asked.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ASPNETCORE_HTTP_PORTS", "{0}")]
    [InlineData("HTTP_PORTS", "{0}")]
    [InlineData("ASPNETCORE_URLS", "http://*:{0}")]
    [InlineData("ASPNETCORE_URLS", "https://*:1;http://0.0.0.0:{0}")]
    public async Task It_asks_where_the_service_is_told_to_listen(string variable, string address)
    {
        await using var service = await LoopbackService.StartAsync(builder => builder.AddServiceDefaults(), app => app.MapDefaultEndpoints());

        var asked = await AskAsync("Janus.Web", (variable, string.Format(CultureInfo.InvariantCulture, address, service.Address.Port)));

        (asked.ExitCode, asked.Output).ShouldBe((0, $"healthy: {service.Address}health answers 200{Environment.NewLine}"));
    }

    [Fact]
    public async Task A_service_that_is_alive_but_not_ready_is_not_healthy()
    {
        await using var service = await LoopbackService.StartAsync(
            builder => builder.AddServiceDefaults().Services.AddHealthChecks().AddCheck("database", () => HealthCheckResult.Unhealthy()),
            app => app.MapDefaultEndpoints());

        await ShouldBeUnhealthyAsync("answers 503", ("ASPNETCORE_URLS", service.Address.ToString()));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Where_nobody_listens_nobody_is_healthy(string program)
    {
        // Bound but not listening: nobody else gets the port meanwhile.
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        await ShouldBeUnhealthyAsync("nothing answers at", program, ("ASPNETCORE_URLS", $"http://{nobody.LocalEndPoint}"));
    }

    [Fact]
    public async Task A_service_that_takes_the_question_and_never_answers_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        await ShouldBeUnhealthyAsync("does not answer within 5 s", ("ASPNETCORE_URLS", $"http://{silent.LocalEndpoint}"));
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "five thousand", "five thousand is no address")]
    [InlineData("ASPNETCORE_URLS", "https://*:5001", "no HTTP address whose port is known")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:0", "no HTTP address whose port is known")]
    [InlineData("ASPNETCORE_HTTPS_PORTS", "5001", "no HTTP address whose port is known")]
    public async Task Settings_that_make_no_sense_are_told_of_in_a_line(string variable, string value, string told) => await ShouldBeUnhealthyAsync(told, (variable, value));

    private static Task ShouldBeUnhealthyAsync(string told, params (string Name, string Value)[] environment) => ShouldBeUnhealthyAsync(told, "Janus.Web", environment);

    private static async Task ShouldBeUnhealthyAsync(string told, string program, params (string Name, string Value)[] environment)
    {
        var asked = await AskAsync(program, environment);

        asked.ExitCode.ShouldBe(1);
        asked.Output.ShouldBeEmpty();
        asked.Errors.ShouldHaveSingleItem().ShouldStartWith("unhealthy: ");
        asked.Errors[0].ShouldContain(told);
    }

    // As in a container: not in Development, and with nothing that the service would need besides.
    private static Task<ProgramRun> AskAsync(string program, params (string Name, string Value)[] environment) =>
        ProgramRun.OfAsync(program, [Topology.HealthArgument], [("DOTNET_ENVIRONMENT", "Production"), .. environment]);
}

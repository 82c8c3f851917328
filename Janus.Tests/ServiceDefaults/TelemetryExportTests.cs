using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Janus.DevTools.Traces.Receiving;
using Janus.Tests.Api;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Janus.Tests.ServiceDefaults;

public sealed class TelemetryExportTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(Endpoint, "http://127.0.0.1:9", true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:9", true)]
    public void Nothing_listens_where_there_is_no_endpoint(string? variable, string? address, bool expected)
    {
        using var host = Build(variable is null ? [] : [(variable, address!)]);

        (host.Services.GetService<TracerProvider>() is not null).ShouldBe(expected);
        (host.Services.GetService<MeterProvider>() is not null).ShouldBe(expected);
    }

    [Fact]
    public async Task What_is_in_the_queues_leaves_when_the_service_stops_under_the_name_that_the_variables_give()
    {
        await using var receiver = await TraceReceiver.StartAsync(new TraceReceiverOptions(), CancellationToken.None);
        using var source = new ActivitySource("Janus.Tests.Export");
        using (var host = Build(
            (Endpoint, receiver.HttpAddress.AbsoluteUri), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "600000"),
            ("OTEL_SERVICE_NAME", "named"), ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=seven")))
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            source.StartActivity("last words")!.Dispose();
            await host.StopAsync(TestContext.Current.CancellationToken);
        }

        receiver.Spans.Single(span => span.Name == "last words").Service.ShouldBe("named");
        receiver.Logs.ShouldAllBe(line => line.Service == "named");
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_is_told_of_once_and_a_stop_does_not_wait_for_one_that_never_answers()
    {
        // It accepts connections, as the system does for it, and never answers.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var source = new ActivitySource("Janus.Tests.Silent");
        var logs = new RecordedLogs();
        using var host = Build(
            logs, (Endpoint, $"http://{silent.LocalEndpoint}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_EXPORTER_OTLP_TIMEOUT", "100"));
        await host.StartAsync(TestContext.Current.CancellationToken);
        var tracing = host.Services.GetRequiredService<TracerProvider>();
        for (var export = 0; export < 3; export++)
        {
            source.StartActivity("nobody hears")!.Dispose();
            tracing.ForceFlush(5_000);
        }

        var before = Stopwatch.GetTimestamp();
        await host.StopAsync(TestContext.Current.CancellationToken);

        logs.Lines.Count(line => line.Contains("Telemetry does not get out", StringComparison.Ordinal)).ShouldBe(1);
        Stopwatch.GetElapsedTime(before).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    private static IHost Build(params (string Name, string Value)[] variables) => Build(null, variables);

    private static IHost Build(RecordedLogs? logs, params (string Name, string Value)[] variables)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(variables.Select(variable => KeyValuePair.Create(variable.Name, (string?)variable.Value)));
        if (logs is not null)
            builder.Logging.AddProvider(logs);
        builder.ConfigureOpenTelemetry();
        return builder.Build();
    }
}

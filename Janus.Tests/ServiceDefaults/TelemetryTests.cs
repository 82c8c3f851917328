using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Janus.Tests.ServiceDefaults;

public sealed class TelemetryTests : IDisposable
{
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly KeptSpans _spans = new();

    [Fact]
    public async Task A_request_gives_one_server_span_with_its_route_and_status()
    {
        await using (var service = await StartAsync())
        {
            await SendAsync(service, "/campaigns/7?key=secret");
            await _spans.ServerSpanAsync(_trace);
        }

        var span = _spans.Of(_trace).ShouldHaveSingleItem();
        span.Kind.ShouldBe(ActivityKind.Server);
        span.DisplayName.ShouldBe("GET /campaigns/{id}");
        span.GetTagItem("http.route").ShouldBe("/campaigns/{id}");
        span.GetTagItem("http.request.method").ShouldBe("GET");
        span.GetTagItem("http.response.status_code").ShouldBe(200);
        span.GetTagItem("url.path").ShouldBe("/campaigns/7");
        span.GetTagItem("url.query").ShouldBe("?key=Redacted");
        span.GetTagItem("server.address").ShouldBe("127.0.0.1");
        span.Status.ShouldBe(ActivityStatusCode.Unset);
    }

    [Theory]
    [InlineData("/refused", 404, ActivityStatusCode.Unset, null)]
    [InlineData("/broken", 503, ActivityStatusCode.Error, "503")]
    [InlineData("/thrown", 500, ActivityStatusCode.Error, "System.InvalidOperationException")]
    public async Task A_server_span_is_an_error_when_the_server_failed_and_only_then(string path, int status, ActivityStatusCode expected, string? error)
    {
        await using var service = await StartAsync();
        await SendAsync(service, path);

        var span = await _spans.ServerSpanAsync(_trace);
        span.GetTagItem("http.response.status_code").ShouldBe(status);
        span.Status.ShouldBe(expected);
        span.GetTagItem("error.type").ShouldBe(error);
    }

    [Fact]
    public async Task Health_requests_leave_no_spans_and_neither_does_what_they_cause()
    {
        await using (var service = await StartAsync())
        {
            await SendAsync(service, "/health");
            await SendAsync(service, "/alive");
        }

        _spans.Of(_trace).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_span_says_how_often_its_request_was_sent_before()
    {
        await using (var service = await StartAsync())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/campaigns/7");
            request.Options.Set(new HttpRequestOptionsKey<int>("http.request.resend_count"), 2);
            using var parent = new Activity("parent").SetParentId(_trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start();
            await service.Client.SendAsync(request);
            await _spans.ServerSpanAsync(_trace);
        }

        var client = _spans.Of(_trace).Single(span => span.Kind == ActivityKind.Client);
        client.GetTagItem("http.request.resend_count").ShouldBe(2);
        client.GetTagItem("http.response.status_code").ShouldBe(200);
        _spans.Of(_trace).Single(span => span.Kind == ActivityKind.Server).ParentSpanId.ShouldBe(client.SpanId);
    }

    [Fact]
    public async Task Sources_and_meters_of_Janus_and_of_the_frameworks_are_heard()
    {
        using var meter = new Meter("Janus.Tests.Heard");
        using var metrics = new KeptMetricNames();
        await using (var service = await StartAsync(services => services.ConfigureOpenTelemetryMeterProvider(
            provider => provider.AddReader(new BaseExportingMetricReader(metrics)))))
        {
            meter.CreateCounter<int>("janus.tests.heard").Add(1);
            await SendAsync(service, "/campaigns/7");
            // False, because the exporter reaches nobody; the test's own has what it needs.
            service.Services.GetRequiredService<MeterProvider>().ForceFlush();
        }

        metrics.Names.ShouldContain("janus.tests.heard");
        metrics.Names.ShouldContain("http.server.request.duration");
        metrics.Names.ShouldContain("kestrel.active_connections");
        metrics.Names.ShouldContain("http.client.request.duration");
        metrics.Names.ShouldContain("dotnet.gc.collections");
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("http://127.0.0.1:4317", true)]
    public void The_exporter_is_registered_only_where_there_is_an_endpoint(string? endpoint, bool expected)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;

        builder.ConfigureOpenTelemetry();

        builder.Services.Any(service => service.ServiceType.Assembly == typeof(OtlpExporterOptions).Assembly).ShouldBe(expected);
    }

    public void Dispose() => _spans.Dispose();

    private Task<LoopbackService> StartAsync(Action<IServiceCollection>? add = null) => LoopbackService.StartAsync(
        builder =>
        {
            // Nobody listens there; the spans are kept by the test's own processor.
            builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9";
            builder.AddServiceDefaults();
            builder.Services.ConfigureOpenTelemetryTracerProvider(provider => provider.AddProcessor(new SimpleActivityExportProcessor(_spans)));
            add?.Invoke(builder.Services);
        },
        app =>
        {
            app.MapDefaultEndpoints();
            app.MapGet("/campaigns/{id}", (string id) => id);
            app.MapGet("/refused", () => Results.NotFound());
            app.MapGet("/broken", () => Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
            app.MapGet("/thrown", string () => throw new InvalidOperationException("A test's own failure."));
        });

    /// <summary>Sends a request as another process would: with a trace of its own and no client span of this process.</summary>
    private async Task SendAsync(LoopbackService service, string path)
    {
        using var handler = new SocketsHttpHandler { ActivityHeadersPropagator = null };
        using var client = new HttpClient(handler) { BaseAddress = service.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", $"00-{_trace}-{ActivitySpanId.CreateRandom()}-01");
        (await client.SendAsync(request)).Dispose();
    }

    private sealed class KeptMetricNames : BaseExporter<Metric>
    {
        public HashSet<string> Names { get; } = [];

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
                Names.Add(metric.Name);
            return ExportResult.Success;
        }
    }
}

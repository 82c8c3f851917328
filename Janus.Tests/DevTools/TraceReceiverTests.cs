using System.Diagnostics;
using System.Diagnostics.Metrics;
using Janus.DevTools.Traces.Receiving;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Janus.Tests.DevTools;

/// <summary>What the SDK's own exporter sends arrives field by field, by both protocols.</summary>
public sealed partial class TraceReceiverTests
{
    private const string Service = "a-service";

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task A_span_of_the_real_exporter_arrives_field_by_field(OtlpExportProtocol protocol)
    {
        using var source = new ActivitySource($"Janus.Tests.Traces.{protocol}");
        await using var caller = await TraceCaller.StartAsync();
        var linked = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        var start = DateTimeOffset.FromUnixTimeMilliseconds(1_770_000_000_123);
        string traceId, parentId, childId;
        using (Sdk.CreateTracerProviderBuilder().AddSource(source.Name).SetResourceBuilder(Resources)
            .AddOtlpExporter(exporter => Send(exporter, caller.Receiver, protocol, "/v1/traces")).Build())
        {
            using var parent = source.StartActivity("POST /plan", ActivityKind.Server)!;
            using var child = source.StartActivity(
                "process", ActivityKind.Consumer, parent.Context,
                [new("text", "grün"), new("whole", 7), new("part", 0.5), new("yes", true), new("list", (string[])["a", "b"])],
                [new ActivityLink(linked, new ActivityTagsCollection { ["why"] = "lost" })], start)!;
            child.AddEvent(new ActivityEvent("scored", start.AddMilliseconds(1), new ActivityTagsCollection { ["score"] = 0.25 }));
            child.SetStatus(ActivityStatusCode.Error, "It would not.").SetEndTime(start.UtcDateTime.AddMilliseconds(2.5));
            (traceId, parentId, childId) = (parent.TraceId.ToHexString(), parent.SpanId.ToHexString(), child.SpanId.ToHexString());
        }

        var spans = await caller.Receiver.WaitAsync(all => all.Count == 2, TraceCaller.Deadline);

        spans.Select(span => span.TraceId).Distinct().ShouldBe([traceId]);
        var root = spans.Single(span => span.SpanId == parentId);
        (root.Name, root.Kind, root.ParentSpanId, root.Status, root.StatusDescription)
            .ShouldBe(("POST /plan", ActivityKind.Server, null, ActivityStatusCode.Unset, null));
        var received = spans.Single(span => span.SpanId == childId);
        (received.Name, received.Kind, received.ParentSpanId).ShouldBe(("process", ActivityKind.Consumer, parentId));
        (received.Service, received.Scope).ShouldBe((Service, source.Name));
        (received.StartNanoseconds, received.Duration).ShouldBe((1_770_000_000_123_000_000, TimeSpan.FromMilliseconds(2.5)));
        (received.Status, received.StatusDescription).ShouldBe((ActivityStatusCode.Error, "It would not."));
        received.Attributes["text"].ShouldBe("grün");
        received.Attributes["whole"].ShouldBe(7L);
        received.Attributes["part"].ShouldBe(0.5);
        received.Attributes["yes"].ShouldBe(true);
        received.Attributes["list"].ShouldBeAssignableTo<IReadOnlyList<object?>>().ShouldBe(["a", "b"]);
        var happened = received.Events.ShouldHaveSingleItem();
        (happened.Name, happened.TimeNanoseconds, happened.Attributes["score"]).ShouldBe(("scored", 1_770_000_000_124_000_000, 0.25));
        var link = received.Links.ShouldHaveSingleItem();
        (link.TraceId, link.SpanId, link.Attributes["why"]).ShouldBe((linked.TraceId.ToHexString(), linked.SpanId.ToHexString(), "lost"));
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task A_log_line_of_the_real_exporter_arrives_with_its_trace(OtlpExportProtocol protocol)
    {
        await using var caller = await TraceCaller.StartAsync();
        using var span = new Activity("work").Start();
        using (var loggers = LoggerFactory.Create(logging => logging.AddOpenTelemetry(export =>
        {
            export.IncludeFormattedMessage = true;
            export.SetResourceBuilder(Resources).AddOtlpExporter(exporter => Send(exporter, caller.Receiver, protocol, "/v1/logs"));
        })))
        {
            SayGone(loggers.CreateLogger("Janus.Tests.Lines"), 3);
        }

        await caller.Receiver.WaitAsync(_ => caller.Receiver.Logs.Count == 1, TraceCaller.Deadline);

        var line = caller.Receiver.Logs.ShouldHaveSingleItem();
        (line.Service, line.Category, line.SeverityNumber, line.Severity).ShouldBe((Service, "Janus.Tests.Lines", 13, "Warning"));
        (line.Body, line.TraceId, line.SpanId).ShouldBe(("Worker 3 is gone", span.TraceId.ToHexString(), span.SpanId.ToHexString()));
        line.Attributes["Worker"].ShouldBe(3L);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task Of_metrics_the_latest_value_is_kept_for_the_names_of_Janus_and_of_models(OtlpExportProtocol protocol)
    {
        using var meter = new Meter($"Janus.Tests.Traces.Metrics.{protocol}");
        await using var caller = await TraceCaller.StartAsync();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).SetResourceBuilder(Resources)
            .AddOtlpExporter(exporter => Send(exporter, caller.Receiver, protocol, "/v1/metrics")).Build();
        var steps = meter.CreateCounter<long>("janus.generation.steps", "{step}");
        steps.Add(2, new KeyValuePair<string, object?>("outcome", "done"), new KeyValuePair<string, object?>("kind", "text"));
        meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s").Record(0.5);
        meter.CreateCounter<int>("somebody.elses").Add(1);
        provider.ForceFlush().ShouldBeTrue();
        steps.Add(3, new KeyValuePair<string, object?>("outcome", "done"), new KeyValuePair<string, object?>("kind", "text"));
        provider.ForceFlush().ShouldBeTrue();

        caller.Receiver.Received.Metrics.OrderBy(metric => metric.Name).ShouldBe(
        [
            new ReceivedMetric(Service, "gen_ai.client.operation.duration", "", "s", 0.5, 1),
            new ReceivedMetric(Service, "janus.generation.steps", "kind=text outcome=done", "{step}", 5, null),
        ]);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var caller = await TraceCaller.StartAsync();
        var taken = caller.Receiver.HttpAddress.Port;

        (await Should.ThrowAsync<TracePortTakenException>(TraceReceiver.StartAsync(new TraceReceiverOptions { HttpPort = taken }, TraceCaller.Deadline)))
            .Port.ShouldBe(taken);
    }

    [Fact]
    public async Task A_body_may_be_packed()
    {
        await using var caller = await TraceCaller.StartAsync(new TraceReceiverOptions { KeepBodies = true });
        byte[] one = TraceBodies.Request("one"), two = TraceBodies.Request("two"), three = TraceBodies.Request("three");

        ((int)await caller.PostAsync(TraceCaller.Gzip(one), encoding: "gzip")).ShouldBe(200);
        (await caller.CallAsync(TraceCaller.Frame(TraceCaller.Gzip(two), isPacked: true), encoding: "gzip")).ShouldBe("0");
        (await caller.CallAsync(TraceCaller.Frame(three), encoding: "gzip")).ShouldBe("0");

        caller.Receiver.Spans.Select(span => span.Name).ShouldBe(["one", "two", "three"], ignoreOrder: true);
        caller.Receiver.RequestBytes.Select(body => body.ToArray()).ShouldBe([one, two, three]);
        caller.Receiver.LargestRequest.ShouldBe(three.Length);
    }

    [Fact]
    public async Task A_broken_body_is_refused_and_leaves_nothing()
    {
        await using var caller = await TraceCaller.StartAsync();
        byte[] whole = TraceBodies.Request("whole"), cut = whole[..^3], noise = [0xff, 0xff, 0xff, 0xff];

        ((int)await caller.PostAsync(cut)).ShouldBe(400);
        ((int)await caller.PostAsync(noise, "/v1/logs")).ShouldBe(400);
        ((int)await caller.PostAsync(noise, "/v1/metrics")).ShouldBe(400);
        ((int)await caller.PostAsync(whole, encoding: "gzip")).ShouldBe(400);
        ((int)await caller.PostAsync(TraceCaller.Gzip(whole)[..^12], encoding: "gzip")).ShouldBe(400);
        (await caller.CallAsync(TraceCaller.Frame(cut))).ShouldBe("3");
        (await caller.CallAsync(TraceCaller.Frame(whole)[..^1])).ShouldBe("3");
        (await caller.CallAsync([.. TraceCaller.Frame(whole), .. TraceCaller.Frame(whole)])).ShouldBe("3");
        (await caller.CallAsync([0, 0])).ShouldBe("3");
        (await caller.CallAsync(TraceCaller.Frame(whole, isPacked: true))).ShouldBe("3");
        (await caller.CallAsync(TraceCaller.Frame(whole, isPacked: true), encoding: "gzip")).ShouldBe("3");

        caller.Receiver.Spans.ShouldBeEmpty();
        ((int)await caller.PostAsync(whole)).ShouldBe(200);
        caller.Receiver.Spans.ShouldHaveSingleItem().Name.ShouldBe("whole");
    }

    [Fact]
    public async Task What_nobody_reads_here_is_refused_by_name()
    {
        await using var caller = await TraceCaller.StartAsync();

        ((int)await caller.PostAsync("{}"u8.ToArray(), type: "application/json")).ShouldBe(415);
        ((int)await caller.PostAsync(TraceBodies.Request("a"), encoding: "br")).ShouldBe(415);
        ((int)await caller.PostAsync(TraceBodies.Request("a"), "/v1/profiles")).ShouldBe(404);
        (await caller.CallAsync(TraceCaller.Frame(TraceBodies.Request("a")), "/opentelemetry.proto.collector.trace.v1.TraceService/Import")).ShouldBe("12");
        (await caller.CallAsync(TraceCaller.Frame(TraceBodies.Request("a"), isPacked: true), encoding: "zstd")).ShouldBe("12");
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_refused_packed_or_not()
    {
        await using var caller = await TraceCaller.StartAsync(new TraceReceiverOptions { LongestBody = 10_000 });
        var body = TraceBodies.Request(new string('a', 20_000));

        ((int)await caller.PostAsync(body)).ShouldBe(413);
        ((int)await caller.PostAsync(TraceCaller.Gzip(body), encoding: "gzip")).ShouldBe(413);
        (await caller.CallAsync(TraceCaller.Frame(body))).ShouldBe("8");
        (await caller.CallAsync(TraceCaller.Frame(TraceCaller.Gzip(body), isPacked: true), encoding: "gzip")).ShouldBe("8");
        ((int)await caller.PostAsync(TraceBodies.Request("short"))).ShouldBe(200);
    }

    [Fact]
    public async Task Bodies_that_the_dashboard_would_refuse_are_counted()
    {
        await using var caller = await TraceCaller.StartAsync();
        var body = TraceBodies.Request(new string('a', ReceivedCounts.DashboardLimit));

        (await caller.CallAsync(TraceCaller.Frame(body))).ShouldBe("0");
        ((int)await caller.PostAsync(TraceBodies.Request("short"))).ShouldBe(200);

        caller.Receiver.Received.Counts.ShouldBe(new ReceivedCounts { Requests = 2, TooLongForDashboard = 1, LargestRequest = body.Length });
    }

    [Fact]
    public void Whatever_bytes_come_they_are_taken_or_refused()
    {
        var requests = new OtlpRequests(new ReceivedTelemetry(new TraceReceiverOptions()));
        byte[][] wholes = [TraceBodies.Request("a span"), TraceBodies.Lines(), TraceBodies.Numbers()];
        string[] paths = ["/v1/traces", "/v1/logs", "/v1/metrics"];
        var dice = new Random(1);
        var refused = 0;
        for (var round = 0; round < 6_000; round++)
        {
            var body = wholes[round % 3].ToArray();
            for (var change = 0; change <= round % 4; change++)
                body[dice.Next(body.Length)] = (byte)dice.Next(256);
            try
            {
                requests.Take(paths[dice.Next(3)], body);
            }
            catch (OtlpRefusedException)
            {
                refused++;
            }
        }

        refused.ShouldBeInRange(100, 5_900);
    }

    private static ResourceBuilder Resources => ResourceBuilder.CreateEmpty().AddService(Service);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Worker} is gone")]
    private static partial void SayGone(ILogger log, int worker);

    private static void Send(OtlpExporterOptions exporter, TraceReceiver receiver, OtlpExportProtocol protocol, string path)
    {
        exporter.Protocol = protocol;
        // An address that is set in code is taken as it is.
        exporter.Endpoint = protocol == OtlpExportProtocol.Grpc ? receiver.GrpcAddress : new Uri(receiver.HttpAddress, path);
    }
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Janus.Benchmarks.Soak;

/// <summary>
/// Where the services send their telemetry meanwhile. Of it only the size of each managed heap after its last collection is kept:
/// <c>dotnet.gc.last_collection.heap.size</c>, all generations together.
/// </summary>
internal sealed class HeapMetrics : IAsyncDisposable
{
    private const string Heap = "dotnet.gc.last_collection.heap.size";
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, long> _bytes = new(StringComparer.Ordinal);

    private HeapMetrics(WebApplication app) => _app = app;

    /// <summary>What a service must be told.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "5000",
    };

    public static async Task<HeapMetrics> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var metrics = new HeapMetrics(app);
        app.MapPost("/v1/metrics", metrics.ReceiveAsync);
        app.MapPost("/v1/{signal}", () => Results.Ok());
        await app.StartAsync();
        return metrics;
    }

    /// <summary>A service's managed heap in bytes; null before it has said anything.</summary>
    public long? BytesOf(string service) => _bytes.TryGetValue(service, out var bytes) ? bytes : null;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        Read(body.ToArray());
        return Results.Ok();
    }

    // ExportMetricsServiceRequest > ResourceMetrics > Resource and ScopeMetrics > Metric > Gauge or Sum > NumberDataPoint.
    private void Read(byte[] body)
    {
        var request = new WireReader(body);
        while (request.Next())
        {
            var (service, bytes) = ("", (long?)null);
            var resourceMetrics = new WireReader(request.Bytes);
            while (resourceMetrics.Next())
            {
                if (resourceMetrics.Field == 1)
                    service = ServiceOf(resourceMetrics.Bytes);
                else if (resourceMetrics.Field == 2)
                    bytes = HeapOf(resourceMetrics.Bytes) ?? bytes;
            }

            if (bytes is { } heap)
                _bytes[service] = heap;
        }
    }

    private static string ServiceOf(ReadOnlySpan<byte> resource)
    {
        var attributes = new WireReader(resource);
        while (attributes.Next())
        {
            var (key, value) = ("", "");
            var attribute = new WireReader(attributes.Bytes);
            while (attributes.Field == 1 && attribute.Next())
            {
                if (attribute.Field == 1)
                    key = attribute.Text;
                else
                    value = ValueOf(attribute.Bytes);
            }

            if (key == "service.name")
                return value;
        }

        return "";
    }

    private static string ValueOf(ReadOnlySpan<byte> any)
    {
        var value = new WireReader(any);
        return value.Next() && value.Field == 1 ? value.Text : "";
    }

    private static long? HeapOf(ReadOnlySpan<byte> scope)
    {
        var metrics = new WireReader(scope);
        while (metrics.Next())
        {
            if (metrics.Field != 2)
                continue;
            var (name, sum) = ("", 0L);
            var metric = new WireReader(metrics.Bytes);
            while (metric.Next())
            {
                if (metric.Field == 1)
                    name = metric.Text;
                else if (metric.Field is 5 or 7)
                    sum = SumOf(metric.Bytes);
            }

            if (name == Heap)
                return sum;
        }

        return null;
    }

    private static long SumOf(ReadOnlySpan<byte> data)
    {
        var sum = 0L;
        var points = new WireReader(data);
        while (points.Next())
        {
            if (points.Field != 1)
                continue;
            var point = new WireReader(points.Bytes);
            while (point.Next())
                sum += point.Field switch { 4 => (long)point.Fraction, 6 => point.Whole, _ => 0 };
        }

        return sum;
    }
}

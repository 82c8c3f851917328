using Google.Protobuf;
using Janus.DevTools.Traces.Receiving.Otlp;

namespace Janus.DevTools.Traces.Receiving;

/// <summary>The three requests of the protocol, whichever way they come.</summary>
internal sealed class OtlpRequests(ReceivedTelemetry received)
{
    private static readonly Dictionary<string, Signal> Addresses = new(StringComparer.Ordinal)
    {
        ["/v1/traces"] = Signal.Traces,
        ["/v1/metrics"] = Signal.Metrics,
        ["/v1/logs"] = Signal.Logs,
        ["/opentelemetry.proto.collector.trace.v1.TraceService/Export"] = Signal.Traces,
        ["/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"] = Signal.Metrics,
        ["/opentelemetry.proto.collector.logs.v1.LogsService/Export"] = Signal.Logs,
    };

    private enum Signal
    {
        Traces,
        Metrics,
        Logs,
    }

    /// <summary>Whether something is taken at a path.</summary>
    public static bool Knows(string path) => Addresses.ContainsKey(path);

    /// <summary>Takes the message that was sent to a path.</summary>
    /// <exception cref="OtlpRefusedException">Nobody knows the path, or the message is broken.</exception>
    public void Take(string path, ReadOnlyMemory<byte> message)
    {
        if (!Addresses.TryGetValue(path, out var signal))
            throw OtlpRefusedException.NoSuchMethod(path);
        if (!received.TryNoteRequest(message))
            throw OtlpRefusedException.NoRoom();
        try
        {
            // Read to the end before anything is added: a broken request leaves nothing behind.
            switch (signal)
            {
                case Signal.Traces:
                    received.Add(WireReading.Spans(TraceRequest.Parser.ParseFrom(message.Span)).ToList());
                    break;
                case Signal.Metrics:
                    received.Add(WireReading.Metrics(MetricRequest.Parser.ParseFrom(message.Span)).ToList());
                    break;
                default:
                    received.Add(WireReading.Logs(LogRequest.Parser.ParseFrom(message.Span)).ToList());
                    break;
            }
        }
        catch (InvalidProtocolBufferException)
        {
            throw OtlpRefusedException.Broken("The body is no message of the protocol.");
        }
    }
}

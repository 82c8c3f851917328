namespace Janus.DevTools.Traces.Receiving;

/// <summary>Where the receiver listens and how much it keeps.</summary>
internal sealed record TraceReceiverOptions
{
    /// <summary>The usual port of OTLP over gRPC.</summary>
    public const int UsualGrpcPort = 4317;

    /// <summary>The usual port of OTLP over HTTP.</summary>
    public const int UsualHttpPort = 4318;

    /// <summary>The port on 127.0.0.1 for gRPC (HTTP/2 in clear text); 0 takes any free one.</summary>
    public int GrpcPort { get; init; }

    /// <summary>The port on 127.0.0.1 for HTTP/1.1 with protobuf bodies; 0 takes any free one.</summary>
    public int HttpPort { get; init; }

    /// <summary>Traces kept; of more, the ones that were quiet for the longest time go.</summary>
    public int MostTraces { get; init; } = 500;

    /// <summary>Spans kept of one trace; later ones are only counted.</summary>
    public int MostSpans { get; init; } = 10_000;

    /// <summary>Log lines kept; of more, the oldest go.</summary>
    public int MostLogs { get; init; } = 20_000;

    /// <summary>Series of metrics kept; later ones are left out.</summary>
    public int MostMetrics { get; init; } = 2_000;

    /// <summary>The longest body, unpacked, in bytes; a longer one is refused.</summary>
    public int LongestBody { get; init; } = 16 * 1024 * 1024;

    /// <summary>Whether each body is kept, unpacked, so that a test can look for a word in all that was sent.</summary>
    public bool KeepBodies { get; init; }

    /// <summary>Bytes kept of bodies; what comes later is refused, because a search of a part would prove nothing.</summary>
    public long MostBodyBytes { get; init; } = 256 * 1024 * 1024;
}

using Janus.DevTools.Traces.Receiving;

namespace Janus.DevTools.Traces;

/// <summary>Where the trace report listens and what it prints.</summary>
internal sealed record TracesOptions
{
    private const int LeastWidth = 80;
    private const int MostWidth = 400;

    /// <summary>Where to listen.</summary>
    public TraceReceiverOptions Receiver { get; init; } = new() { GrpcPort = TraceReceiverOptions.UsualGrpcPort, HttpPort = TraceReceiverOptions.UsualHttpPort };

    /// <summary>Whether traces that belong to no campaign are shown too.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>The only campaign to show, at its end, after which the report ends; null shows every one until it is stopped.</summary>
    public string? Once { get; init; }

    /// <summary>Whether the latest values of metrics follow each report.</summary>
    public bool ShowsMetrics { get; init; }

    /// <summary>How long nothing may have come of a campaign before it is shown: longer than the services' export delay.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the report ends when its standard input does, as when the process that started it is gone.</summary>
    public bool EndsWithInput { get; init; }

    /// <summary>Characters in a line.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Whether lines carry colour.</summary>
    public bool IsColoured { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="UsageException">They make no sense.</exception>
    public static TracesOptions Parse(string[] args)
    {
        var arguments = new Arguments(
            args, ["--grpc", "--http", "--once", "--quiet", "--width"], ["--all", "--metrics", "--until-input-ends"]);
        var defaults = new TracesOptions();
        return defaults with
        {
            Receiver = defaults.Receiver with
            {
                GrpcPort = arguments.Number("--grpc", TraceReceiverOptions.UsualGrpcPort, 0, 65_535),
                HttpPort = arguments.Number("--http", TraceReceiverOptions.UsualHttpPort, 0, 65_535),
            },
            ShowsAll = arguments.Has("--all"),
            Once = arguments.Text("--once"),
            ShowsMetrics = arguments.Has("--metrics"),
            Quiet = arguments.Seconds("--quiet", defaults.Quiet.TotalSeconds),
            Width = arguments.Number("--width", defaults.Width, LeastWidth, MostWidth),
            EndsWithInput = arguments.Has("--until-input-ends"),
        };
    }
}

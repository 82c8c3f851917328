using System.Diagnostics;
using System.Diagnostics.Metrics;
using Janus.Generation.Providers;
using Microsoft.Extensions.AI;

namespace Janus.Generation.Telemetry;

/// <summary>
/// What model calls are told to: the source and the instruments of the conventions for generative AI (Development,
/// github.com/open-telemetry/semantic-conventions-genai), and what calls cost.
/// </summary>
internal sealed class ModelTelemetry(PriceBook prices, ContentCapture capture, TimeProvider time)
{
    /// <summary>The source of <c>generate_content</c> and <c>plan</c> spans.</summary>
    public static readonly ActivitySource Source = new("Janus.Generation");

    private static readonly Meter Meter = new("Janus.Generation");

    // The conventions name these limits.
    private static readonly Histogram<double> Durations = Meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "How long calls of models take, with their resends.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] });

    private static readonly Histogram<long> Tokens = Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens sent and answered.", tags: null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864] });

    private static readonly Counter<double> Costs = Meter.CreateCounter<double>("janus.generation.cost", "USD", "What calls of models cost, at the prices of the day.");

    /// <summary>Whether prompts and answers may leave with spans.</summary>
    public ContentCapture Capture => capture;

    /// <summary>The clock of durations.</summary>
    public TimeProvider Time => time;

    /// <summary>Whether anybody measures calls.</summary>
    public static bool IsMeasured => Durations.Enabled || Tokens.Enabled || Costs.Enabled;

    /// <summary>Measures how long a call took.</summary>
    public static void Record(TimeSpan duration, TagList tags) => Durations.Record(duration.TotalSeconds, tags);

    /// <summary>Counts what a call used.</summary>
    public void Count(string? model, UsageDetails? usage, TagList tags)
    {
        if (usage is null)
            return;
        Count(usage.InputTokenCount, "input", tags);
        Count(usage.OutputTokenCount, "output", tags);
        if (Costs.Enabled && prices.Measure(model, usage).CostMicroUsd is var cost and > 0)
            Costs.Add(cost / 1e6, tags);
    }

    private static void Count(long? tokens, string type, TagList tags)
    {
        if (tokens is not { } counted)
            return;
        tags.Add("gen_ai.token.type", type);
        Tokens.Record(counted, tags);
    }
}

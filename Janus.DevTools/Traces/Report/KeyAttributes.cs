using System.Globalization;
using Janus.DevTools.Traces.Receiving;
using Janus.DevTools.Traces.Trees;

namespace Janus.DevTools.Traces.Report;

/// <summary>The few attributes by which a person tells spans apart, as words.</summary>
internal static class KeyAttributes
{
    /// <summary>A wait shorter than this says nothing.</summary>
    private const double WaitWorthSaying = 1;

    /// <summary>The words of a span, in the order in which they are read.</summary>
    /// <param name="span">The span.</param>
    /// <param name="campaignId">The campaign that stands in the heading and need not be said again.</param>
    public static IEnumerable<string> Of(ReceivedSpan span, string? campaignId)
    {
        if (span.Text(TraceAttributes.Campaign) is { } campaign && campaign != campaignId)
            yield return $"campaign {campaign}";
        if (span.Text(TraceAttributes.PhaseTo) is { } to)
            yield return $"{span.Text(TraceAttributes.PhaseFrom)} -> {to}{(span.Text(TraceAttributes.PhaseReason) is { } reason ? $" ({reason})" : "")}";
        // A step's number says nothing beside the part that it makes, and stands on the claim above.
        foreach (var (attribute, word) in Words)
        {
            if (span.Text(attribute) is { Length: > 0 } value && !(attribute == TraceAttributes.Step && span.Text(TraceAttributes.Post) is not null))
                yield return string.Format(CultureInfo.InvariantCulture, word, value);
        }

        // Most names of such spans end with the model.
        if (span.Text("gen_ai.request.model") is { Length: > 0 } model && !span.Name.Contains(model, StringComparison.Ordinal))
            yield return $"model {model}";
        if (Milliseconds(span, "janus.db.retry.blocked_ms") is { } blocked)
            yield return $"blocked {blocked}";
        if (Milliseconds(span, "janus.db.retry.delay_ms") is { } delay)
            yield return $"delay {delay}";
        if (span.Attributes.GetValueOrDefault("janus.db.lane_wait_ms") is double and >= WaitWorthSaying && Milliseconds(span, "janus.db.lane_wait_ms") is { } lane)
            yield return $"lane {lane}";
        if (span.Text("gen_ai.usage.input_tokens") is { } input)
            yield return $"{input} tokens in";
        if (span.Text("gen_ai.usage.output_tokens") is { } output)
            yield return $"{output} out";
    }

    private static readonly (string Attribute, string Word)[] Words =
    [
        (TraceAttributes.Post, "post {0}"),
        (TraceAttributes.StepKind, "{0}"),
        (TraceAttributes.Variant, "{0}"),
        (TraceAttributes.Step, "step {0}"),
        (TraceAttributes.Attempt, "attempt {0}"),
        ("messaging.batch.message_count", "{0} messages"),
        ("http.response.status_code", "{0}"),
        ("http.request.resend_count", "resend {0}"),
        ("gen_ai.response.finish_reasons", "{0}"),
        ("janus.db.retry.attempt", "try {0}"),
        ("db.response.status_code", "code {0}"),
    ];

    private static string? Milliseconds(ReceivedSpan span, string attribute) => span.Attributes.GetValueOrDefault(attribute) switch
    {
        double value => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} ms"),
        long value => string.Create(CultureInfo.InvariantCulture, $"{value} ms"),
        _ => null,
    };
}

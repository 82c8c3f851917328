using System.Diagnostics;
using Janus.DevTools.Traces.Receiving;

namespace Janus.Tests.Traces;

/// <summary>Who asks for an attribute.</summary>
internal enum Origin
{
    /// <summary>The semantic conventions require it, always or on the condition that holds here.</summary>
    Required,

    /// <summary>The semantic conventions recommend it, or allow it.</summary>
    Recommended,

    /// <summary>Janus.</summary>
    Ours,
}

/// <summary>One attribute of a span.</summary>
/// <param name="Span">The span's name; a star stands for what comes after it.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="Origin">Who asks for it.</param>
/// <param name="IsAlways">Whether every such span has it; else only some.</param>
internal sealed record SpanRow(string Span, ActivityKind Kind, string Attribute, Origin Origin, bool IsAlways = true)
{
    public bool Is(string name) => Span.EndsWith('*') ? name.StartsWith(Span[..^1], StringComparison.Ordinal) : name == Span;
}

/// <summary>Every span that Janus writes, with every attribute that it may have.</summary>
internal static class SpanTable
{
    private const ActivityKind Internal = ActivityKind.Internal;
    private const ActivityKind Client = ActivityKind.Client;
    private const ActivityKind Producer = ActivityKind.Producer;
    private const ActivityKind Consumer = ActivityKind.Consumer;

    public static IReadOnlyList<SpanRow> Rows { get; } =
    [
        new("click *", Internal, "janus.command", Origin.Ours),

        new("plan *", Internal, "gen_ai.operation.name", Origin.Required),
        new("plan *", Internal, "gen_ai.agent.name", Origin.Recommended),
        new("plan *", Internal, "gen_ai.provider.name", Origin.Recommended),
        new("plan *", Internal, "gen_ai.request.model", Origin.Recommended),
        new("plan *", Internal, "janus.campaign.id", Origin.Ours, IsAlways: false),
        new("plan *", Internal, "error.type", Origin.Required, IsAlways: false),

        new("generate_content *", Client, "gen_ai.operation.name", Origin.Required),
        new("generate_content *", Client, "gen_ai.provider.name", Origin.Required),
        new("generate_content *", Client, "gen_ai.request.model", Origin.Required),
        new("generate_content *", Client, "gen_ai.output.type", Origin.Required),
        new("generate_content *", Client, "server.address", Origin.Recommended, IsAlways: false),
        new("generate_content *", Client, "server.port", Origin.Required, IsAlways: false),
        new("generate_content *", Client, "gen_ai.response.model", Origin.Recommended, IsAlways: false),
        new("generate_content *", Client, "gen_ai.response.id", Origin.Recommended, IsAlways: false),
        new("generate_content *", Client, "gen_ai.response.finish_reasons", Origin.Recommended, IsAlways: false),
        new("generate_content *", Client, "gen_ai.usage.input_tokens", Origin.Recommended, IsAlways: false),
        new("generate_content *", Client, "gen_ai.usage.output_tokens", Origin.Recommended, IsAlways: false),
        new("generate_content *", Client, "gen_ai.usage.cache_read.input_tokens", Origin.Recommended, IsAlways: false),
        new("generate_content *", Client, "gen_ai.usage.reasoning.output_tokens", Origin.Recommended, IsAlways: false),
        new("generate_content *", Client, "gen_ai.system_instructions", Origin.Recommended, IsAlways: false),
        new("generate_content *", Client, "gen_ai.input.messages", Origin.Recommended, IsAlways: false),
        new("generate_content *", Client, "gen_ai.output.messages", Origin.Recommended, IsAlways: false),
        new("generate_content *", Client, "error.type", Origin.Required, IsAlways: false),

        new("send generation_steps", Producer, "messaging.system", Origin.Required),
        new("send generation_steps", Producer, "messaging.operation.name", Origin.Required),
        new("send generation_steps", Producer, "messaging.operation.type", Origin.Required),
        new("send generation_steps", Producer, "messaging.destination.name", Origin.Required),
        new("send generation_steps", Producer, "messaging.batch.message_count", Origin.Required),
        new("send generation_steps", Producer, "janus.campaign.id", Origin.Ours, IsAlways: false),

        new("claim generation_step", Internal, "janus.campaign.id", Origin.Ours),
        new("claim generation_step", Internal, "janus.step.id", Origin.Ours),
        new("claim generation_step", Internal, "janus.step.attempt", Origin.Ours),

        new("process generation_steps", Consumer, "messaging.system", Origin.Required),
        new("process generation_steps", Consumer, "messaging.operation.name", Origin.Required),
        new("process generation_steps", Consumer, "messaging.operation.type", Origin.Required),
        new("process generation_steps", Consumer, "messaging.destination.name", Origin.Required),
        new("process generation_steps", Consumer, "janus.campaign.id", Origin.Ours),
        new("process generation_steps", Consumer, "janus.post.pk", Origin.Ours),
        new("process generation_steps", Consumer, "janus.variant", Origin.Ours),
        new("process generation_steps", Consumer, "janus.step.id", Origin.Ours),
        new("process generation_steps", Consumer, "janus.step.kind", Origin.Ours),
        new("process generation_steps", Consumer, "janus.step.attempt", Origin.Ours),
        new("process generation_steps", Consumer, "janus.asset", Origin.Ours, IsAlways: false),
        new("process generation_steps", Consumer, "gen_ai.output.messages", Origin.Recommended, IsAlways: false),
        new("process generation_steps", Consumer, "error.type", Origin.Required, IsAlways: false),

        new("phase transition", Internal, "janus.campaign.id", Origin.Ours),
        new("phase transition", Internal, "janus.phase.from", Origin.Ours),
        new("phase transition", Internal, "janus.phase.to", Origin.Ours),
        new("phase transition", Internal, "janus.phase.reason", Origin.Ours),
        new("phase transition", Internal, "error.type", Origin.Required, IsAlways: false),

        new("db.lock_retry", Internal, "janus.db.retry.attempt", Origin.Ours),
        new("db.lock_retry", Internal, "janus.db.retry.blocked_ms", Origin.Ours),
        new("db.lock_retry", Internal, "janus.db.retry.delay_ms", Origin.Ours),
        new("db.lock_retry", Internal, "janus.db.retry.budget_left_ms", Origin.Ours),
        new("db.lock_retry", Internal, "db.response.status_code", Origin.Required),

        new("db *", Client, "db.system.name", Origin.Required),
        new("db *", Client, "db.operation.name", Origin.Required),
        new("db *", Client, "db.namespace", Origin.Required),
        new("db *", Client, "janus.db.lane_wait_ms", Origin.Ours, IsAlways: false),
        new("db *", Client, "error.type", Origin.Required, IsAlways: false),
    ];

    private static readonly (ActivityKind Kind, string[] Required)[] Http =
    [
        (ActivityKind.Server, ["http.request.method", "url.path", "url.scheme", "http.route", "http.response.status_code", "server.address", "server.port"]),
        (ActivityKind.Client, ["http.request.method", "url.full", "server.address", "server.port"]),
    ];

    private static readonly SpanRow[] Evaluation =
    [
        new("gen_ai.evaluation.result", Internal, "gen_ai.evaluation.name", Origin.Required),
        new("gen_ai.evaluation.result", Internal, "gen_ai.evaluation.score.value", Origin.Required),
        new("gen_ai.evaluation.result", Internal, "gen_ai.evaluation.score.label", Origin.Required),
        new("gen_ai.evaluation.result", Internal, "gen_ai.evaluation.explanation", Origin.Recommended),
        new("gen_ai.evaluation.result", Internal, "gen_ai.response.id", Origin.Recommended, IsAlways: false),
    ];

    /// <summary>What is wrong with a span; empty when nothing is.</summary>
    public static IEnumerable<string> WrongWith(ReceivedSpan span)
    {
        if (!span.Scope.StartsWith("Janus.", StringComparison.Ordinal))
            return WrongWithHttp(span);

        // "db.lock_retry" stands before "db *", which it does not match, and so does every longer name.
        var rows = Rows.Where(row => row.Is(span.Name)).ToList();
        if (rows.Count == 0)
            return [$"{span.Name} is no span of the table."];
        return WrongWith(span.Name, span.Attributes, rows).Concat(rows[0].Kind == span.Kind ? [] : [$"{span.Name} is {span.Kind}, not {rows[0].Kind}."])
            .Concat(span.Status == ActivityStatusCode.Error == span.Attributes.ContainsKey("error.type") ? [] : [$"{span.Name} has an error status or an error.type, not both."])
            .Concat(span.Events.SelectMany(told => WrongWith(told.Name, told.Attributes, Evaluation)));
    }

    private static IEnumerable<string> WrongWith(string name, IReadOnlyDictionary<string, object?> attributes, IReadOnlyList<SpanRow> rows) =>
        rows.Where(row => row.IsAlways && !attributes.ContainsKey(row.Attribute)).Select(row => $"{name} lacks {row.Attribute} ({row.Origin}).")
            .Concat(attributes.Keys.Where(key => !rows.Any(row => row.Attribute == key)).Select(key => $"{name} has {key}, which is not in the table."));

    private static IEnumerable<string> WrongWithHttp(ReceivedSpan span) => Http.Where(row => row.Kind == span.Kind)
        .SelectMany(row => row.Required.Where(attribute => !span.Attributes.ContainsKey(attribute)).Select(attribute => $"{span.Scope} {span.Name} lacks {attribute}."));
}

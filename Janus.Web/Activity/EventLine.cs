using System.Globalization;
using System.Text.Json;
using Janus.Contracts;
using Janus.Web.Design;

namespace Janus.Web.Activity;

/// <summary>One entry of a campaign's log in words for people.</summary>
/// <param name="Event">The entry.</param>
/// <param name="Dot">How its dot looks: phase, ok, wait, bad, person or nothing.</param>
/// <param name="What">What happened, in a sentence.</param>
/// <param name="Facts">Attempt, duration, model, tokens, cost, database retries: what is known.</param>
internal sealed record EventLine(CampaignEventDto Event, string Dot, string What, IReadOnlyList<string> Facts)
{
    /// <summary>The kinds that a timeline can be filtered by, under the name that people know them by.</summary>
    public static IReadOnlyList<(string Label, string[] Kinds)> Filters { get; } =
    [
        ("Phases", ["campaign_planned", "phase_changed", "generation_stopped", "generation_cancelled", "generation_paused", "generation_resumed", "retry_requested", "content_accepted", "follow_up_added", "plan_applied"]),
        ("Made", ["step_done"]),
        ("Money", ["campaign_planned", "follow_up_added", "plan_proposed", "step_done", "step_failed", "late_cost_recorded", "budget_changed", "generation_paused", "generation_resumed"]),
        ("Trouble", ["step_failed", "step_dead", "step_lost", "step_released", "generation_stopped", "late_cost_recorded"]),
        ("People", ["variant_selected", "variant_edited", "variant_restored", "regeneration_requested", "post_approved", "post_rejected", "post_reopened", "schedule_changed", "post_scheduled", "post_unscheduled", "post_published", "metrics_reported", "retry_requested", "content_accepted", "generation_cancelled", "budget_changed", "follow_up_added", "plan_proposed", "plan_applied", "plan_discarded"]),
    ];

    private const string Nobody = "local";
    private const string Anybody = "A person";

    private static readonly (string Field, string One)[] NumberNames =
        [("likes", "like"), ("impressions", "impression"), ("retweets", "repost"), ("comments", "comment")];

    /// <summary>Reads an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="titleOf">A post's title by its key, or null when it is not known.</param>
    public static EventLine Of(CampaignEventDto entry, Func<int, string?> titleOf)
    {
        var data = entry.Data;
        var part = Part(data, titleOf);
        var reason = Text(data, "reason") ?? (data.TryGetProperty("detail", out var detail) ? Text(detail, "reason") : null);
        var who = Who(entry.Actor);
        var (dot, what) = entry.Kind switch
        {
            "campaign_planned" => ("phase", $"Planned: {Say.Count(Number(data, "posts"), "post")}, {Say.Count(Number(data, "connections"), "connection")}, {Say.Count(Number(data, "parts"), "part")} to make"),
            "phase_changed" => ("phase", $"{Phase(data, "from")} to {Phase(data, "to")}{Because(data, reason)}"),
            "step_started" => ("wait", $"Began {part}"),
            "step_done" => ("ok", $"Made {part}"),
            "step_failed" => ("bad", $"A try at {part} failed and is made again: {reason}"),
            "step_dead" => ("bad", $"Gave up {part}: {reason}"),
            "step_lost" => ("bad", $"A worker was lost while making {part}; it is made again"),
            "step_released" => ("wait", $"A worker stopped and gave back {part}"),
            "generation_stopped" => ("bad", $"Generation stopped: {reason}"),
            "generation_cancelled" => ("person", $"{who} cancelled {Say.Count(Number(data, "parts"), "part")}: {reason}"),
            "generation_paused" => (Text(data, "cause") == "person" ? "person" : "wait", $"Paused: {reason}"),
            "generation_resumed" => (Text(data, "cause") == "new_day" ? "phase" : "person", $"Goes on: {Resumed(Text(data, "cause"), who)}"),
            "budget_changed" => ("person", $"{who} set the limit to {Say.Dollars(Number(data, "cap_micro_usd"))}; it was {Say.Dollars(Number(data, "previous_micro_usd"))}"),
            "late_cost_recorded" => ("bad", $"An answer for {part} came too late to be used; what it cost is counted"),
            "retry_requested" => ("person", $"{who} asked again for {Say.Count(Number(data, "parts"), "part")}"),
            "content_accepted" => ("person", $"{who} accepted what is there, without {Say.Count(Number(data, "missing"), "part")}"),
            "variant_selected" => ("person", $"{who} chose {part}"),
            "variant_edited" => ("person", $"{who} edited {part}"),
            "variant_restored" => ("person", $"{who} went back to version {Number(data, "generation")} of {part}"),
            "regeneration_requested" => ("person", $"{who} asked for another {part}{(Text(data, "hint") is { } hint ? $": “{hint}”" : "")}"),
            "post_approved" => ("person", $"{who} approved {part}"),
            "post_rejected" => ("person", $"{who} rejected {part}{(reason is null ? "" : $": {reason}")}"),
            "post_reopened" => ("person", $"{who} took back that {part} was {(Text(data, "from") ?? "decided about")}{(reason is null ? "" : $": {reason}")}"),
            "follow_up_added" => ("person", $"{who} asked for a post that follows {Say.Count(Length(data, "after"), "other")}: {part}{(Text(data, "instruction") is { } wish ? $" (“{wish}”)" : "")}"),
            "plan_proposed" => ("person", $"{who} asked for a new plan from phase {Number(data, "phase_num")} on: “{Text(data, "direction")}”. It has {Say.Count(Number(data, "comes"), "post")} for {Number(data, "goes")}; nothing is changed yet"),
            "plan_applied" => ("person", $"{who} applied plan {Number(data, "plan_number")}: {Say.Count(Length(data, "added"), "post")} came and {Say.Number(Length(data, "archived"))} went, from phase {Number(data, "phase_num")} on"),
            "plan_discarded" => ("person", $"{who} dropped the new plan from phase {Number(data, "phase_num")} on"),
            "schedule_changed" => ("person", $"{who} set the schedule: {Schedule(data)}"),
            "post_scheduled" => ("person", $"{part} goes out on {Text(data, "local")?.Replace('T', ' ')} in {Text(data, "time_zone")}"),
            "post_unscheduled" => ("person", $"{who} took the date of {part} away"),
            "post_published" => ("person", $"{part} is out{(Text(data, "url") is { } url ? $": {url}" : "")}"),
            "metrics_reported" => ("person", $"Numbers of {part}: {Numbers(data)}"),
            _ => ("", entry.Kind.Replace('_', ' ')),
        };
        if (Text(data, "reopened_from") is { } stood)
            what += $"; the post was {stood} with other words or another picture, and is a draft again";
        var isSaid = who == Anybody || what.StartsWith($"{who} ", StringComparison.Ordinal);
        return new EventLine(entry, dot, what, isSaid ? [.. FactsOf(data)] : [.. FactsOf(data), $"by {entry.Actor}"]);
    }

    private static string Part(JsonElement data, Func<int, string?> titleOf)
    {
        if (!data.TryGetProperty("post_pk", out var pk))
            return "";
        var title = titleOf(pk.GetInt32()) is { } known ? $"“{known}”" : $"post {pk.GetInt32().ToString(CultureInfo.InvariantCulture)}";
        var letter = Text(data, "variant");
        return (Text(data, "kind"), letter) switch
        {
            ("text", "AB") => $"the texts of {title}",
            ({ } kind, { } one) => $"{kind} {one} of {title}",
            (null, { } one) => $"{one} of {title}",
            _ => title,
        };
    }

    private static IEnumerable<string> FactsOf(JsonElement data)
    {
        if (Number(data, "attempt") is var attempt and > 1)
            yield return $"attempt {attempt}";
        if (Number(data, "duration_ms") is var took and > 0)
            yield return Say.Duration(took);
        if (data.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.Object)
        {
            if (Text(detail, "model") is { } model)
                yield return model;
            if (Number(detail, "input_tokens") + Number(detail, "output_tokens") is var tokens and > 0)
                yield return $"{Say.Number(tokens)} tokens";
            if (Number(detail, "cost_micro_usd") is var cost and > 0)
                yield return Say.Money(cost);
            else if (Number(data, "cost_micro_usd") is var paid and > 0)
                yield return Say.Money(paid);
            if (detail.TryGetProperty("price_known", out var known) && known.ValueKind == JsonValueKind.False)
                yield return "price not known";
            if (Number(detail, "retry_in_ms") is var wait and > 0)
                yield return $"next try in {Say.Duration(wait)}";
        }

        if (Number(data, "db_retries") is var retries and > 0)
            yield return $"database was busy, {Say.Count(retries, "retry", "retries")}";
    }

    // Where nobody signs in, whoever it was is not known by name.
    private static string Who(string? actor) => actor switch
    {
        null or "" or Nobody => Anybody,
        "operator" => "The operator",
        _ => actor,
    };

    private static string Resumed(string? cause, string who) => cause switch
    {
        "new_day" => "a new day has begun",
        "day_limit_raised" => "today's limit was raised",
        "campaign_limit_raised" => "its limit was raised",
        "operator" => "the operator said so",
        _ => who == Anybody ? "a person said so" : $"{who} said so",
    };

    private static string Phase(JsonElement data, string name) => PhaseLook.Of(Text(data, name) ?? "").Label;

    private static string Because(JsonElement data, string? reason) => Text(data, "cause") switch
    {
        "first_claim" => ": the first part is being made",
        "every_post_complete" => ": every post is complete",
        "accepted" => ": accepted as it is",
        "posts_added" => ": new posts are being made",
        "first_post_out" => ": the first post is out",
        _ => reason is null ? "" : $": {reason}",
    };

    private static string Schedule(JsonElement data) =>
        $"{(Text(data, "start_date") is { } first ? $"from {first}" : "from tomorrow")}{(Text(data, "end_date") is { } last ? $" to {last}" : "")}, {Text(data, "time_zone")}";

    private static string Numbers(JsonElement data) => string.Join(", ", NumberNames
        .Where(number => data.TryGetProperty(number.Field, out _)).Select(number => Say.Count(Number(data, number.Field), number.One)));

    private static string? Text(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Length(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : 0;

    private static long Number(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : 0;
}

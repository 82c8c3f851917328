using System.Text.Json.Nodes;
using Janus.DevTools.FakeGemini.Answers;
using Janus.DevTools.FakeGemini.Http;
using Janus.DevTools.FakeGemini.Protocol;

namespace Janus.DevTools.FakeGemini.Plays;

/// <summary>Answers with status 200 that follow the protocol: good ones, and those that say why there is no good one.</summary>
internal static class AnswerPlays
{
    public static IReadOnlyList<Play> All { get; } =
    [
        Answering("ok", _ => { }),
        new("latency", LateAsync, PlayParameter.Wait("latency", otherwise: null)),
        Without("blocked-prompt", (answer, exchange) => answer["promptFeedback"] = new JsonObject
        {
            ["blockReason"] = exchange.Parameters.Text("reason"),
            ["safetyRatings"] = new JsonArray(Rating()),
        }) with { Parameters = [PlayParameter.Reason("reason", "SAFETY")] },
        Without("no-candidates", (_, _) => { }),
        Answering("empty-text", answer => answer.Candidate["content"] = Content("")),
        Answering("max-tokens", CutAtLimit),
        Ending("safety", "SAFETY", candidate => candidate["safetyRatings"] = new JsonArray(Rating())),
        Ending("recitation", "RECITATION", candidate => candidate["citationMetadata"] = new JsonObject
        {
            ["citationSources"] = new JsonArray(new JsonObject { ["startIndex"] = 0, ["endIndex"] = 120 }),
        }),
        Ending("image-safety", "IMAGE_SAFETY", _ => { }),
        Answering("no-image", answer =>
        {
            answer.Candidate["content"] = Content("There is no picture to this.");
            answer.Candidate["finishReason"] = "NO_IMAGE";
        }),
        Answering("unknown-finish", answer => answer.Candidate["finishReason"] = "FUTURE_REASON"),
        Answering("unknown-fields", AddFields),
        Answering("int64-strings", answer => Accounting.WriteAsText(answer.Usage)),
        Answering("out-of-schema", (answer, exchange) => answer.Candidate["content"] = Content(BreakSchema(answer, exchange.Request))),
        Answering("plain-reply", answer => answer.Candidate["content"] = Content("Of course! Here is what you asked for, in plain words.")),
    ];

    /// <summary>A play that answers normally but for one change.</summary>
    public static Play Answering(string name, Action<ModelAnswer> change) => Answering(name, (answer, _) => change(answer));

    /// <inheritdoc cref="Answering(string, Action{ModelAnswer})"/>
    public static Play Answering(string name, Action<ModelAnswer, Exchange> change) => new(name, exchange =>
    {
        var answer = ModelAnswer.To(exchange.Request, exchange.Options);
        change(answer, exchange);
        return exchange.SendAsync(Render(answer, exchange));
    });

    /// <summary>The normal answer as bytes.</summary>
    public static RenderedAnswer Normal(Exchange exchange) => Render(ModelAnswer.To(exchange.Request, exchange.Options), exchange);

    private static RenderedAnswer Render(ModelAnswer answer, Exchange exchange)
    {
        var hasPicture = answer.Json["candidates"] is JsonArray { Count: > 0 } && answer.Candidate["content"]?["parts"] is JsonArray
            && answer.Picture is { } picture && PicturePlays.IsPicture(picture);
        return RenderedAnswer.Of(answer.Json, exchange.Request.IsStreamed) with { Pictures = hasPicture ? 1 : 0 };
    }

    private static async Task LateAsync(Exchange exchange)
    {
        await exchange.WaitAsync(exchange.Parameters.Wait("latency"));
        await exchange.SendAsync(Normal(exchange));
    }

    private static Play Without(string name, Action<JsonObject, Exchange> change) => new(name, exchange =>
    {
        var answer = new JsonObject
        {
            ["usageMetadata"] = Accounting.OfPrompt(exchange.Request),
            ["modelVersion"] = exchange.Request.Model,
            ["responseId"] = exchange.Request.Id,
        };
        change(answer, exchange);
        return exchange.SendAsync(RenderedAnswer.Of(answer, exchange.Request.IsStreamed));
    });

    private static Play Ending(string name, string reason, Action<JsonObject> change) => Answering(name, (answer, exchange) =>
    {
        answer.Candidate.Remove("content");
        answer.Candidate["finishReason"] = reason;
        answer.Candidate["finishMessage"] = $"The answer was withheld. {Echo.Of(exchange.Request.Prompt)}";
        change(answer.Candidate);
    });

    private static void CutAtLimit(ModelAnswer answer)
    {
        var text = string.Concat(answer.Answer.Select(part => (string?)part["text"]));
        answer.Candidate["content"] = Content(text[..(text.Length / 2)]);
        answer.Candidate["finishReason"] = "MAX_TOKENS";
    }

    private static void AddFields(ModelAnswer answer)
    {
        foreach (var level in (JsonObject?[])[answer.Json, answer.Candidate, answer.Usage, answer.Candidate["content"] as JsonObject, .. answer.Parts.OfType<JsonObject>()])
            level!["fieldOfTheFuture"] = new JsonObject { ["text"] = "Not for you.", ["count"] = 7, ["more"] = new JsonArray(true, null, 1.5) };
    }

    // What the schema demands is taken away; where it demands nothing, a value of another type is given.
    private static string BreakSchema(ModelAnswer answer, GenerateRequest request)
    {
        var given = JsonNode.Parse(request.Schema is null ? "{}" : (string)answer.Answer.First()["text"]!);
        if (given is JsonObject named && request.Schema is JsonObject schema && SchemaKeywords.Names(schema, "required") is [var name, ..])
            named.Remove(name);
        else
            given = given is JsonArray ? new JsonObject { ["unexpected"] = true } : new JsonArray("unexpected");
        return given.ToJsonString(AnswerJson.Options);
    }

    private static JsonObject Content(string text) => new() { ["parts"] = new JsonArray(new JsonObject { ["text"] = text }), ["role"] = "model" };

    private static JsonObject Rating() => new() { ["category"] = "HARM_CATEGORY_HARASSMENT", ["probability"] = "HIGH", ["blocked"] = true };
}

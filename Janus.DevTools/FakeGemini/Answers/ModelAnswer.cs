using System.Text.Json.Nodes;
using Janus.DevTools.FakeGemini.Protocol;

namespace Janus.DevTools.FakeGemini.Answers;

/// <summary>The JSON of an answer, complete and as the real one: what was asked for, with usage, now and then thoughts and fields of the future.</summary>
internal sealed class ModelAnswer
{
    private const string Signature = "RmFrZVRob3VnaHRTaWduYXR1cmU=";

    private ModelAnswer(JsonObject json) => Json = json;

    /// <summary>The whole answer.</summary>
    public JsonObject Json { get; }

    /// <summary>The only candidate.</summary>
    public JsonObject Candidate => (JsonObject)Json["candidates"]![0]!;

    /// <summary>The parts of its content.</summary>
    public JsonArray Parts => (JsonArray)Candidate["content"]!["parts"]!;

    /// <summary>What was counted.</summary>
    public JsonObject Usage => (JsonObject)Json["usageMetadata"]!;

    /// <summary>The parts that are the answer: not the thoughts.</summary>
    public IEnumerable<JsonObject> Answer => Parts.OfType<JsonObject>().Where(part => (bool?)part["thought"] != true);

    /// <summary>The bytes of the answer's picture, or null.</summary>
    public JsonObject? Picture => Answer.Select(part => part["inlineData"]).OfType<JsonObject>().FirstOrDefault();

    /// <summary>Writes the answer to a request: the same one for the same request.</summary>
    public static ModelAnswer To(GenerateRequest request, FakeServerOptions options)
    {
        var dice = request.NewDice();
        var words = new WordDeck(dice, PromptBlocks.Avoided(request.Prompt));
        var parts = new JsonArray();
        var thoughts = request.WantsThoughts || dice.OneIn(3) ? words.Sentence() : "";
        if (thoughts.Length > 0)
            parts.Add(new JsonObject { ["text"] = thoughts, ["thought"] = true });

        var text = request.WantsPicture ? $"Here is the picture. {words.Sentence()}" : Text(request, words);
        parts.Add(new JsonObject { ["text"] = text });
        if (request.WantsPicture)
        {
            // A model for pictures shows its drafts now and then, as thoughts.
            if (dice.OneIn(3))
                parts.Add(PicturePart(PictureAnswer.Draw(request.AspectRatio, null, 1, dice), isThought: true));
            parts.Add(PicturePart(PictureAnswer.Draw(request.AspectRatio, request.ImageSize, options.PictureBytes, dice), isThought: false));
        }

        if (dice.OneIn(2))
            parts[^1]!["thoughtSignature"] = Signature;

        var usage = Accounting.Of(request, text, dice);
        var answer = new ModelAnswer(new JsonObject
        {
            ["candidates"] = new JsonArray(new JsonObject
            {
                ["content"] = new JsonObject { ["parts"] = parts, ["role"] = "model" },
                ["finishReason"] = "STOP",
                ["index"] = 0,
            }),
            ["usageMetadata"] = usage,
            ["modelVersion"] = request.Model,
            ["responseId"] = request.Id,
        });
        if (dice.OneIn(3))
            Accounting.WriteAsText(usage);
        if (dice.OneIn(2))
            answer.Candidate["avgLogprobs"] = -0.25;
        if (dice.OneIn(3))
            answer.Json["fieldOfTheFuture"] = new JsonObject { ["kind"] = "UNKNOWN", ["values"] = new JsonArray(1, "two") };
        return answer;
    }

    /// <summary>Whether the request's schema can be satisfied, or there is none.</summary>
    public static bool CanBeGiven(GenerateRequest request) =>
        request.Schema is null || new SchemaAnswer(request.Schema, request.NewDice(), new WordDeck(request.NewDice(), [])).TryMake(out _);

    /// <summary>A part with a picture.</summary>
    public static JsonObject PicturePart(byte[] picture, bool isThought)
    {
        var part = new JsonObject { ["inlineData"] = new JsonObject { ["mimeType"] = "image/png", ["data"] = Convert.ToBase64String(picture) } };
        if (isThought)
            part["thought"] = true;
        return part;
    }

    private static string Text(GenerateRequest request, WordDeck words)
    {
        if (request.Schema is { } schema)
        {
            // Dice of their own, so that the outcome is the one that was checked.
            return new SchemaAnswer(schema, request.NewDice(), words).TryMake(out var value)
                ? value?.ToJsonString(AnswerJson.Options) ?? "null"
                : throw new InvalidOperationException("The schema was not checked.");
        }

        if (request.WantsJson)
            return new JsonObject { ["answer"] = words.Sentence() }.ToJsonString(AnswerJson.Options);
        return PlanAnswer.IsAskedFor(request.Prompt) ? PlanAnswer.Write(request.Prompt, words) : words.Post();
    }
}

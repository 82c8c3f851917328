using System.Net.Http.Headers;
using System.Text.Json;

namespace Janus.DevTools.FakeGemini.Protocol;

/// <summary>What the fields of a well-formed body must be to each other and to the model.</summary>
internal sealed class RequestRules(JsonElement body, RequestKind kind, Violations violations)
{
    private const int MostStopSequences = 5;

    private static readonly string[] Roles = ["user", "model"];
    private static readonly string[] Sizes = ["1K", "2K", "4K"];

    /// <summary>Notes what is wrong.</summary>
    public void Check()
    {
        CheckContents();
        CheckSafety();
        if (Member(body, "generationConfig") is { } config)
        {
            CheckForm(config);
            CheckPicture(config);
            CheckLimits(config);
        }
    }

    private void CheckContents()
    {
        var turns = Items(body, "contents");
        violations.Unless(turns.Count > 0, "contents", "* GenerateContentRequest.contents: contents is not specified.");
        for (var index = 0; index < turns.Count; index++)
        {
            var path = FieldPath.Item("contents", index);
            // A single turn is the user's, whoever forgets to say so.
            violations.Unless(turns.Count == 1 && Member(turns[index], "role") is null || Roles.Contains(Text(turns[index], "role")),
                $"{path}.role", "Please use a valid role: user, model.");
            CheckParts(turns[index], path);
        }

        violations.Unless(turns.Count == 0 || Text(turns[^1], "role") is null or "user",
            FieldPath.Item("contents", turns.Count - 1), "The last turn must be the user's.");

        if (Member(body, "systemInstruction") is { } instruction)
        {
            violations.Unless(Member(instruction, "role") is null || Roles.Contains(Text(instruction, "role")),
                "system_instruction.role", "Please use a valid role: user, model.");
            CheckParts(instruction, "system_instruction");
            violations.Unless(Items(instruction, "parts").All(part => Member(part, "inlineData") is null),
                "system_instruction.parts", "A system instruction is text only.");
        }
    }

    private void CheckParts(JsonElement content, string path)
    {
        var parts = Items(content, "parts");
        violations.Unless(parts.Count > 0, $"{path}.parts", $"* GenerateContentRequest.{path}.parts: contents.parts must not be empty.");
        for (var index = 0; index < parts.Count; index++)
        {
            var part = FieldPath.Item($"{path}.parts", index);
            var data = Member(parts[index], "inlineData");
            violations.Unless(Member(parts[index], "text") is null != data is null, part,
                $"* GenerateContentRequest.{part}.data: required oneof field 'data' must have one initialized field");
            if (data is not { } inline)
                continue;
            violations.Unless(MediaTypeHeaderValue.TryParse(Text(inline, "mimeType"), out _), $"{part}.inline_data.mime_type",
                "Unsupported MIME type: " + Text(inline, "mimeType"));
            violations.Unless(Member(inline, "data") is not null, $"{part}.inline_data.data", "Inline data has no bytes.");
        }
    }

    private void CheckSafety()
    {
        var settings = Items(body, "safetySettings");
        for (var index = 0; index < settings.Count; index++)
        {
            var path = FieldPath.Item("safety_settings", index);
            violations.Unless(Text(settings[index], "category") is not null, $"{path}.category", "element category is not set.");
            violations.Unless(Text(settings[index], "threshold") is not null, $"{path}.threshold", "element threshold is not set.");
            violations.Unless(settings.Take(index).All(other => Text(other, "category") != Text(settings[index], "category")), $"{path}.category",
                "There must be no more than one safety setting for each category.");
        }
    }

    private void CheckForm(JsonElement config)
    {
        const string path = "generation_config";
        var type = Text(config, "responseMimeType");
        bool newer = Member(config, "responseJsonSchema") is not null, older = Member(config, "responseSchema") is not null;
        violations.Unless(type is null or "" or "text/plain" or "application/json", $"{path}.response_mime_type",
            "* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are `text/plain`, `application/json`.");
        violations.Unless(!(newer && older), $"{path}.response_json_schema", "Only one of response_schema and response_json_schema can be set.");
        violations.Unless(!(newer || older) || type == "application/json", $"{path}.response_mime_type",
            "A response schema needs the response mimetype: `application/json`.");
        violations.Unless(kind == RequestKind.Text || type != "application/json", $"{path}.response_mime_type", "JSON mode is not enabled for this model.");
    }

    private void CheckPicture(JsonElement config)
    {
        const string path = "generation_config";
        var wants = Items(config, "responseModalities").Any(modality => modality.GetString() == "IMAGE");
        violations.Unless(kind == RequestKind.Image || !wants, $"{path}.response_modalities", "This model only supports text output.");
        if (Member(config, "imageConfig") is not { } image)
            return;
        violations.Unless(kind == RequestKind.Image, $"{path}.image_config", "Image config is not supported by this model.");
        violations.Unless(Member(image, "aspectRatio") is null || RequestShape.AspectRatios.Contains(Text(image, "aspectRatio")),
            $"{path}.image_config.aspect_ratio", $"aspect_ratio must be one of {string.Join(", ", RequestShape.AspectRatios)}.");
        violations.Unless(Member(image, "imageSize") is null || Sizes.Contains(Text(image, "imageSize")),
            $"{path}.image_config.image_size", $"image_size must be one of {string.Join(", ", Sizes)}.");
    }

    private void CheckLimits(JsonElement config)
    {
        const string path = "generation_config";
        violations.Unless(Items(config, "stopSequences").Count <= MostStopSequences, $"{path}.stop_sequences",
            $"There are more than {MostStopSequences} stop sequences.");
        violations.Unless(Member(config, "candidateCount") is not { } count || count.GetInt32() == 1, $"{path}.candidate_count",
            "Multiple candidates is not enabled for this model; candidate_count must be 1.");
        if (Member(config, "thinkingConfig") is { } thinking)
        {
            violations.Unless(Member(thinking, "thinkingBudget") is null || Member(thinking, "thinkingLevel") is null, $"{path}.thinking_config",
                "You can only set one of thinking_budget and thinking_level.");
        }
    }

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static string? Text(JsonElement parent, string name) => Member(parent, name)?.GetString();

    private static IReadOnlyList<JsonElement> Items(JsonElement parent, string name) => Member(parent, name) is { } list ? [.. list.EnumerateArray()] : [];
}

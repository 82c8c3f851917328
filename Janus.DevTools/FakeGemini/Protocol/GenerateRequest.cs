using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Janus.DevTools.FakeGemini.Answers;

namespace Janus.DevTools.FakeGemini.Protocol;

/// <summary>A request that follows the protocol.</summary>
internal sealed record GenerateRequest
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private GenerateRequest(JsonElement body, byte[] hash)
    {
        Body = body;
        Hash = hash;
    }

    /// <summary>The model that it names.</summary>
    public required string Model { get; init; }

    /// <summary>Whether that model answers with text or pictures.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>Whether the answer is to come as server-sent events.</summary>
    public required bool IsStreamed { get; init; }

    /// <summary>All text of the user's turns.</summary>
    public string Prompt => field ??= PromptOf(Body);

    /// <summary>Whether JSON was asked for.</summary>
    public bool WantsJson => (string?)Config?["responseMimeType"] == "application/json";

    /// <summary>Whether the model's thoughts were asked for.</summary>
    public bool WantsThoughts => (bool?)Config?["thinkingConfig"]?["includeThoughts"] == true;

    /// <summary>Whether a picture is wanted: a model for pictures makes them unless only text was asked for.</summary>
    public bool WantsPicture =>
        Kind == RequestKind.Image && (Config?["responseModalities"] is not JsonArray { Count: > 0 } modalities || modalities.Any(modality => (string?)modality == "IMAGE"));

    /// <summary>imageConfig.aspectRatio.</summary>
    public string? AspectRatio => (string?)Config?["imageConfig"]?["aspectRatio"];

    /// <summary>imageConfig.imageSize.</summary>
    public string? ImageSize => (string?)Config?["imageConfig"]?["imageSize"];

    /// <summary>The schema of the answer, of either kind, or null.</summary>
    public JsonNode? Schema => Config?["responseJsonSchema"] ?? Config?["responseSchema"];

    /// <summary>The number of pictures and other bytes in the prompt.</summary>
    public int Attachments => Body.GetProperty("contents").EnumerateArray()
        .SelectMany(turn => turn.GetProperty("parts").EnumerateArray())
        .Count(part => part.TryGetProperty("inlineData", out var data) && data.ValueKind != JsonValueKind.Null);

    /// <summary>A name for the answer that is the same whenever the same is asked.</summary>
    public string Id => Convert.ToHexStringLower(Hash.AsSpan(0, 12));

    /// <summary>Chance that depends on nothing but the request.</summary>
    public Dice NewDice() => new(BinaryPrimitives.ReadUInt64LittleEndian(Hash));

    private JsonElement Body { get; }

    private byte[] Hash { get; }

    private JsonObject? Config => field ??= Body.TryGetProperty("generationConfig", out var config) ? JsonSerializer.SerializeToNode(config) as JsonObject : null;

    /// <summary>Reads a body strictly.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="model">The model of the address.</param>
    /// <param name="kind">What that model answers with.</param>
    /// <param name="isStreamed">Whether the address asks for a stream.</param>
    /// <param name="prompt">What could be read of the prompt, also when the request is refused.</param>
    /// <param name="violations">What is wrong; none when the result is not null.</param>
    public static GenerateRequest? Read(
        ReadOnlyMemory<byte> utf8, string model, RequestKind kind, bool isStreamed, out string prompt, out IReadOnlyList<Violation> violations)
    {
        var found = new Violations();
        var body = Parse(utf8, found);
        prompt = body is { } readable ? PromptOf(readable) : "";
        GenerateRequest? request = null;
        if (body is { } json)
        {
            RequestShape.Body.Check(json, "", found);
            if (found.Found.Count == 0)
                new RequestRules(json, kind, found).Check();
            request = new GenerateRequest(json, SHA256.HashData([.. Encoding.UTF8.GetBytes($"{model} {kind}\n"), .. utf8.Span]))
            {
                Model = model,
                Kind = kind,
                IsStreamed = isStreamed,
            };
        }

        violations = found.Found;
        return violations.Count == 0 ? request : null;
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> utf8, Violations violations)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            ReadText(document.RootElement);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document.RootElement.Clone();
            violations.Add("", "Invalid JSON payload received. Root element must be a message.");
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            violations.Add("", $"Invalid JSON payload received. {broken.Message}");
        }

        return null;
    }

    /// <summary>Reads every text once: half a surrogate pair is found only then.</summary>
    /// <exception cref="InvalidOperationException">A text is none.</exception>
    private static void ReadText(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                _ = json.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                    ReadText(item);
                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    _ = member.Name;
                    ReadText(member.Value);
                }

                break;
        }
    }

    // Also of a body that turns out to be wrong: its refusal quotes it.
    private static string PromptOf(JsonElement body)
    {
        var texts =
            from turn in Items(body, "contents")
            where Member(turn, "role") is not { ValueKind: JsonValueKind.String } role || role.GetString() != "model"
            from part in Items(turn, "parts")
            let text = Member(part, "text")
            where text is { ValueKind: JsonValueKind.String }
            select text.Value.GetString();
        return string.Join('\n', texts);
    }

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;
}

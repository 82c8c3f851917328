using System.Text.Json.Serialization;

namespace Janus.Gemini.Wire;

/// <summary>The body of models.generateContent, v1beta: the part of it that Janus uses.</summary>
internal sealed record GenerateContentRequest
{
    public Content? SystemInstruction { get; init; }

    public required IReadOnlyList<Content> Contents { get; init; }

    public required GenerationConfig GenerationConfig { get; init; }

    public IReadOnlyList<SafetySetting>? SafetySettings { get; init; }
}

/// <summary>From which likelihood on a category of harm is blocked.</summary>
internal sealed record SafetySetting(string Category, string Threshold)
{
    public static IReadOnlyList<SafetySetting>? From(GeminiOptions options) => options.Safety.Count == 0
        ? null
        : [.. options.Safety.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => new SafetySetting(setting.Key, setting.Value))];
}

/// <summary>One turn: the role is "user" or "model", and absent in a system instruction.</summary>
internal sealed record Content
{
    public string? Role { get; init; }

    public IReadOnlyList<Part?>? Parts { get; init; }
}

/// <summary>A piece of a turn: text or bytes.</summary>
internal sealed record Part
{
    public string? Text { get; init; }

    public InlineData? InlineData { get; init; }

    /// <summary>True for the model's own notes, which are not part of its answer.</summary>
    public bool? Thought { get; init; }
}

/// <summary>Bytes in the message itself, base64 in JSON.</summary>
internal sealed record InlineData
{
    public string? MimeType { get; init; }

    [JsonConverter(typeof(Base64Bytes))]
    public byte[]? Data { get; init; }
}

/// <summary>How the model answers. What is null is left out of the JSON, so the model's own default holds.</summary>
internal sealed record GenerationConfig
{
    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? TopK { get; init; }

    public int? MaxOutputTokens { get; init; }

    public long? Seed { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }

    public string? ResponseMimeType { get; init; }

    public RawJson? ResponseJsonSchema { get; init; }

    public IReadOnlyList<string>? ResponseModalities { get; init; }

    public ImageConfig? ImageConfig { get; init; }

    public ThinkingConfig? ThinkingConfig { get; init; }
}

/// <summary>How a picture is made.</summary>
internal sealed record ImageConfig(string? AspectRatio, string? ImageSize);

/// <summary>How much a model thinks before it answers: by level or by budget in tokens, never both.</summary>
internal sealed record ThinkingConfig(bool? IncludeThoughts, string? ThinkingLevel, int? ThinkingBudget);

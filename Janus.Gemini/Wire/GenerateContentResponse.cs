using System.Text.Json.Serialization;

namespace Janus.Gemini.Wire;

/// <summary>The answer of models.generateContent, v1beta: the part of it that Janus reads. Everything in it may be missing.</summary>
internal sealed record GenerateContentResponse
{
    public IReadOnlyList<Candidate?>? Candidates { get; init; }

    public PromptFeedback? PromptFeedback { get; init; }

    public UsageMetadata? UsageMetadata { get; init; }

    public string? ModelVersion { get; init; }

    public string? ResponseId { get; init; }

    /// <summary>The answer; one is asked for. Null when there is none.</summary>
    [JsonIgnore]
    public Candidate? Candidate => Candidates?.FirstOrDefault(one => one is not null);
}

/// <summary>One answer of the model.</summary>
internal sealed record Candidate
{
    public Content? Content { get; init; }

    [JsonConverter(typeof(EnumName))]
    public string? FinishReason { get; init; }

    /// <summary>The parts that are the answer: the model's thoughts are left out.</summary>
    [JsonIgnore]
    public IEnumerable<Part> Answer => (Content?.Parts ?? []).OfType<Part>().Where(part => part.Thought != true);

    /// <summary>The parts that are the model's thoughts; they come only when they were asked for.</summary>
    [JsonIgnore]
    public IEnumerable<Part> Thoughts => (Content?.Parts ?? []).OfType<Part>().Where(part => part.Thought == true);
}

/// <summary>Why a prompt was not answered at all.</summary>
internal sealed record PromptFeedback
{
    [JsonConverter(typeof(EnumName))]
    public string? BlockReason { get; init; }
}

/// <summary>What was counted, in tokens. The prompt's count includes what came from the cache; thoughts are billed as output.</summary>
internal sealed record UsageMetadata
{
    public long? PromptTokenCount { get; init; }

    public long? CachedContentTokenCount { get; init; }

    public long? CandidatesTokenCount { get; init; }

    public long? ThoughtsTokenCount { get; init; }

    public long? TotalTokenCount { get; init; }

    public IReadOnlyList<ModalityTokenCount?>? CandidatesTokensDetails { get; init; }
}

/// <summary>The share of one kind of content (TEXT, IMAGE, ...) in a count.</summary>
internal sealed record ModalityTokenCount
{
    [JsonConverter(typeof(EnumName))]
    public string? Modality { get; init; }

    public long? TokenCount { get; init; }
}

using Janus.Gemini.Wire;
using Microsoft.Extensions.AI;

namespace Janus.Gemini;

/// <summary>Finds the answer in a reply, or says why there is none.</summary>
internal static class Answer
{
    /// <summary>The key in <see cref="UsageDetails.AdditionalCounts"/> of output tokens that are picture: they have a price of their own.</summary>
    public const string OutputImageTokens = "OutputImageTokenCount";

    /// <summary>The candidate of a reply that ended as it should.</summary>
    /// <exception cref="GeminiException">The prompt or the answer was blocked, the answer ended early, or there is none.</exception>
    public static Candidate Complete(GenerateContentResponse reply)
    {
        if (Blocked(reply) is { } blocked) throw blocked;
        var candidate = reply.Candidate ?? throw Failure(reply, GeminiFailureKind.Malformed, "Gemini's answer has no candidate.");
        return Ended(reply, candidate.FinishReason) is { } failure ? throw failure : candidate;
    }

    /// <summary>What is wrong when the prompt was not answered at all; else null.</summary>
    public static GeminiException? Blocked(GenerateContentResponse reply) => reply is { Candidate: null, PromptFeedback.BlockReason: { } reason }
        ? Failure(reply, GeminiFailureKind.Blocked, $"Gemini blocked the prompt ({reason}).", reason)
        : null;

    /// <summary>What is wrong with an answer that ended for a reason; null when it is complete. A reason that nobody knows yet is none to refuse it.</summary>
    public static GeminiException? Ended(GenerateContentResponse reply, string? reason) => reason switch
    {
        "MAX_TOKENS" => Failure(reply, GeminiFailureKind.Truncated, "Gemini's answer ended at the token limit.", reason),
        "SAFETY" or "RECITATION" or "LANGUAGE" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII"
            => Failure(reply, GeminiFailureKind.Blocked, $"Gemini blocked the answer ({reason}).", reason),
        "IMAGE_SAFETY" or "IMAGE_PROHIBITED_CONTENT" or "IMAGE_RECITATION"
            => Failure(reply, GeminiFailureKind.Blocked, $"Gemini blocked the picture ({reason}).", reason),
        "OTHER" or "MALFORMED_FUNCTION_CALL" or "UNEXPECTED_TOOL_CALL" or "TOO_MANY_TOOL_CALLS" or "NO_IMAGE" or "IMAGE_OTHER"
            => Failure(reply, GeminiFailureKind.Malformed, $"Gemini's answer ended without a result ({reason}).", reason),
        // More reasons to withhold a picture will come; one that came all the same was not withheld.
        { } other when other.StartsWith("IMAGE_", StringComparison.Ordinal) && reply.Candidate?.Answer.Any(part => part.InlineData is not null) != true
            => Failure(reply, GeminiFailureKind.Blocked, $"Gemini blocked the picture ({other}).", other),
        _ => null,
    };

    /// <summary>A failure of the answer itself, with what it cost.</summary>
    public static GeminiException Failure(GenerateContentResponse reply, GeminiFailureKind kind, string message, string? reason = null) =>
        new(kind, message) { Usage = Usage(reply), Reason = reason, Model = reply.ModelVersion };

    /// <summary>How an answer ended, as the abstractions say it.</summary>
    public static ChatFinishReason? FinishReason(string? reason) => reason switch
    {
        "STOP" => ChatFinishReason.Stop,
        null => null,
        _ => new ChatFinishReason(reason),
    };

    /// <summary>The tokens used; null when the service did not say. Thoughts count as output, as they do on the bill.</summary>
    public static UsageDetails? Usage(GenerateContentResponse reply)
    {
        if (reply.UsageMetadata is not { } counted) return null;

        var usage = new UsageDetails
        {
            InputTokenCount = counted.PromptTokenCount,
            CachedInputTokenCount = counted.CachedContentTokenCount,
            OutputTokenCount = counted is { CandidatesTokenCount: null, ThoughtsTokenCount: null }
                ? null
                : (counted.CandidatesTokenCount ?? 0) + (counted.ThoughtsTokenCount ?? 0),
            ReasoningTokenCount = counted.ThoughtsTokenCount,
            TotalTokenCount = counted.TotalTokenCount,
        };
        var pictures = (counted.CandidatesTokensDetails ?? []).Where(share => share?.Modality == "IMAGE").Sum(share => share?.TokenCount ?? 0);
        if (pictures > 0) usage.AdditionalCounts = new() { [OutputImageTokens] = pictures };
        return usage;
    }
}

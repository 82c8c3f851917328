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
        var candidate = reply.Candidates?.FirstOrDefault(one => one is not null);
        if (candidate is null)
        {
            throw reply.PromptFeedback?.BlockReason is { } reason
                ? Failure(reply, GeminiFailureKind.Blocked, $"Gemini blocked the prompt ({reason}).")
                : Failure(reply, GeminiFailureKind.Malformed, "Gemini's answer has no candidate.");
        }

        return candidate.FinishReason switch
        {
            "MAX_TOKENS" => throw Failure(reply, GeminiFailureKind.Truncated, "Gemini's answer ended at the token limit."),
            "SAFETY" or "RECITATION" or "LANGUAGE" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII"
                => throw Failure(reply, GeminiFailureKind.Blocked, $"Gemini blocked the answer ({candidate.FinishReason})."),
            "OTHER" or "MALFORMED_FUNCTION_CALL" or "UNEXPECTED_TOOL_CALL" or "TOO_MANY_TOOL_CALLS" or "NO_IMAGE"
                => throw Failure(reply, GeminiFailureKind.Malformed, $"Gemini's answer ended without a result ({candidate.FinishReason})."),
            { } reason when reason.StartsWith("IMAGE_", StringComparison.Ordinal)
                => throw Failure(reply, GeminiFailureKind.Blocked, $"Gemini blocked the picture ({reason})."),
            _ => candidate,
        };
    }

    /// <summary>A failure of the answer itself, with what it cost.</summary>
    public static GeminiException Failure(GenerateContentResponse reply, GeminiFailureKind kind, string message) =>
        new(kind, message) { Usage = Usage(reply) };

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

using Janus.Gemini;
using Microsoft.Extensions.AI;

namespace Janus.Generation.Providers;

/// <summary>What a provider says of a call beside its answer.</summary>
/// <param name="Model">The model that answered, as it names itself.</param>
/// <param name="ResponseId">Its id of the answer.</param>
/// <param name="Ending">Its word for how the answer ended, in lower case.</param>
/// <param name="Usage">The tokens, as billed.</param>
internal sealed record CallDetails(string? Model, string? ResponseId, string? Ending, UsageDetails? Usage)
{
    /// <summary>Of pictures; a provider that says nothing of itself answered with the model that was asked.</summary>
    public static CallDetails Of(ImageGenerationResponse response, string? askedModel)
    {
        var made = response.Contents.FirstOrDefault()?.AdditionalProperties;
        return new(
            Text(made, GeminiImageGenerator.ModelVersionProperty) ?? askedModel, Text(made, GeminiImageGenerator.ResponseIdProperty),
            Text(made, GeminiImageGenerator.FinishReasonProperty)?.ToLowerInvariant() ?? (response.Contents.Count > 0 ? "stop" : null), response.Usage);
    }

    /// <summary>Of a failure; null when the provider says nothing. A blocked answer is charged like any other.</summary>
    public static CallDetails? Of(Exception failure) =>
        failure is GeminiException gemini ? new(gemini.Model, null, gemini.Reason?.ToLowerInvariant(), gemini.Usage) : null;

    private static string? Text(AdditionalPropertiesDictionary? made, string property) =>
        made?.TryGetValue(property, out var value) == true ? value as string : null;
}

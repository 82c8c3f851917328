using Microsoft.Extensions.Options;

namespace Janus.Gemini;

/// <summary>What a usable <see cref="GeminiOptions"/> is beyond what its properties say one by one; every complaint names the configuration key to change.</summary>
internal sealed class GeminiOptionsRules : IValidateOptions<GeminiOptions>
{
    private static readonly string[] Categories =
        ["HARM_CATEGORY_HARASSMENT", "HARM_CATEGORY_HATE_SPEECH", "HARM_CATEGORY_SEXUALLY_EXPLICIT", "HARM_CATEGORY_DANGEROUS_CONTENT"];

    private static readonly string[] Thresholds = ["BLOCK_LOW_AND_ABOVE", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_ONLY_HIGH", "BLOCK_NONE", "OFF"];

    public ValidateOptionsResult Validate(string? name, GeminiOptions options)
    {
        var complaints = Complaints(options).ToList();
        return complaints.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(complaints);
    }

    private static IEnumerable<string> Complaints(GeminiOptions options)
    {
        foreach (var (category, threshold) in options.Safety)
        {
            if (!Categories.Contains(category))
                yield return $"Gemini:Safety:{category} is no category; they are {string.Join(", ", Categories)}.";
            else if (!Thresholds.Contains(threshold))
                yield return $"Gemini:Safety:{category} must be one of {string.Join(", ", Thresholds)}.";
        }

        if (options.Limits.Circuit.LongestBreak < options.Limits.Circuit.FirstBreak)
            yield return "Gemini:Limits:Circuit:LongestBreak must be at least Gemini:Limits:Circuit:FirstBreak.";
    }
}

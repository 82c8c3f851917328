using Microsoft.Extensions.Options;

namespace Janus.Gemini;

/// <summary>What a usable <see cref="GeminiOptions"/> is; every complaint names the configuration key to change.</summary>
internal sealed class GeminiOptionsRules : IValidateOptions<GeminiOptions>
{
    // A timer cannot wait longer than about 49 days, and no call of a model takes a day.
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    private static readonly string[] ThinkingLevels = ["MINIMAL", "LOW", "MEDIUM", "HIGH"];

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
        // A query or a user name in the address would carry a secret into logs and spans.
        if (options.Endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" })
            yield return "Gemini:Endpoint must be an absolute http or https address without user name, query and fragment.";
        if (string.IsNullOrWhiteSpace(options.TextModel)) yield return "Gemini:TextModel must name a model.";
        if (string.IsNullOrWhiteSpace(options.ImageModel)) yield return "Gemini:ImageModel must name a model.";
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > LongestTime)
            yield return "Gemini:Timeout must be more than zero and at most a day.";
        if (options.MaxResponseBytes <= 0) yield return "Gemini:MaxResponseBytes must be more than zero.";
        if (options.MaxPictureBytes <= 0) yield return "Gemini:MaxPictureBytes must be more than zero.";

        if (options.ThinkingLevel is not "" && !ThinkingLevels.Contains(options.ThinkingLevel))
            yield return $"Gemini:ThinkingLevel must be one of {string.Join(", ", ThinkingLevels)}, or empty.";
        foreach (var (category, threshold) in options.Safety)
        {
            if (!Categories.Contains(category))
                yield return $"Gemini:Safety:{category} is no category; they are {string.Join(", ", Categories)}.";
            else if (!Thresholds.Contains(threshold))
                yield return $"Gemini:Safety:{category} must be one of {string.Join(", ", Thresholds)}.";
        }

        foreach (var complaint in Complaints(options.Limits)) yield return complaint;

        var retry = options.Retry;
        if (retry.OverloadedAttempts < 1) yield return "Gemini:Retry:OverloadedAttempts must be at least 1.";
        if (!(retry.OverloadedDelayFactor >= 1)) yield return "Gemini:Retry:OverloadedDelayFactor must be at least 1.";
        if (!IsWait(retry.OverloadedFirstDelay)) yield return "Gemini:Retry:OverloadedFirstDelay must be between zero and a day.";
        if (!IsWait(retry.OverloadedLongestDelay)) yield return "Gemini:Retry:OverloadedLongestDelay must be between zero and a day.";
        if (!IsWait(retry.QuotaLongestDelay)) yield return "Gemini:Retry:QuotaLongestDelay must be between zero and a day.";
        if (retry.QuotaResends < 0) yield return "Gemini:Retry:QuotaResends must not be negative.";
    }

    private static IEnumerable<string> Complaints(GeminiLimits limits)
    {
        if (limits.TextConcurrency < 1) yield return "Gemini:Limits:TextConcurrency must be at least 1.";
        if (limits.ImageConcurrency < 1) yield return "Gemini:Limits:ImageConcurrency must be at least 1.";
        if (limits.TextRequestsPerMinute < 0) yield return "Gemini:Limits:TextRequestsPerMinute must not be negative; 0 is no limit.";
        if (limits.ImageRequestsPerMinute < 0) yield return "Gemini:Limits:ImageRequestsPerMinute must not be negative; 0 is no limit.";
        if (!(limits.PlanningShare is >= 0 and <= 0.9)) yield return "Gemini:Limits:PlanningShare must be 0 to 0.9.";
        if (limits.Replicas is < 1 or > 1000) yield return "Gemini:Limits:Replicas must be 1 to 1000.";
        if (limits.LongestWait <= TimeSpan.Zero || limits.LongestWait > LongestTime)
            yield return "Gemini:Limits:LongestWait must be more than zero and at most a day.";

        var circuit = limits.Circuit;
        if (!(circuit.FailureRatio is > 0 and <= 1)) yield return "Gemini:Limits:Circuit:FailureRatio must be more than 0 and at most 1.";
        if (circuit.FewestCalls < 2) yield return "Gemini:Limits:Circuit:FewestCalls must be at least 2.";
        if (!IsBreak(circuit.Window)) yield return "Gemini:Limits:Circuit:Window must be between half a second and a day.";
        if (!IsBreak(circuit.FirstBreak)) yield return "Gemini:Limits:Circuit:FirstBreak must be between half a second and a day.";
        if (!IsBreak(circuit.LongestBreak) || circuit.LongestBreak < circuit.FirstBreak)
            yield return "Gemini:Limits:Circuit:LongestBreak must be between FirstBreak and a day.";
    }

    private static bool IsBreak(TimeSpan time) => time >= TimeSpan.FromSeconds(0.5) && time <= LongestTime;

    private static bool IsWait(TimeSpan wait) => wait >= TimeSpan.Zero && wait <= LongestTime;
}

using Microsoft.Extensions.Options;

namespace Janus.Gemini;

/// <summary>What a usable <see cref="GeminiOptions"/> is; every complaint names the configuration key to change.</summary>
internal sealed class GeminiOptionsRules : IValidateOptions<GeminiOptions>
{
    // A timer cannot wait longer than about 49 days, and no call of a model takes a day.
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

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

        var retry = options.Retry;
        if (retry.OverloadedAttempts < 1) yield return "Gemini:Retry:OverloadedAttempts must be at least 1.";
        if (!(retry.OverloadedDelayFactor >= 1)) yield return "Gemini:Retry:OverloadedDelayFactor must be at least 1.";
        if (!IsWait(retry.OverloadedFirstDelay)) yield return "Gemini:Retry:OverloadedFirstDelay must be between zero and a day.";
        if (!IsWait(retry.OverloadedLongestDelay)) yield return "Gemini:Retry:OverloadedLongestDelay must be between zero and a day.";
        if (!IsWait(retry.QuotaLongestDelay)) yield return "Gemini:Retry:QuotaLongestDelay must be between zero and a day.";
        if (retry.QuotaResends < 0) yield return "Gemini:Retry:QuotaResends must not be negative.";
    }

    private static bool IsWait(TimeSpan wait) => wait >= TimeSpan.Zero && wait <= LongestTime;
}

using System.Net;
using System.Text.RegularExpressions;

namespace Janus.Gemini.Transport;

/// <summary>Turns an HTTP error of Gemini into the failure that it means.</summary>
internal static partial class Refusal
{
    public const string KeyOption = $"{GeminiOptions.Section}:{nameof(GeminiOptions.ApiKey)}";

    /// <summary>An HTTP answer that is a refusal; <paramref name="reply"/> is null when its body is nothing of Gemini's.</summary>
    public static GeminiException Of(HttpResponseMessage response, ErrorReply? reply, ModelChoice model, TimeProvider time) =>
        Of(response.StatusCode, reply, model, time, Header(response, time));

    /// <summary>An error in the middle of a stream.</summary>
    public static GeminiException Of(HttpStatusCode status, ErrorReply reply, ModelChoice model, TimeProvider time) => Of(status, reply, model, time, null);

    private static GeminiException Of(HttpStatusCode status, ErrorReply? reply, ModelChoice model, TimeProvider time, TimeSpan? header)
    {
        var (kind, message) = Meaning(status, reply, model);
        var retryAfter = kind switch
        {
            // A daily quota comes with a delay of seconds too, which is of no use.
            GeminiFailureKind.QuotaPerDay => UntilMidnightPacific(time),
            GeminiFailureKind.QuotaPerMinute or GeminiFailureKind.Overloaded => reply?.RetryDelay ?? header,
            _ => null,
        };
        return new GeminiException(kind, message, retryAfter)
        {
            StatusCode = (int)status,
            ResetsAt = kind == GeminiFailureKind.QuotaPerDay && retryAfter is { } wait ? time.GetUtcNow() + wait : null,
            Model = model.Name,
            Option = kind switch
            {
                GeminiFailureKind.InvalidKey => KeyOption,
                GeminiFailureKind.ModelRetired => model.Option,
                _ => null,
            },
        };
    }

    private static (GeminiFailureKind Kind, string Message) Meaning(HttpStatusCode status, ErrorReply? reply, ModelChoice model) => status switch
    {
        // Front ends answer an overload with pages of their own, so these statuses speak for themselves.
        >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout =>
            (GeminiFailureKind.Overloaded, $"Gemini is overloaded or failing (HTTP {(int)status})."),
        HttpStatusCode.TooManyRequests => Quota(reply ?? new ErrorReply()),
        _ when reply is null || status < HttpStatusCode.BadRequest =>
            (GeminiFailureKind.Malformed, $"The answer (HTTP {(int)status}) did not come from Gemini; check Gemini:Endpoint and any proxy."),
        HttpStatusCode.BadRequest when reply.Reasons.Contains("API_KEY_INVALID") =>
            (GeminiFailureKind.InvalidKey, "Gemini does not accept the API key; check Gemini:ApiKey."),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            (GeminiFailureKind.InvalidKey, $"The API key may not do this (HTTP {(int)status}); check Gemini:ApiKey and its project."),
        HttpStatusCode.NotFound =>
            (GeminiFailureKind.ModelRetired, $"Model retired or unknown: {model.Name}; choose another in {model.Option}."),
        _ => (GeminiFailureKind.BadRequest, $"Gemini refused the request (HTTP {(int)status})."),
    };

    private static (GeminiFailureKind Kind, string Message) Quota(ErrorReply reply)
    {
        // Nothing but the sentence tells a spending limit from a quota.
        if (SpendingLimit().IsMatch(reply.Message)) return (GeminiFailureKind.SpendCap, "The spending limit of the Gemini project is reached.");
        return reply.QuotaIds.Any(id => id.Contains("PerDay", StringComparison.OrdinalIgnoreCase))
            ? (GeminiFailureKind.QuotaPerDay, "Gemini's quota for today is used up; it resets at midnight Pacific time.")
            : (GeminiFailureKind.QuotaPerMinute, "Gemini's quota per minute is used up.");
    }

    private static TimeSpan? Header(HttpResponseMessage response, TimeProvider time)
    {
        var wait = response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>Null on a machine without time zones.</summary>
    private static TimeSpan? UntilMidnightPacific(TimeProvider time)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById("America/Los_Angeles", out var pacific)) return null;
        var now = time.GetUtcNow();
        var midnight = TimeZoneInfo.ConvertTime(now, pacific).Date.AddDays(1);
        return TimeZoneInfo.ConvertTimeToUtc(midnight, pacific) - now.UtcDateTime;
    }

    [GeneratedRegex(@"\bspend(ing)?[ _-]?(cap|limit)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpendingLimit();
}

using System.Globalization;
using Janus.DevTools.FakeGemini.Http;
using Janus.DevTools.FakeGemini.Protocol;

namespace Janus.DevTools.FakeGemini.Plays;

/// <summary>Refusals with a status of their own.</summary>
internal static class RefusalPlays
{
    private const string Retry = "retry";

    public static IReadOnlyList<Play> All { get; } =
    [
        Refusing("429", exchange => GoogleError.Quota(
            "GenerateRequestsPerMinutePerProjectPerModel", exchange.Request.Model, exchange.Parameters.Wait(Retry)), PlayParameter.Wait(Retry, "1s")),
        new("429-header", TellByHeaderAsync, PlayParameter.Wait(Retry, "1s")),
        Refusing("daily-quota", exchange => GoogleError.Quota(
            "GenerateRequestsPerDayPerProjectPerModel", exchange.Request.Model, exchange.Parameters.Wait(Retry)), PlayParameter.Wait(Retry, "22s")),
        Refusing("spend-cap", _ => new(429, "RESOURCE_EXHAUSTED", "Your project has exceeded its monthly spending cap.")),
        Refusing("503", _ => new(503, "UNAVAILABLE", "The model is overloaded. Please try again later.")),
        new("503-page", exchange => exchange.SendAsync(Page("503 Service Unavailable", exchange), 503)),
        Refusing("500", _ => new(500, "INTERNAL", "An internal error has occurred. Please retry.")),
        Refusing("504", _ => new(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete.")),
        Refusing("bad-key", _ => GoogleError.BadKey),
        Refusing("forbidden", _ => new(403, "PERMISSION_DENIED", "The caller does not have permission.")),
        Refusing("failed-precondition", _ => new(400, "FAILED_PRECONDITION", "User location is not supported for the API use.")),
        Refusing("bad-request", _ => GoogleError.Invalid(new Violation("contents", "Request contains an invalid argument."))),
        Refusing("model-gone", exchange => GoogleError.NoSuchModel(exchange.Request.Model)),
    ];

    /// <summary>A page such as a proxy or a front end sends.</summary>
    public static RenderedAnswer Page(string title, Exchange exchange) => RenderedAnswer.Of(
        $"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{Echo.Of(exchange.Request.Prompt)}</p></body></html>",
        "text/html; charset=UTF-8");

    private static Play Refusing(string name, Func<Exchange, GoogleError> error, params PlayParameter[] parameters) =>
        new(name, exchange => Sending.RefuseAsync(exchange.Context, exchange.Line, error(exchange), exchange.Request.Prompt), parameters);

    private static Task TellByHeaderAsync(Exchange exchange)
    {
        exchange.Context.Response.Headers.RetryAfter = Math.Ceiling(exchange.Parameters.Wait(Retry).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Sending.RefuseAsync(exchange.Context, exchange.Line, new(429, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."), exchange.Request.Prompt);
    }
}

using System.Globalization;

namespace Janus.Web.Http;

/// <summary>What a page says of itself in the answer's head.</summary>
internal static class Answering
{
    /// <summary>Gives the answer a status.</summary>
    /// <remarks>When the answer starts and not before: a page whose status is one of failure already is not rendered at all.</remarks>
    public static void Say(this HttpContext http, int status) => http.Response.OnStarting(() =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    /// <summary>Says when to ask again, in whole seconds.</summary>
    public static void SayRetryAfter(this HttpResponse response, TimeSpan wait) =>
        response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}

using System.Net;
using Janus.Web.Api;
using Janus.Web.Design;
using Janus.Web.Http;

namespace Janus.Web.Components.SignIn;

/// <summary>Why somebody does not get in, in words and as the answer's status.</summary>
internal static class EntryRefusal
{
    private static readonly TimeSpan UsualWait = TimeSpan.FromMinutes(1);

    /// <summary>Gives the answer its status.</summary>
    /// <returns>What is said above the form; null when the fields say it.</returns>
    public static string? Tell(HttpContext http, ApiRefusal refusal)
    {
        http.Say((int)(refusal.Status ?? HttpStatusCode.ServiceUnavailable));
        switch (refusal.Status)
        {
            case HttpStatusCode.Unauthorized when refusal != SessionOver.Refusal:
                return "This name and this password do not go together.";
            case HttpStatusCode.TooManyRequests:
                var wait = refusal.RetryAfter ?? UsualWait;
                http.Response.SayRetryAfter(wait);
                return $"Too many tries. Wait {Say.Wait(wait)}, then try again.";
            case HttpStatusCode.BadRequest when refusal.Errors.Count > 0:
                return null;
            default:
                return refusal.Message;
        }
    }
}

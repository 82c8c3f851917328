using System.Net;

namespace Janus.Web.Api;

/// <summary>A session that the API no longer knows.</summary>
internal static class SessionOver
{
    /// <summary>What a person is told.</summary>
    public static ApiRefusal Refusal { get; } = new(
        HttpStatusCode.Unauthorized, "Your session is over. Sign in again: what you typed is still here.", new Dictionary<string, string[]>(StringComparer.Ordinal));
}

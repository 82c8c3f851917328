using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Janus.Web.Access;

/// <summary>
/// The session's cookie under the name that the connection allows: over HTTPS with the prefix that browsers hold to this very host. It is sent over HTTPS
/// only, unless this machine looks at itself or a developer looks.
/// </summary>
internal sealed class SessionCookies(bool isDevelopment) : ICookieManager
{
    /// <summary>The cookie's name without HTTPS.</summary>
    public const string Name = "janus";

    /// <summary>What stands before the name with HTTPS, https://www.rfc-editor.org/rfc/rfc6265bis#section-4.1.3.2.</summary>
    public const string SecurePrefix = "__Host-";

    private readonly ChunkingCookieManager _cookies = new();

    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, NameFor(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _cookies.AppendResponseCookie(context, NameFor(context, key), value, Held(context, options));

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _cookies.DeleteCookie(context, NameFor(context, key), Held(context, options));

    private static string NameFor(HttpContext context, string key) => context.Request.IsHttps ? SecurePrefix + key : key;

    private CookieOptions Held(HttpContext context, CookieOptions options)
    {
        options.Secure = context.Request.IsHttps || !(isDevelopment || IsThisMachine(context));
        return options;
    }

    // Both ends: a proxy on this machine is one end only.
    private static bool IsThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } client && IPAddress.IsLoopback(client)
        && (context.Request.Host.Host is "localhost" || (IPAddress.TryParse(context.Request.Host.Host, out var host) && IPAddress.IsLoopback(host)));
}

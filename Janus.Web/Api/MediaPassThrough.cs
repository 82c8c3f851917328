using Janus.Contracts;

namespace Janus.Web.Api;

/// <summary>/media/{name}: the API's picture with the API's headers. The browser speaks only to this service.</summary>
internal static class MediaPassThrough
{
    public static void MapMediaPassThrough(this IEndpointRouteBuilder app) =>
        app.MapMethods("/media/{name}", [HttpMethods.Get, HttpMethods.Head], PassAsync)
            .RequireAuthorization(AccountRoles.Viewer).DisableRequestTimeout();

    private static Task PassAsync(string name, HttpContext context) =>
        context.PassAsync($"media/{Uri.EscapeDataString(name)}");
}

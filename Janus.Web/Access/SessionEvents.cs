using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;

namespace Janus.Web.Access;

/// <summary>What happens to a session with each request, and to a request without one.</summary>
internal sealed class SessionEvents(Sessions sessions) : CookieAuthenticationEvents
{
    /// <summary>Whether the API still knows the session. An API that does not answer ends none.</summary>
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.Principal is not { } principal || Person.Of(principal) is not { } person)
        {
            context.RejectPrincipal();
            return;
        }

        var standing = await sessions.CheckAsync(person).WaitAsync(context.HttpContext.RequestAborted);
        if (standing.IsOver)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(SignInSchemes.Accounts);
        }
        else if (standing.Account is { } account && (account.Role, account.UserName) != (person.Role, person.Name))
        {
            context.ReplacePrincipal((person with { Role = account.Role, Name = account.UserName }).ToPrincipal());
            context.ShouldRenew = true;
        }
    }

    /// <summary>Whoever opens a page goes to sign in and comes back; a file, a picture or a connection is refused.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var http = context.HttpContext;
        if (IsPage(http))
        {
            SendToSignIn(http);
            return Task.CompletedTask;
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        // No page is made for what nobody reads.
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        return Task.CompletedTask;
    }

    /// <summary>A page says which role is missing.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>Sends a browser to sign in and back.</summary>
    public static void SendToSignIn(HttpContext http) =>
        http.Response.Redirect(LocalPath.SignIn($"{http.Request.Path}{(HttpMethods.IsGet(http.Request.Method) ? http.Request.QueryString : QueryString.Empty)}"));

    /// <summary>Whether a page is asked for. An address at which there is nothing looks like every other one to whoever is not signed in.</summary>
    public static bool IsPage(HttpContext http) => http.GetEndpoint() is { } endpoint
        ? endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        : HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
}

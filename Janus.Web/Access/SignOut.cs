using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Janus.Web.Access;

/// <summary>POST /sign-out: ends the session in this browser.</summary>
internal static class SignOut
{
    public static void MapSignOut(this IEndpointRouteBuilder app) => app.MapPost("/sign-out", EndAsync).RequireAuthorization();

    private static async Task<Results<RedirectHttpResult, StatusCodeHttpResult>> EndAsync(HttpContext http, IAntiforgery forms, ServiceDefaults.Access.AccessOptions access)
    {
        // Another site must not be able to sign somebody out.
        if (!await forms.IsRequestValidAsync(http))
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        if (access.HasAccounts)
            await http.SignOutAsync(SignInSchemes.Accounts);
        return TypedResults.LocalRedirect("/sign-in");
    }
}

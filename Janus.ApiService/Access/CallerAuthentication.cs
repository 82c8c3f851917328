using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Janus.ApiService.Access;

/// <summary>Lets in whom <see cref="Callers"/> knows. Whatever is wrong with what was sent, the answer is the same.</summary>
internal sealed class CallerAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Callers callers)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() => await callers.FindAsync(Request, Context.RequestAborted) is { } caller
        ? AuthenticateResult.Success(new AuthenticationTicket(caller, Caller.Scheme))
        : AuthenticateResult.NoResult();

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Callers.Bearer;
        return Task.CompletedTask;
    }
}

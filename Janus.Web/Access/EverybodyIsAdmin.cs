using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Janus.Web.Access;

/// <summary>Where nobody signs in: every request is the local admin's, so that everything behind it is the same code in both modes.</summary>
internal sealed class EverybodyIsAdmin(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(Person.Local.ToPrincipal(), Scheme.Name)));
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Janus.Campaigns.Accounts;
using Janus.Campaigns.Auditing;
using Janus.Contracts;
using Janus.ServiceDefaults.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Janus.ApiService.Access;

/// <summary>
/// Finds out who makes a request: the pages, by the key that both know, for an account or for nobody; the bearer of a personal API token; or, where
/// nobody signs in, the one admin there is. Whatever is wrong with what was sent, the answer is the same.
/// </summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessOptions access, SignIns signIns)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer";
    private const int LongestCredential = 500;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!access.HasAccounts)
            return Admit(Caller.Of(Caller.LocalAccount, Acting.Local, Role.Admin, Caller.Way.Open));
        var sent = Request.Headers.Authorization.ToString();
        if (sent.Length is 0 or > LongestCredential || sent.Split(' ', 2) is not [var scheme, var secret])
            return AuthenticateResult.NoResult();
        if (scheme.Equals(Bearer, StringComparison.OrdinalIgnoreCase))
            return Admit(await signIns.OfTokenAsync(secret, Context.RequestAborted), Caller.Way.Token);
        if (!scheme.Equals(ServiceCredential.Scheme, StringComparison.OrdinalIgnoreCase) || !IsServiceKey(secret))
            return AuthenticateResult.NoResult();
        if (!Request.Headers.TryGetValue(ServiceCredential.AccountHeader, out var account))
            return Admit(Caller.OfService());
        return int.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? Admit(await signIns.OfSessionAsync(id, Request.Headers[ServiceCredential.StampHeader].ToString(), Context.RequestAborted), Caller.Way.Session)
            : AuthenticateResult.NoResult();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Bearer;
        return Task.CompletedTask;
    }

    private static AuthenticateResult Admit(Admission? admission, Caller.Way way) => admission is null
        ? AuthenticateResult.NoResult()
        : Admit(Caller.Of(admission.Account.Id, admission.Account.UserName!, admission.Role, way));

    private static AuthenticateResult Admit(System.Security.Claims.ClaimsPrincipal caller) => AuthenticateResult.Success(new AuthenticationTicket(caller, Caller.Scheme));

    // Hashes have one length, so the time of the comparison tells nothing about the key's.
    private bool IsServiceKey(string given) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(access.ServiceKey)));
}

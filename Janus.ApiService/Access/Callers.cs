using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Janus.Campaigns.Accounts;
using Janus.Campaigns.Auditing;
using Janus.Contracts;
using Janus.ServiceDefaults.Access;

namespace Janus.ApiService.Access;

/// <summary>
/// Finds out who makes a request: the pages, by the key that both know, for an account or for nobody; the bearer of a personal API token; or, where
/// nobody signs in, the one admin there is.
/// </summary>
internal sealed class Callers(AccessOptions access, SignIns signIns)
{
    /// <summary>The authentication scheme of personal API tokens.</summary>
    public const string Bearer = "Bearer";

    private const int LongestCredential = 500;

    /// <summary>Who makes the request; null when nobody is known by what was sent.</summary>
    public async Task<ClaimsPrincipal?> FindAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!access.HasAccounts)
            return Caller.Of(Caller.LocalAccount, Acting.Local, Role.Admin, Caller.Way.Open);
        var sent = request.Headers.Authorization.ToString();
        if (sent.Length is 0 or > LongestCredential || sent.Split(' ', 2) is not [var scheme, var secret])
            return null;
        if (scheme.Equals(Bearer, StringComparison.OrdinalIgnoreCase))
            return Of(await signIns.OfTokenAsync(secret, cancellationToken), Caller.Way.Token);
        if (!scheme.Equals(ServiceCredential.Scheme, StringComparison.OrdinalIgnoreCase) || !IsServiceKey(secret))
            return null;
        if (!request.Headers.TryGetValue(ServiceCredential.AccountHeader, out var account))
            return Caller.OfService();
        return int.TryParse(account, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? Of(await signIns.OfSessionAsync(id, request.Headers[ServiceCredential.StampHeader].ToString(), cancellationToken), Caller.Way.Session)
            : null;
    }

    /// <summary>Whether whoever made a request that is still being answered would still be let in, with the same role.</summary>
    public async Task<bool> IsStillLetInAsync(HttpContext http, CancellationToken cancellationToken)
    {
        // Asked again and again while the answer lasts: no spans of it under the request.
        Activity.Current = null;
        return (await FindAsync(http.Request, cancellationToken))?.Role() == http.User.Role();
    }

    private static ClaimsPrincipal? Of(Admission? admission, Caller.Way way) =>
        admission is null ? null : Caller.Of(admission.Account.Id, admission.Account.UserName!, admission.Role, way);

    // Hashes have one length, so the time of the comparison tells nothing about the key's.
    private bool IsServiceKey(string given) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(access.ServiceKey)));
}

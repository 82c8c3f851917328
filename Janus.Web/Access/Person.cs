using System.Globalization;
using System.Security.Claims;
using Janus.Contracts;

namespace Janus.Web.Access;

/// <summary>Who looks at the pages.</summary>
/// <param name="Id">The account's key; 0 where nobody signs in.</param>
/// <param name="Name">The account's name.</param>
/// <param name="Role">One of <see cref="AccountRoles"/>.</param>
/// <param name="Stamp">What the session carries: when the account's own is another, the session is over.</param>
public sealed record Person(int Id, string Name, string Role, string Stamp)
{
    private const string StampClaim = "janus:stamp";

    /// <summary>Everybody, where nobody signs in.</summary>
    public static Person Local { get; } = new(0, "local", AccountRoles.Admin, "");

    /// <summary>Whether it is a person with an account, and not everybody.</summary>
    public bool HasAccount => Id != 0;

    /// <summary>Plans, decides and writes.</summary>
    public bool CanEdit => May(AccountRoles.Editor);

    /// <summary>Decides about accounts and spending, and deletes.</summary>
    public bool IsAdmin => May(AccountRoles.Admin);

    /// <summary>Who signed in.</summary>
    public static Person Of(SignedInResponse signedIn) => new(signedIn.Account.Id, signedIn.Account.UserName, signedIn.Account.Role, signedIn.Stamp);

    /// <summary>Whom the claims of a session name; null for nobody.</summary>
    public static Person? Of(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true, Name: { } name }
        && int.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && principal.FindFirstValue(ClaimTypes.Role) is { } role
            ? new Person(id, name, role, principal.FindFirstValue(StampClaim) ?? "")
            : null;

    /// <summary>Whether a role, or one above it, is the person's.</summary>
    public bool May(string role) => Rank(role) is var needed and >= 0 && Rank(Role) >= needed;

    /// <summary>The same as the claims of a session.</summary>
    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, Id.ToString(CultureInfo.InvariantCulture)),
            new Claim(ClaimTypes.Name, Name),
            new Claim(ClaimTypes.Role, Role),
            new Claim(StampClaim, Stamp),
        ],
        SignInSchemes.Accounts));

    // A word that is no role is below and beyond all of them.
    private static int Rank(string role) => role switch
    {
        AccountRoles.Viewer => 0,
        AccountRoles.Editor => 1,
        AccountRoles.Admin => 2,
        _ => -1,
    };
}

using System.Globalization;
using System.Security.Claims;
using Janus.Campaigns;
using Janus.Campaigns.Accounts;
using Janus.Contracts;

namespace Janus.ApiService.Access;

/// <summary>Who makes a request, as claims.</summary>
internal static class Caller
{
    /// <summary>The authentication scheme of the API.</summary>
    public const string Scheme = "Janus";

    /// <summary>The role of the pages when they act for nobody: they may read, and let people in.</summary>
    public const string Service = "service";

    /// <summary>The account of a Janus without sign-in.</summary>
    public const int LocalAccount = 0;

    private const string AccountClaim = "janus:account";
    private const string WayClaim = "janus:way";

    /// <summary>A person or a program with an account.</summary>
    /// <param name="accountId">The account's key.</param>
    /// <param name="name">Its name.</param>
    /// <param name="role">What the caller may do.</param>
    /// <param name="way">How the caller came in.</param>
    public static ClaimsPrincipal Of(int accountId, string name, Role role, Way way) => Principal(
        new Claim(AccountClaim, accountId.ToString(CultureInfo.InvariantCulture)), new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role.ToWord()),
        new Claim(WayClaim, way.ToWord()));

    /// <summary>The pages, acting for nobody.</summary>
    public static ClaimsPrincipal OfService() => Principal(new Claim(ClaimTypes.Role, Service));

    /// <summary>The account's key; null for the pages and for nobody.</summary>
    public static int? AccountId(this ClaimsPrincipal caller) =>
        int.TryParse(caller.FindFirstValue(AccountClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The account's name; null for the pages and for nobody.</summary>
    public static string? AccountName(this ClaimsPrincipal caller) => caller.FindFirstValue(ClaimTypes.Name);

    /// <summary>The word of what the caller may do; null for nobody.</summary>
    public static string? Role(this ClaimsPrincipal caller) => caller.FindFirstValue(ClaimTypes.Role);

    /// <summary>Whether a person's session made the request, and no token.</summary>
    public static bool IsSession(this ClaimsPrincipal caller) => caller.FindFirstValue(WayClaim) == Way.Session.ToWord();

    /// <summary>Whether the pages make it for nobody.</summary>
    public static bool IsService(this ClaimsPrincipal caller) => caller.IsInRole(Service);

    /// <summary>The roles that may do what a role may.</summary>
    public static string[] AtLeast(Role role) => [.. AccountRoles.All.Skip((int)role)];

    private static ClaimsPrincipal Principal(params Claim[] claims) => new(new ClaimsIdentity(claims, Scheme));

    /// <summary>How a caller came in.</summary>
    internal enum Way
    {
        /// <summary>Through the pages, with a session.</summary>
        Session,

        /// <summary>With a personal API token.</summary>
        Token,

        /// <summary>Without anything, where nobody signs in.</summary>
        Open,
    }
}

using System.Text.Json;

namespace Janus.Contracts;

/// <summary>What the pages and the API call each other's headers. Both sides of the wire read them here.</summary>
public static class ServiceCredential
{
    /// <summary>The scheme of the Authorization header that carries the key which the pages share with the API.</summary>
    public const string Scheme = "Janus-Service";

    /// <summary>The header that names the account for which the pages act: its id.</summary>
    public const string AccountHeader = "X-Janus-Account";

    /// <summary>The header that carries the account's stamp, as it was at sign-in; another one than the account has now means that the session is over.</summary>
    public const string StampHeader = "X-Janus-Stamp";

    /// <summary>The header that carries the address of whoever is in front of the pages.</summary>
    public const string ClientHeader = "X-Janus-Client";
}

/// <summary>What an account may do; each may also do what those before it may.</summary>
public static class AccountRoles
{
    /// <summary>Looks at everything and changes nothing.</summary>
    public const string Viewer = "viewer";

    /// <summary>Plans campaigns, and decides and writes in them.</summary>
    public const string Editor = "editor";

    /// <summary>Decides about accounts and spending, deletes campaigns, and reads the audit log.</summary>
    public const string Admin = "admin";

    /// <summary>All of them, the least first.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Editor, Admin];
}

/// <summary>GET /api/access : how this Janus lets people in. Needs nothing.</summary>
/// <param name="SignIn">Whether people sign in; false on a developer's machine, where everybody is an admin.</param>
/// <param name="NeedsFirstAdmin">Whether there is no account yet: the API's log has the token that makes the first one.</param>
public sealed record AccessResponse(bool SignIn, bool NeedsFirstAdmin);

/// <summary>The body of POST /api/accounts/sign-in, which only the pages may send.</summary>
public sealed record SignInRequest
{
    /// <summary>The account's name. Required.</summary>
    public string? UserName { get; init; }

    /// <summary>The password. Required.</summary>
    public string? Password { get; init; }
}

/// <summary>The body of POST /api/accounts/first-admin, which only the pages may send.</summary>
public sealed record FirstAdminRequest
{
    /// <summary>The one-time token that the API wrote to its log. Required.</summary>
    public string? Token { get; init; }

    /// <summary>The name of the first account. Required.</summary>
    public string? UserName { get; init; }

    /// <summary>Its password. Required.</summary>
    public string? Password { get; init; }
}

/// <summary>Who signed in.</summary>
/// <param name="Account">The account.</param>
/// <param name="Stamp">What a session carries; see <see cref="ServiceCredential.StampHeader"/>.</param>
public sealed record SignedInResponse(AccountDto Account, string Stamp);

/// <summary>An account.</summary>
/// <param name="Id">Its key; 0 for the one that needs no sign-in.</param>
/// <param name="UserName">Its name.</param>
/// <param name="Role">One of <see cref="AccountRoles"/>.</param>
/// <param name="IsDisabled">Whether it is shut out.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="LastSignInAt">When it last signed in, UTC; null for never.</param>
/// <param name="LockedUntil">Until when too many wrong passwords shut it out, UTC; null when they do not.</param>
public sealed record AccountDto(
    int Id, string UserName, string Role, bool IsDisabled, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt, DateTimeOffset? LockedUntil);

/// <summary>GET /api/accounts : every account, by name.</summary>
/// <param name="Accounts">The accounts.</param>
public sealed record AccountsResponse(IReadOnlyList<AccountDto> Accounts);

/// <summary>The body of POST /api/accounts.</summary>
public sealed record CreateAccountRequest
{
    /// <summary>3 to 64 letters, digits and . _ - @ +. Required.</summary>
    public string? UserName { get; init; }

    /// <summary>One of <see cref="AccountRoles"/>. Required.</summary>
    public string? Role { get; init; }

    /// <summary>12 to 128 characters, and none that everybody thinks of. Required.</summary>
    public string? Password { get; init; }
}

/// <summary>The body of PATCH /api/accounts/{id}: what is left out stays as it is.</summary>
public sealed record ChangeAccountRequest
{
    /// <summary>The new role.</summary>
    public string? Role { get; init; }

    /// <summary>Whether it is shut out. Shutting out ends its sessions and its tokens.</summary>
    public bool? IsDisabled { get; init; }

    /// <summary>A new password. It ends the account's sessions and lifts a lock.</summary>
    public string? Password { get; init; }
}

/// <summary>The body of POST /api/accounts/me/password.</summary>
public sealed record ChangePasswordRequest
{
    /// <summary>The password until now. Required.</summary>
    public string? CurrentPassword { get; init; }

    /// <summary>The new one. Required.</summary>
    public string? NewPassword { get; init; }
}

/// <summary>The body of POST /api/accounts/me/tokens.</summary>
public sealed record CreateTokenRequest
{
    /// <summary>What it is for, 1 to 80 characters. Required.</summary>
    public string? Name { get; init; }

    /// <summary>What it may do: one of <see cref="AccountRoles"/>, no more than the account's own role. Required.</summary>
    public string? Scope { get; init; }

    /// <summary>After how many days it ends, 1 to 366; 90 when left out.</summary>
    public int? Days { get; init; }
}

/// <summary>A personal API token, without its secret.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="ExpiresAt">When it ends, UTC.</param>
public sealed record TokenDto(int Id, string Name, string Scope, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>GET /api/accounts/me/tokens.</summary>
/// <param name="Tokens">The account's tokens that have not ended, newest first.</param>
public sealed record TokensResponse(IReadOnlyList<TokenDto> Tokens);

/// <summary>The answer to POST /api/accounts/me/tokens, and the only time that the secret is shown.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">What goes into the header: <c>Authorization: Bearer jns_…</c>.</param>
public sealed record TokenCreatedResponse(TokenDto Token, string Secret);

/// <summary>GET /api/audit : who did what, newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Before">Where the next, older page begins; null when this is the last.</param>
public sealed record AuditResponse(IReadOnlyList<AuditEntryDto> Entries, long? Before);

/// <summary>An entry of the audit log, which outlives what it is about.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Actor">Who: an account's name, <c>operator</c>, or <c>local</c> where nobody signs in; null when nobody was known.</param>
/// <param name="Action">What, such as post_approved, campaign_deleted, signed_in or refused.</param>
/// <param name="Subject">What it was done to: a campaign's public id, an account's name, or the address that was refused; null for none.</param>
/// <param name="TraceId">The trace in which it happened, or null.</param>
/// <param name="Data">What belongs to the action.</param>
public sealed record AuditEntryDto(long Id, DateTimeOffset At, string? Actor, string Action, string? Subject, string? TraceId, JsonElement? Data);

/// <summary>The answer to DELETE /api/campaigns/{id}.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="CampaignId">The campaign that is gone.</param>
/// <param name="Posts">How many posts went with it.</param>
/// <param name="Pictures">How many pictures went with it.</param>
public sealed record CampaignDeletedResponse(bool Success, string Message, string CampaignId, int Posts, int Pictures);

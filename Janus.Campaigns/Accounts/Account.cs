using Microsoft.AspNetCore.Identity;

namespace Janus.Campaigns.Accounts;

/// <summary>What an account may do; each may also do what those before it may.</summary>
public enum Role
{
    /// <summary>Looks at everything and changes nothing.</summary>
    Viewer,

    /// <summary>Plans campaigns, and decides and writes in them.</summary>
    Editor,

    /// <summary>Decides about accounts and spending, deletes campaigns, and reads the audit log.</summary>
    Admin,
}

/// <summary>Somebody who may sign in. Names, password hashes, lockout and stamps are ASP.NET Core Identity's.</summary>
public sealed class Account : IdentityUser<int>
{
    /// <summary>What it may do.</summary>
    public Role Role { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last signed in, UTC; null for never.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>Since when it is shut out, UTC; null when it is not.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}

/// <summary>A secret that lets its bearer in without a password. Only its hash is stored.</summary>
public sealed class AccessToken
{
    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>Whose it is; null for the one that makes the first admin.</summary>
    public int? AccountId { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret, in hexadecimal. The secret has 256 random bits, so that nothing slower is needed.</summary>
    public required string Hash { get; init; }

    /// <summary>The most that it may do; never more than its account.</summary>
    public Role Scope { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}

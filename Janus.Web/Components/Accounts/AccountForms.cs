namespace Janus.Web.Components.Accounts;

/// <summary>What is typed to change one's password.</summary>
internal sealed class PasswordForm
{
    /// <summary>The password until now.</summary>
    public string? Current { get; set; }

    /// <summary>The new one.</summary>
    public string? Replacement { get; set; }

    /// <summary>The new one once more.</summary>
    public string? Again { get; set; }
}

/// <summary>What is typed to make an API token.</summary>
internal sealed class TokenForm
{
    /// <summary>What it is for.</summary>
    public string? Name { get; set; }

    /// <summary>What it may do.</summary>
    public string? Scope { get; set; }

    /// <summary>After how many days it ends.</summary>
    public int? Days { get; set; }
}

/// <summary>Which API token is to be revoked.</summary>
internal sealed class RevokeForm
{
    /// <summary>Its key.</summary>
    public int? Id { get; set; }
}

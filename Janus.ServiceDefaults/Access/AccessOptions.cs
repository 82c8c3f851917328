namespace Janus.ServiceDefaults.Access;

/// <summary>Who gets in. Bound from the section <c>Janus:Access</c>, by the API and the pages alike.</summary>
public sealed class AccessOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Janus:Access";

    /// <summary>The word of <see cref="SignIn"/> for accounts.</summary>
    public const string Accounts = "accounts";

    /// <summary>The fewest characters of <see cref="ServiceKey"/>.</summary>
    public const int ShortestKey = 32;

    /// <summary>
    /// <c>accounts</c>: people sign in, and every call of the API says who makes it. <c>none</c> (the default): whoever reaches this machine is an admin,
    /// which is possible only in Development, and only on addresses that nobody else reaches.
    /// </summary>
    [Words(Accounts, "none", InAnyCase = true)]
    public string SignIn { get; set; } = "none";

    /// <summary>
    /// The secret that the pages show to the API, the same for both: 32 characters or more, as <c>openssl rand -base64 32</c> makes them. Needed with
    /// accounts, and never written to a log.
    /// </summary>
    public string ServiceKey { get; set; } = "";

    /// <summary>Whether people sign in.</summary>
    public bool HasAccounts => SignIn.Equals(Accounts, StringComparison.OrdinalIgnoreCase);
}

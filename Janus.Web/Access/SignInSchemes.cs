namespace Janus.Web.Access;

/// <summary>The two ways in which somebody becomes known; which one holds is <c>Janus:Access:SignIn</c>.</summary>
internal static class SignInSchemes
{
    /// <summary>A session, in a cookie.</summary>
    public const string Accounts = "accounts";

    /// <summary>Everybody is the one admin there is.</summary>
    public const string None = "none";
}

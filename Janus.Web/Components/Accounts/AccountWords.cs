using Janus.Contracts;

namespace Janus.Web.Components.Accounts;

/// <summary>Accounts in words for people.</summary>
internal static class AccountWords
{
    /// <summary>The hint under a new password.</summary>
    public const string PasswordHint = "12 characters or more: a few words do well.";

    /// <summary>What a role may do, as the end of a sentence.</summary>
    public static string RoleMeans(string role) => role switch
    {
        AccountRoles.Viewer => "you see everything and change nothing.",
        AccountRoles.Editor => "you plan campaigns, and decide and write in them.",
        AccountRoles.Admin => "you also decide about accounts and spending, delete campaigns, and read the audit log.",
        _ => "",
    };

    /// <summary>The roles that somebody with a role may give away, the least first.</summary>
    public static IEnumerable<string> UpTo(string role) => AccountRoles.All.TakeWhile(known => known != role).Append(role);
}

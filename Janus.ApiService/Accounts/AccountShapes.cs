using Janus.ApiService.Http;
using Janus.Campaigns;
using Janus.Campaigns.Accounts;
using Janus.Campaigns.Auditing;
using Janus.Contracts;

namespace Janus.ApiService.Accounts;

/// <summary>Accounts, tokens and the audit log as clients see them, and what is wrong with what they send.</summary>
internal static class AccountShapes
{
    private const int ShortestName = 3;
    private const int LongestName = 64;
    private const string NameSigns = "._-@+";

    public static AccountDto ToDto(this Account account, DateTimeOffset now) => new(
        account.Id, account.UserName!, account.Role.ToWord(), account.DisabledAt is not null, account.CreatedAt, account.LastSignInAt,
        account.LockoutEnd > now ? account.LockoutEnd : null);

    public static TokenDto ToDto(this AccessToken token) => new(token.Id, token.Name, token.Scope.ToWord(), token.CreatedAt, token.ExpiresAt);

    public static AuditEntryDto ToDto(this AuditEntry entry) => new(
        entry.Id, entry.At, entry.Actor, entry.Action, entry.Subject, entry.TraceId,
        entry.Data is null ? null : System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(entry.Data, ApiJson.Options));

    /// <summary>Checks the name of a new account; null when it is wrong.</summary>
    public static string? CheckName(this FieldErrors errors, string? name)
    {
        var text = errors.CheckText("user_name", name, LongestName, isRequired: true);
        if (text is not null && (text.Length < ShortestName || !text.All(letter => char.IsAsciiLetterOrDigit(letter) || NameSigns.Contains(letter, StringComparison.Ordinal))))
            errors.Add("user_name", $"must be {ShortestName} to {LongestName} letters, digits and {string.Join(' ', NameSigns.AsEnumerable())}.");
        return errors.Has("user_name") ? null : text;
    }

    /// <summary>Checks a password against the rules; null when it is wrong. It is taken as it is, blanks and all.</summary>
    public static string? CheckPassword(this FieldErrors errors, string field, string? password, string? userName)
    {
        if (errors.Has(field))
            return null;
        if (PasswordRules.Refuse(password, userName) is { } wrong)
            errors.Add(field, wrong);
        return errors.Has(field) ? null : password;
    }

    /// <summary>Checks a role; null when it is wrong or absent.</summary>
    public static Role? CheckRole(this FieldErrors errors, string field, string? role, bool isRequired)
    {
        if (errors.Has(field) || (role is null && !isRequired))
            return null;
        if (role is not null && AccountRoles.All.Contains(role))
            return Words.FromWord<Role>(role);
        errors.Add(field, $"must be one of {string.Join(", ", AccountRoles.All)}.");
        return null;
    }
}

using Janus.Campaigns.Auditing;
using Janus.Campaigns.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Accounts;

/// <summary>What an admin changes about an account; null leaves it as it is.</summary>
/// <param name="Role">Its role.</param>
/// <param name="IsDisabled">Whether it is shut out.</param>
/// <param name="Password">A new password, which the rules let pass.</param>
public sealed record AccountChange(Role? Role, bool? IsDisabled, string? Password);

/// <summary>Makes and changes accounts. Each change is one transaction with its entry in the audit log.</summary>
public sealed class AccountCommands(CampaignDatabase database, AccountIdentity identity, TimeProvider time)
{
    // Names are unique and one admin must stay: whoever changes accounts takes turns, on every database.
    private const string Turn = "accounts";
    private const string NoSuchAccount = "There is no such account.";

    /// <summary>Every account, by name.</summary>
    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Account>>(
        "list_accounts", async (context, token) => await context.Accounts.OrderBy(a => a.NormalizedUserName).ToListAsync(token), cancellationToken);

    /// <summary>Makes an account.</summary>
    public Task<Decision<Account>> CreateAsync(string name, Role role, string password, CancellationToken cancellationToken) =>
        CreateAsync(name, role, password, (_, _) => Task.FromResult<Refusal?>(null), actor: null, cancellationToken);

    /// <summary>Makes an account if nothing in its transaction speaks against it.</summary>
    internal async Task<Decision<Account>> CreateAsync(
        string name, Role role, string password, Func<CampaignsContext, CancellationToken, Task<Refusal?>> refuse, string? actor, CancellationToken cancellationToken)
    {
        var hash = AccountIdentity.Hash(password);
        return await WriteAsync(
            "create_account",
            async (context, manager, token) =>
            {
                if (await refuse(context, token) is { } refusal)
                    return Decision<Account>.Refuse(refusal);
                var account = new Account { UserName = name, Role = role, PasswordHash = hash, CreatedAt = time.GetUtcNow() };
                var result = await manager.CreateAsync(account);
                if (!result.Succeeded)
                    return Decision<Account>.Refuse(RefusalKind.Conflict, Say(result));
                context.Audit.Add(AuditEntry.Of(AuditAction.AccountCreated, name, time.GetUtcNow(), new { role = role.ToWord() }, actor));
                return Decision<Account>.Accept(account);
            },
            cancellationToken);
    }

    /// <summary>Changes an account. The last admin who can sign in stays one.</summary>
    public async Task<Decision<Account>> ChangeAsync(int id, AccountChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var hash = change.Password is { } password ? AccountIdentity.Hash(password) : null;
        return await WriteAsync(
            "change_account",
            async (context, manager, token) =>
            {
                if (await context.Accounts.AsTracking().SingleOrDefaultAsync(a => a.Id == id, token) is not { } account)
                    return Decision<Account>.Refuse(RefusalKind.NotFound, NoSuchAccount);
                var staysAdmin = (change.Role ?? account.Role) is Role.Admin && !(change.IsDisabled ?? account.DisabledAt is not null);
                if (!staysAdmin && !await context.Accounts.AnyAsync(a => a.Id != id && a.Role == Role.Admin && a.DisabledAt == null, token))
                    return Decision<Account>.Refuse(RefusalKind.Conflict, "This is the last admin. Make somebody else an admin first.");

                account.Role = change.Role ?? account.Role;
                if (change.IsDisabled is { } isDisabled)
                    account.DisabledAt = isDisabled ? account.DisabledAt ?? time.GetUtcNow() : null;
                if (hash is not null)
                    (account.PasswordHash, account.LockoutEnd, account.AccessFailedCount) = (hash, null, 0);
                // Sessions that were begun before are over. Tokens of an account that is shut out go: whoever lets it in again did not mean them.
                if (hash is not null || account.DisabledAt is not null)
                    await manager.UpdateSecurityStampAsync(account);
                if (account.DisabledAt is not null)
                    await context.AccessTokens.Where(t => t.AccountId == id).ExecuteDeleteAsync(token);
                context.Audit.Add(AuditEntry.Of(
                    AuditAction.AccountChanged, account.UserName, time.GetUtcNow(),
                    new { role = change.Role?.ToWord(), is_disabled = change.IsDisabled, password = hash is null ? null : "reset" }));
                return Decision<Account>.Accept(account);
            },
            cancellationToken);
    }

    /// <summary>Changes a password for whoever has just confirmed the one until now. Every session of the account is over, the one that asked included.</summary>
    /// <param name="confirmed">The account as it was confirmed.</param>
    /// <param name="replacement">The new password, which the rules let pass.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>The account with its new stamp; refused when it was changed meanwhile.</returns>
    public async Task<Decision<Account>> ChangePasswordAsync(Account confirmed, string replacement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(confirmed);
        var hash = AccountIdentity.Hash(replacement);
        return await WriteAsync(
            "change_password",
            async (context, manager, token) =>
            {
                if (await context.Accounts.AsTracking().SingleOrDefaultAsync(a => a.Id == confirmed.Id && a.SecurityStamp == confirmed.SecurityStamp, token) is not { } account)
                    return Decision<Account>.Refuse(RefusalKind.Conflict, "This account was changed meanwhile. Sign in again.");
                account.PasswordHash = hash;
                account.AccessFailedCount = 0;
                await manager.UpdateSecurityStampAsync(account);
                context.Audit.Add(AuditEntry.Of(AuditAction.PasswordChanged, account.UserName, time.GetUtcNow()));
                return Decision<Account>.Accept(account);
            },
            cancellationToken);
    }

    private Task<Decision<T>> WriteAsync<T>(
        string operation, Func<CampaignsContext, UserManager<Account>, CancellationToken, Task<Decision<T>>> block, CancellationToken cancellationToken) =>
        database.WriteAsync(
            operation,
            async (context, token) =>
            {
                await database.Engine.TakeTurnAsync(context, Turn, token);
                using var manager = identity.Over(context);
                var decision = await block(context, manager, token);
                return (decision, decision.IsAccepted);
            },
            cancellationToken);

    private static string Say(IdentityResult result) => string.Join(" ", result.Errors.Select(error => error.Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateUserName) => "There is an account of that name already.",
        _ => error.Description,
    }));
}

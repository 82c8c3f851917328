using Janus.Campaigns.Auditing;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Accounts;

/// <summary>What came of a name and a password.</summary>
/// <param name="Account">The account; null when they are not let in.</param>
/// <param name="LockedUntil">Until when too many wrong passwords shut the account out, UTC; null when they do not.</param>
public sealed record SignInOutcome(Account? Account, DateTimeOffset? LockedUntil);

/// <summary>A caller whom a session or a token lets in.</summary>
/// <param name="Account">The account.</param>
/// <param name="Role">What the caller may do: the account's role, or the token's scope if that is less.</param>
public sealed record Admission(Account Account, Role Role);

/// <summary>Lets people in, and tells who a session or a token belongs to.</summary>
public sealed class SignIns(CampaignDatabase database, AccountIdentity identity, AuditLog audit, TimeProvider time)
{
    /// <summary>Checks a name and a password. One answer to a name that nobody has, a wrong password and an account that is shut out.</summary>
    public async Task<SignInOutcome> SignInAsync(string name, string password, CancellationToken cancellationToken)
    {
        var normalized = AccountIdentity.Normalize(name);
        var account = await database.ReadAsync(
            "find_account", (context, token) => context.Accounts.SingleOrDefaultAsync(a => a.NormalizedUserName == normalized, token), cancellationToken);
        // Before the password: whoever guesses must not learn during a lock that a guess was right.
        if (account?.LockoutEnd > time.GetUtcNow())
            return new SignInOutcome(null, account.LockoutEnd);
        var matches = AccountIdentity.Matches(account, password);
        if (account is null)
        {
            // Not the name: people type passwords into the wrong field.
            await audit.RecordAsync(AuditAction.SignInRefused, null, new { reason = "unknown_name" }, cancellationToken);
            return new SignInOutcome(null, null);
        }

        return matches && account.DisabledAt is null
            ? await LetInAsync(account, cancellationToken)
            : await RefuseAsync(account, matches, cancellationToken);
    }

    /// <summary>Checks the password of somebody who is signed in already. A wrong one counts as it does at the door.</summary>
    public async Task<SignInOutcome> ConfirmAsync(int accountId, string password, CancellationToken cancellationToken)
    {
        if (await FindAsync(accountId, cancellationToken) is not { DisabledAt: null } account)
            return new SignInOutcome(null, null);
        if (account.LockoutEnd > time.GetUtcNow())
            return new SignInOutcome(null, account.LockoutEnd);
        return AccountIdentity.Matches(account, password) ? new SignInOutcome(account, null) : await RefuseAsync(account, matches: false, cancellationToken);
    }

    /// <summary>The account of a session; null when the session is over: the account is shut out, or its password was changed.</summary>
    public Task<Admission?> OfSessionAsync(int accountId, string stamp, CancellationToken cancellationToken) => database.ReadAsync<Admission?>(
        "find_session",
        async (context, token) =>
        {
            var account = await context.Accounts.SingleOrDefaultAsync(a => a.Id == accountId && a.SecurityStamp == stamp && a.DisabledAt == null, token);
            return account is null ? null : new Admission(account, account.Role);
        },
        cancellationToken);

    /// <summary>An account by its key; null when there is none.</summary>
    public Task<Account?> FindAsync(int accountId, CancellationToken cancellationToken) =>
        database.ReadAsync("find_account", (context, token) => context.Accounts.SingleOrDefaultAsync(a => a.Id == accountId, token), cancellationToken);

    /// <summary>Whose a personal API token is; null when nobody's, or no longer.</summary>
    public Task<Admission?> OfTokenAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = TokenSecret.HashOf(secret);
        var now = time.GetUtcNow();
        return database.ReadAsync<Admission?>(
            "find_token",
            async (context, token) =>
            {
                var found = await context.AccessTokens.Where(t => t.Hash == hash && t.ExpiresAt > now)
                    .Join(context.Accounts.Where(a => a.DisabledAt == null), t => t.AccountId, a => a.Id, (t, a) => new { t.Scope, Account = a }).SingleOrDefaultAsync(token);
                return found is null ? null : new Admission(found.Account, found.Scope < found.Account.Role ? found.Scope : found.Account.Role);
            },
            cancellationToken);
    }

    private Task<SignInOutcome> LetInAsync(Account seen, CancellationToken cancellationToken) => database.WriteAsync(
        "sign_in",
        async (context, token) =>
        {
            var account = await context.Accounts.AsTracking().SingleOrDefaultAsync(a => a.Id == seen.Id && a.SecurityStamp == seen.SecurityStamp && a.DisabledAt == null, token);
            if (account is null)
                return (new SignInOutcome(null, null), false);
            account.AccessFailedCount = 0;
            account.LastSignInAt = time.GetUtcNow();
            context.Audit.Add(AuditEntry.Of(AuditAction.SignedIn, account.UserName, time.GetUtcNow(), actor: account.UserName));
            return (new SignInOutcome(account, null), true);
        },
        cancellationToken);

    private Task<SignInOutcome> RefuseAsync(Account seen, bool matches, CancellationToken cancellationToken) => database.WriteAsync(
        "refuse_sign_in",
        async (context, token) =>
        {
            using var manager = identity.Over(context);
            var account = await context.Accounts.AsTracking().SingleAsync(a => a.Id == seen.Id, token);
            if (!matches)
                await manager.AccessFailedAsync(account);
            var until = account.LockoutEnd > time.GetUtcNow() ? account.LockoutEnd : null;
            context.Audit.Add(AuditEntry.Of(
                until is null ? AuditAction.SignInRefused : AuditAction.AccountLocked, account.UserName, time.GetUtcNow(),
                new { reason = account.DisabledAt is null ? "wrong_password" : "disabled", until }));
            return (new SignInOutcome(null, until), true);
        },
        cancellationToken);
}

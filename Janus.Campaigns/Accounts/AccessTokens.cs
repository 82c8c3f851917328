using Janus.Campaigns.Auditing;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Accounts;

/// <summary>Personal API tokens: made, listed and revoked by whose they are.</summary>
public sealed class AccessTokens(CampaignDatabase database, TimeProvider time)
{
    /// <summary>The most tokens of an account at a time.</summary>
    public const int Most = 20;

    /// <summary>An account's tokens that have not ended, newest first.</summary>
    public Task<IReadOnlyList<AccessToken>> ListAsync(int accountId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.ReadAsync<IReadOnlyList<AccessToken>>(
            "list_tokens",
            async (context, token) => await context.AccessTokens.Where(t => t.AccountId == accountId && t.ExpiresAt > now).OrderByDescending(t => t.Id).ToListAsync(token),
            cancellationToken);
    }

    /// <summary>Makes a token.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="name">What it is for.</param>
    /// <param name="scope">The most that it may do; what the account may not do, the token may not either.</param>
    /// <param name="lifetime">How long it stands.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>The token and its secret, which is kept nowhere.</returns>
    public Task<Decision<(AccessToken Token, string Secret)>> CreateAsync(
        int accountId, string name, Role scope, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var secret = TokenSecret.New(TokenSecret.Personal);
        return database.WriteAsync(
            "create_token",
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                await context.AccessTokens.Where(t => t.AccountId == accountId && t.ExpiresAt <= now).ExecuteDeleteAsync(token);
                if (await context.AccessTokens.CountAsync(t => t.AccountId == accountId, token) >= Most)
                    return (Decision<(AccessToken, string)>.Refuse(RefusalKind.Conflict, $"An account has at most {Most} tokens. Revoke one that is no longer needed."), false);
                var made = new AccessToken
                {
                    AccountId = accountId,
                    Name = name,
                    Hash = TokenSecret.HashOf(secret),
                    Scope = scope,
                    CreatedAt = now,
                    ExpiresAt = now + lifetime,
                };
                context.AccessTokens.Add(made);
                context.Audit.Add(AuditEntry.Of(AuditAction.TokenCreated, name, now, new { scope = scope.ToWord(), expires_at = made.ExpiresAt }));
                return (Decision<(AccessToken, string)>.Accept((made, secret)), true);
            },
            cancellationToken);
    }

    /// <summary>Revokes a token at once. Refused with NotFound when the account has none of that key.</summary>
    public Task<Decision<AccessToken>> RevokeAsync(int accountId, int id, CancellationToken cancellationToken) => database.WriteAsync(
        "revoke_token",
        async (context, token) =>
        {
            if (await context.AccessTokens.AsTracking().SingleOrDefaultAsync(t => t.Id == id && t.AccountId == accountId, token) is not { } found)
                return (Decision<AccessToken>.Refuse(RefusalKind.NotFound, "There is no such token."), false);
            context.AccessTokens.Remove(found);
            context.Audit.Add(AuditEntry.Of(AuditAction.TokenRevoked, found.Name, time.GetUtcNow()));
            return (Decision<AccessToken>.Accept(found), true);
        },
        cancellationToken);
}

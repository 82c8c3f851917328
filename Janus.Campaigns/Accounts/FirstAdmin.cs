using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Accounts;

/// <summary>The first account: whoever reads the log of the API may make it, once.</summary>
public sealed class FirstAdmin(CampaignDatabase database, AccountCommands accounts, TimeProvider time)
{
    /// <summary>How long an offer stands.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Whether there is no account yet.</summary>
    public Task<bool> IsNeededAsync(CancellationToken cancellationToken) =>
        database.ReadAsync("any_account", async (context, token) => !await context.Accounts.AnyAsync(token), cancellationToken);

    /// <summary>Makes a token for the first admin if there is no account yet. Each process that starts makes its own, and any of them will do.</summary>
    /// <returns>The secret, which is kept nowhere else; null when there is an account.</returns>
    public async Task<string?> OfferAsync(CancellationToken cancellationToken)
    {
        if (!await IsNeededAsync(cancellationToken))
            return null;
        var secret = TokenSecret.New(TokenSecret.FirstAdmin);
        return await database.WriteAsync(
            "offer_first_admin",
            async (context, token) =>
            {
                if (await context.Accounts.AnyAsync(token))
                    return ((string?)null, false);
                var now = time.GetUtcNow();
                await context.AccessTokens.Where(t => t.AccountId == null && t.ExpiresAt <= now).ExecuteDeleteAsync(token);
                context.AccessTokens.Add(new AccessToken
                {
                    Name = "first admin",
                    Hash = TokenSecret.HashOf(secret),
                    Scope = Role.Admin,
                    CreatedAt = now,
                    ExpiresAt = now + Lifetime,
                });
                return ((string?)secret, true);
            },
            cancellationToken);
    }

    /// <summary>Makes the first admin, and every offer void. Refused with NotFound when the token is none, or there is an account.</summary>
    /// <param name="secret">The token's secret.</param>
    /// <param name="name">The account's name.</param>
    /// <param name="password">Its password, which the rules let pass.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public Task<Decision<Account>> MakeAsync(string secret, string name, string password, CancellationToken cancellationToken)
    {
        var hash = TokenSecret.HashOf(secret);
        return accounts.CreateAsync(
            name, Role.Admin, password,
            async (context, token) =>
            {
                var now = time.GetUtcNow();
                if (await context.Accounts.AnyAsync(token) || !await context.AccessTokens.AnyAsync(t => t.AccountId == null && t.Hash == hash && t.ExpiresAt > now, token))
                    return new Refusal(RefusalKind.NotFound, "This token is not valid. The API writes a new one to its log when it starts, as long as there is no account.");
                await context.AccessTokens.Where(t => t.AccountId == null).ExecuteDeleteAsync(token);
                return null;
            },
            actor: name, cancellationToken);
    }
}

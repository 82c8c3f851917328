using Janus.Campaigns.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Janus.Campaigns.Accounts;

/// <summary>ASP.NET Core Identity over a transaction of ours: its rules and its hashes, our locks, retries and audit.</summary>
public sealed class AccountIdentity(ILogger<UserManager<Account>> log)
{
    /// <summary>How many wrong passwords in a row shut an account out.</summary>
    public const int MostFailures = 10;

    /// <summary>For how long they do.</summary>
    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(5);

    private static readonly IOptions<IdentityOptions> Options = Microsoft.Extensions.Options.Options.Create(new IdentityOptions
    {
        Lockout = { AllowedForNewUsers = true, MaxFailedAccessAttempts = MostFailures, DefaultLockoutTimeSpan = Lockout },
        User = { RequireUniqueEmail = false },
    });

    private static readonly UpperInvariantLookupNormalizer Normalizer = new UpperInvariantLookupNormalizer();
    private static readonly PasswordHasher<Account> Hasher = new();

    // What a name is compared with that nobody has, so that the time of the answer does not tell.
    private static readonly Lazy<string> NobodysHash = new(() => Hasher.HashPassword(new Account(), Guid.NewGuid().ToString()));

    /// <summary>Identity's manager over the tables of a transaction. It saves nothing itself: the transaction does at its end.</summary>
    internal UserManager<Account> Over(CampaignsContext context) => new(
        new UserOnlyStore<Account, CampaignsContext, int>(context) { AutoSaveChanges = false }, Options, Hasher,
        [new UserValidator<Account>()], [new PasswordRules()], Normalizer, new IdentityErrorDescriber(), services: null!, log);

    /// <summary>A name as names are compared.</summary>
    internal static string Normalize(string name) => Normalizer.NormalizeName(name);

    /// <summary>A password as it is stored. Takes tens of milliseconds on purpose, so it is never called inside a transaction.</summary>
    internal static string Hash(string password) => Hasher.HashPassword(new Account(), password);

    /// <summary>Whether a password is an account's; takes as long when there is no such account.</summary>
    internal static bool Matches(Account? account, string password) =>
        Hasher.VerifyHashedPassword(account ?? new Account(), account?.PasswordHash ?? NobodysHash.Value, password) is not PasswordVerificationResult.Failed
        && account is not null;
}

using System.Threading.RateLimiting;
using Janus.Campaigns.Accounts;

namespace Janus.ApiService.Accounts;

/// <summary>
/// Counts tries to sign in that failed under a name, whether anybody has it or not, so that the answer to too many does not tell. What Identity counts in
/// the account's row holds for every process and after a start; this holds for names that nobody has.
/// </summary>
internal sealed class SignInAttempts : IDisposable
{
    private readonly PartitionedRateLimiter<string> _byName = PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.GetFixedWindowLimiter(
        name.Trim().ToUpperInvariant(),
        _ => new FixedWindowRateLimiterOptions { PermitLimit = AccountIdentity.MostFailures, Window = AccountIdentity.Lockout, AutoReplenishment = true }));

    /// <summary>How long to wait; null when the name may be tried now.</summary>
    public TimeSpan? Refuse(string name) => _byName.GetStatistics(name) is { CurrentAvailablePermits: 0 } ? AccountIdentity.Lockout : null;

    /// <summary>A try failed.</summary>
    public void Failed(string name) => _byName.AttemptAcquire(name).Dispose();

    /// <inheritdoc />
    public void Dispose() => _byName.Dispose();
}

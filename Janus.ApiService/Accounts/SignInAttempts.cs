using System.Threading.RateLimiting;
using Janus.Campaigns.Accounts;

namespace Janus.ApiService.Accounts;

/// <summary>
/// Counts tries to sign in under a name, whether anybody has it or not, so that the answer to too many does not tell. What Identity counts in the
/// account's row holds for every process and after a start; this holds for names that nobody has.
/// </summary>
internal sealed class SignInAttempts : IDisposable
{
    private readonly PartitionedRateLimiter<string> _byName = PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.GetFixedWindowLimiter(
        name.Trim().ToUpperInvariant(),
        _ => new FixedWindowRateLimiterOptions { PermitLimit = AccountIdentity.MostFailures, Window = AccountIdentity.Lockout, AutoReplenishment = true }));

    /// <summary>Counts a try.</summary>
    /// <returns>How long to wait; null when it may be made now.</returns>
    public TimeSpan? Refuse(string name)
    {
        using var lease = _byName.AttemptAcquire(name);
        if (lease.IsAcquired)
            return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : AccountIdentity.Lockout;
    }

    /// <inheritdoc />
    public void Dispose() => _byName.Dispose();
}

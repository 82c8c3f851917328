using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Janus.Web.Access;

/// <summary>How often an address may try to get in. The API counts, too: by the account, and for all processes.</summary>
internal static class SignInTries
{
    /// <summary>The policy of the pages with which people get in.</summary>
    public const string Policy = "sign-in";

    /// <summary>In which the tries are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int Most = 10;

    // What a household or a rented machine has of IPv6 is at least this many bits of one address.
    private const int NetworkBytes = 8;

    /// <summary>To look at the page costs nothing; to send its form counts.</summary>
    public static RateLimitPartition<string> Of(HttpContext context) => HttpMethods.IsPost(context.Request.Method)
        ? RateLimitPartition.GetFixedWindowLimiter(
            KeyOf(context.Connection.RemoteIpAddress), _ => new FixedWindowRateLimiterOptions { PermitLimit = Most, Window = Window, AutoReplenishment = true })
        : RateLimitPartition.GetNoLimiter("");

    private static string KeyOf(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };
}

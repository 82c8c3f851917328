using System.Security.Cryptography;
using System.Text;
using Janus.ApiService.Http;
using Janus.Campaigns.Auditing;

namespace Janus.ApiService.Operator;

/// <summary>
/// Lets a request through that carries the operator's key. A header, which a page of another site cannot send without asking first. One answer to
/// a missing key and to a wrong one.
/// </summary>
internal sealed class OperatorKey(string key) : IEndpointFilter
{
    /// <summary>The header that carries the key.</summary>
    public const string Header = "X-Janus-Operator-Key";

    /// <summary>The setting that holds the key: <c>Janus__OperatorKey</c>. Both hosts make a new one at every start.</summary>
    public const string Setting = "Janus:OperatorKey";

    // Hashes have one length, so the time of the comparison tells nothing about the key's.
    private readonly byte[] _expected = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(context.HttpContext.Request.Headers[Header].ToString()));
        if (CryptographicOperations.FixedTimeEquals(given, _expected))
        {
            Acting.As(Acting.Operator);
            return next(context);
        }

        context.HttpContext.Response.Headers.WWWAuthenticate = Header;
        return ValueTask.FromResult<object?>(Problems.Of(StatusCodes.Status401Unauthorized, "This needs the operator's key."));
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Keeps retries to requests that may safely be sent twice.</summary>
[Experimental("EXTEXP0001")]
public static class HttpRetryStrategyOptionsExtensions
{
    private static readonly HashSet<HttpMethod> UnsafeMethods =
        [HttpMethod.Delete, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Connect];

    /// <summary>Never sends a DELETE, POST, PUT, PATCH or CONNECT again, whatever its first attempt met.</summary>
    public static void DisableForUnsafeHttpMethods(this HttpRetryStrategyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var shouldHandle = options.ShouldHandle;
        options.ShouldHandle = async arguments =>
            await shouldHandle(arguments)
            && !(arguments.Context.Properties.TryGetValue(StandardResilienceHandler.Request, out var request)
                && UnsafeMethods.Contains(request.Method));
    }
}

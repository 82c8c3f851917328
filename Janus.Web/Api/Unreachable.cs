using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Janus.Web.Api;

/// <summary>An API that does not answer: it is being started again, or busy beyond every limit.</summary>
internal static class Unreachable
{
    /// <summary>What a person is told.</summary>
    public static ApiRefusal Refusal { get; } = new(
        null, "Janus cannot be reached right now. Nothing is lost; please try again in a moment.", new Dictionary<string, string[]>(StringComparer.Ordinal));

    /// <summary>Whether an exception says so. An end that the caller asked for does not.</summary>
    public static bool Is(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && exception is HttpRequestException or IOException or BrokenCircuitException or TimeoutRejectedException or TaskCanceledException or System.Text.Json.JsonException;
}

using Janus.DevTools.FakeGemini.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Janus.DevTools.FakeGemini.Http;

/// <summary>What is checked before the body is: who asks, how, and for which of the known parameters.</summary>
internal sealed class CallerRules(FakeServerOptions options)
{
    private const string KeyHeader = "x-goog-api-key";

    /// <summary>Why the caller is refused, or null. A key in the address is refused even where it is right: addresses are logged.</summary>
    public GoogleError? Refuse(HttpRequest request, params ReadOnlySpan<string> parameters)
    {
        if (request.Query.ContainsKey("key"))
            return GoogleError.Invalid(new Violation("key", $"The key belongs in the header {KeyHeader}, not in the address."));
        foreach (var name in request.Query.Keys)
        {
            if (!parameters.Contains(name))
                return GoogleError.Invalid(new Violation(name, $"Invalid JSON payload received. Unknown name \"{name}\": Cannot bind query parameter."));
        }

        return request.Headers[KeyHeader] switch
        {
            [{ Length: > 0 } key] => options.Key is null || key == options.Key ? null : GoogleError.BadKey,
            _ => GoogleError.NoKey,
        };
    }

    /// <summary>Whether a body is announced as JSON in UTF-8.</summary>
    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}

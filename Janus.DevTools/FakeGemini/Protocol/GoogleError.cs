using System.Text.Json.Nodes;

namespace Janus.DevTools.FakeGemini.Protocol;

/// <summary>A refusal: google.rpc.Status with its details, as the REST API writes it.</summary>
internal sealed record GoogleError(int Code, string Status, string Message, params IReadOnlyList<JsonObject> Details)
{
    private const string TypePrefix = "type.googleapis.com/google.rpc.";

    /// <summary>The service itself is named in some details.</summary>
    private const string Service = "generativelanguage.googleapis.com";

    /// <summary>No key came with the request.</summary>
    public static GoogleError NoKey => new(403, "PERMISSION_DENIED",
        "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.");

    /// <summary>The key is wrong.</summary>
    public static GoogleError BadKey => new(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
        Detail("ErrorInfo", ("reason", "API_KEY_INVALID"), ("domain", "googleapis.com"), ("metadata", new JsonObject { ["service"] = Service })),
        Detail("LocalizedMessage", ("locale", "en-US"), ("message", "API key not valid. Please pass a valid API key.")));

    /// <summary>There is no such method or address.</summary>
    public static GoogleError NoSuchMethod => new(404, "NOT_FOUND", "Method not found.");

    /// <summary>There is no such model.</summary>
    public static GoogleError NoSuchModel(string model) => new(404, "NOT_FOUND",
        $"models/{model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.");

    /// <summary>Something is wrong with the request.</summary>
    public static GoogleError Invalid(params IReadOnlyList<Violation> violations) => new(400, "INVALID_ARGUMENT",
        string.Join('\n', violations.Select(violation => violation.Description)),
        Detail("BadRequest", ("fieldViolations", new JsonArray(
            [.. violations.Select(violation => new JsonObject { ["field"] = violation.Field, ["description"] = violation.Description })]))));

    /// <summary>A quota is used up.</summary>
    /// <param name="quotaId">Its name; one with <c>PerDay</c> is a daily one.</param>
    /// <param name="model">The model whose quota it is.</param>
    /// <param name="retry">RetryInfo.retryDelay.</param>
    public static GoogleError Quota(string quotaId, string model, TimeSpan retry) => new(429, "RESOURCE_EXHAUSTED",
        "You exceeded your current quota, please check your plan and billing details.",
        Detail("QuotaFailure", ("violations", new JsonArray(new JsonObject
        {
            ["quotaMetric"] = $"{Service}/generate_content_requests",
            ["quotaId"] = quotaId,
            ["quotaDimensions"] = new JsonObject { ["location"] = "global", ["model"] = model },
            ["quotaValue"] = "10",
        }))),
        Detail("Help", ("links", new JsonArray(new JsonObject { ["description"] = "Learn more about Gemini API quotas", ["url"] = $"https://{Service}/quotas" }))),
        Detail("RetryInfo", ("retryDelay", Duration.ToProtobuf(retry))));

    /// <summary>The JSON of the reply. The message goes on with <see cref="Echo"/>, which nobody may show.</summary>
    public JsonObject ToJson(string prompt) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = Code,
            ["message"] = $"{Message} {Echo.Of(prompt)}",
            ["status"] = Status,
            ["details"] = new JsonArray([.. Details.Select(detail => detail.DeepClone())]),
        },
    };

    private static JsonObject Detail(string type, params (string Name, JsonNode Value)[] fields)
    {
        var detail = new JsonObject { ["@type"] = TypePrefix + type };
        foreach (var (name, value) in fields)
            detail[name] = value;
        return detail;
    }
}

/// <summary>The sentence that quotes the prompt, as real messages may. A client that shows it shows what it must not.</summary>
internal static class Echo
{
    /// <summary>What the sentence begins with.</summary>
    public const string Mark = "SECRET-ECHO";

    private const int Quoted = 40;

    /// <summary>The sentence for a prompt.</summary>
    public static string Of(string prompt) => $"{Mark} {(prompt.Length <= Quoted ? prompt : prompt[..Quoted])}";
}

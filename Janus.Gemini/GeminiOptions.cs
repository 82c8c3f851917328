namespace Janus.Gemini;

/// <summary>How to reach Gemini. Bound from the configuration section <c>Gemini</c>.</summary>
public sealed class GeminiOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Gemini";

    /// <summary>The API key, sent only in the header <c>x-goog-api-key</c>. Empty means that Gemini is not used.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The model that writes text.</summary>
    public string TextModel { get; set; } = "gemini-3.5-flash";

    /// <summary>The model that makes pictures.</summary>
    public string ImageModel { get; set; } = "gemini-3.1-flash-image";

    /// <summary>The API's base address, without a path; tests point it at loopback.</summary>
    public Uri Endpoint { get; set; } = new("https://generativelanguage.googleapis.com");
}

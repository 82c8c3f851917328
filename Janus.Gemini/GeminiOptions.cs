using System.ComponentModel.DataAnnotations;

namespace Janus.Gemini;

/// <summary>How to reach Gemini. Bound from the configuration section <c>Gemini</c>.</summary>
public sealed class GeminiOptions
{
    /// <summary>The configuration section's name.</summary>
    public const string Section = "Gemini";

    /// <summary>The API key, sent only in the header <c>x-goog-api-key</c>. Empty means that Gemini is not used.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The model that writes text.</summary>
    [Required]
    public string TextModel { get; set; } = "gemini-3.5-flash";

    /// <summary>The model that makes pictures.</summary>
    [Required]
    public string ImageModel { get; set; } = "gemini-3.1-flash-image";

    /// <summary>The API's base address, without a path; tests point it at loopback.</summary>
    [ServiceAddress]
    public Uri Endpoint { get; set; } = new("https://generativelanguage.googleapis.com");

    /// <summary>The time limit of one call with all its resends and the waits between them, from the moment when its turn has come; 600 s is the limit of Google's own clients.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(600);

    /// <summary>The largest answer that is read, in bytes after decompression. A 1K picture is about 1.4 MB of base64.</summary>
    [Range(1, int.MaxValue)]
    public int MaxResponseBytes { get; set; } = 40 * 1024 * 1024;

    /// <summary>The largest picture that is accepted, in bytes after base64 is decoded.</summary>
    [Range(1, int.MaxValue)]
    public int MaxPictureBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Which refusals are answered by sending the request again, and when.</summary>
    public GeminiRetryOptions Retry { get; set; } = new();

    /// <summary>How much is asked at once, and when Gemini counts as down.</summary>
    public GeminiLimits Limits { get; set; } = new();

    /// <summary>
    /// From which likelihood on a category of harm is blocked: HARM_CATEGORY_HARASSMENT, _HATE_SPEECH, _SEXUALLY_EXPLICIT or
    /// _DANGEROUS_CONTENT to BLOCK_LOW_AND_ABOVE, BLOCK_MEDIUM_AND_ABOVE, BLOCK_ONLY_HIGH, BLOCK_NONE or OFF. What is absent is up to Gemini.
    /// </summary>
    public IDictionary<string, string> Safety { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// How much the text model thinks before it answers, when a call does not say: MINIMAL, LOW, MEDIUM or HIGH; empty for the model's own default.
    /// Thoughts are charged as output.
    /// </summary>
    [Words("MINIMAL", "LOW", "MEDIUM", "HIGH", "")]
    public string ThinkingLevel { get; set; } = "";
}

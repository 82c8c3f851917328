using Microsoft.Extensions.Configuration;

namespace Janus.Generation.Telemetry;

/// <summary>
/// Whether prompts and answers may leave with telemetry. Off unless the switch of the OpenTelemetry conventions for generative AI,
/// <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c>, is <c>true</c>. Pictures never leave, whatever it says.
/// </summary>
/// <param name="IsOn">Whether they may.</param>
public sealed record ContentCapture(bool IsOn)
{
    /// <summary>The switch's name.</summary>
    public const string Variable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    /// <summary>Reads the switch.</summary>
    public static ContentCapture From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return new(string.Equals(configuration[Variable], "true", StringComparison.OrdinalIgnoreCase));
    }
}

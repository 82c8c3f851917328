using System.Text.Json;
using System.Text.Json.Serialization;

namespace Janus.Gemini.Wire;

/// <summary>
/// How protobuf's JSON is written and read: lowerCamelCase, absent fields left out, int64 as strings or numbers, unknown fields passed over.
/// </summary>
internal static class WireJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}

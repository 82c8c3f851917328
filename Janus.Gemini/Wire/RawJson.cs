using System.Text.Json;
using System.Text.Json.Serialization;

namespace Janus.Gemini.Wire;

/// <summary>JSON that is written as it stands.</summary>
[JsonConverter(typeof(Writing))]
internal sealed record RawJson(ReadOnlyMemory<byte> Utf8)
{
    private sealed class Writing : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.SerializeToUtf8Bytes(JsonElement.ParseValue(ref reader)));

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}

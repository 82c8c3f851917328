using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Janus.Gemini.Wire;

/// <summary>
/// Reads the name of an enum value. Protobuf's JSON writes a value that the sender itself does not know as a number; that must not make a
/// good answer unreadable. What is neither has no name.
/// </summary>
internal sealed class EnumName : JsonConverter<string>
{
    // Names are upper-case words. Anything else could carry a piece of the prompt into a message.
    private const int LongestName = 64;
    private const string Unreadable = "UNREADABLE";

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Safe(reader.GetString());
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : Unreadable;
            default:
                reader.Skip();
                return Unreadable;
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <summary>The name itself if it looks like one, so that it is safe to show.</summary>
    private static string Safe(string? name) => name is { Length: > 0 and <= LongestName } && name.All(IsOfName) ? name : Unreadable;

    private static bool IsOfName(char letter) => letter is '_' || char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter);
}

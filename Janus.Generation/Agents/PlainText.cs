using System.Text.Json;
using System.Text.Json.Serialization;

namespace Janus.Generation;

/// <summary>
/// Which characters a text may hold, whoever wrote it: no control character but line breaks and tabs. Nobody sees the others, and U+0000 is more
/// than PostgreSQL can store. What a person sends with one is refused by its field; out of what a model says they are taken.
/// </summary>
public static class PlainText
{
    /// <summary>Whether a text may hold a character.</summary>
    /// <param name="character">The character.</param>
    /// <param name="hasLines">Whether the text may have several lines.</param>
    public static bool Allows(char character, bool hasLines = true) => !char.IsControl(character) || (hasLines && character is '\n' or '\r' or '\t');

    /// <summary>A text without the characters that none may hold.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.All(character => Allows(character)) ? text : string.Concat(text.Where(character => Allows(character)));
    }

    /// <summary>Reads every text of a model's JSON clean.</summary>
    internal sealed class Reader : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String
            ? Clean(reader.GetString()!)
            : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Janus.Gemini.Wire;

/// <summary>
/// A JSON schema as responseJsonSchema honours it. The other keywords (minLength, maxLength, pattern, $schema, ...) have no effect there, so
/// they are left out rather than pretending to be a promise; whoever needs them checks the answer.
/// </summary>
internal static class ResponseSchema
{
    // A format is made once and asked with many times.
    private static readonly ConditionalWeakTable<ChatResponseFormatJson, RawJson> Written = [];

    public static RawJson? From(ChatResponseFormatJson format) => format.Schema is { } schema
        ? Written.GetValue(format, _ => new RawJson(JsonSerializer.SerializeToUtf8Bytes(Honoured(schema.Deserialize<JsonNode>()))))
        : null;

    private static JsonNode? Honoured(JsonNode? node)
    {
        // true and false are schemas too.
        if (node is not JsonObject schema) return node?.DeepClone();

        var honoured = new JsonObject();
        foreach (var (keyword, value) in schema)
        {
            switch (keyword)
            {
                // Here the names are the author's own: a property may well be called "pattern".
                case "properties" or "$defs" when value is JsonObject named:
                    honoured[keyword] = new JsonObject(named.Select(entry => KeyValuePair.Create(entry.Key, Honoured(entry.Value))));
                    break;
                case "items" or "additionalProperties":
                    honoured[keyword] = Honoured(value);
                    break;
                case "prefixItems" or "anyOf" or "oneOf" when value is JsonArray schemas:
                    honoured[keyword] = new JsonArray([.. schemas.Select(Honoured)]);
                    break;
                case "const" when !schema.ContainsKey("enum"):
                    honoured["enum"] = new JsonArray(value?.DeepClone());
                    break;
                case "$id" or "$ref" or "$anchor" or "type" or "format" or "title" or "description" or "enum" or "minItems" or "maxItems"
                    or "minimum" or "maximum" or "required" or "propertyOrdering":
                    honoured[keyword] = value?.DeepClone();
                    break;
            }
        }

        return honoured;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Janus.Tests.DevTools;

/// <summary>Says why a value breaks a schema. It shares nothing with what makes the values.</summary>
internal static class SchemaValidator
{
    public static string? Problem(JsonNode root, JsonNode? schema, JsonNode? value, string path = "$")
    {
        if (schema is not JsonObject rules)
            return schema!.GetValue<bool>() ? null : $"{path} may not be there";
        if (rules["$ref"] is { } reference)
            return Problem(root, Follow(root, (string)reference!), value, path);
        if ((rules["anyOf"] ?? rules["oneOf"]) is JsonArray options && options.All(option => Problem(root, option, value, path) is not null))
            return $"{path} is none of the options";
        if (rules["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
            return $"{path} is none of the values";
        if (rules["type"] is { } type && !Names(type).Any(name => Is(value, name)))
            return $"{path} is not of type {type.ToJsonString()}";
        return value switch
        {
            JsonObject named => ProblemOfObject(root, rules, named, path),
            JsonArray list => ProblemOfArray(root, rules, list, path),
            JsonValue one when one.GetValueKind() == JsonValueKind.Number => ProblemOfNumber(rules, Number(one), path),
            _ => null,
        };
    }

    private static string? ProblemOfObject(JsonNode root, JsonObject rules, JsonObject value, string path)
    {
        var missing = (rules["required"] as JsonArray ?? []).Select(name => (string)name!).FirstOrDefault(name => !value.ContainsKey(name));
        if (missing is not null)
            return $"{path}.{missing} is missing";
        var properties = rules["properties"] as JsonObject ?? [];
        return value
            .Select(member => Problem(root, properties[member.Key] ?? rules["additionalProperties"] ?? JsonValue.Create(true), member.Value, $"{path}.{member.Key}"))
            .FirstOrDefault(problem => problem is not null);
    }

    private static string? ProblemOfArray(JsonNode root, JsonObject rules, JsonArray value, string path)
    {
        if (rules["minItems"] is { } least && value.Count < Number(least))
            return $"{path} has too few items";
        if (rules["maxItems"] is { } most && value.Count > Number(most))
            return $"{path} has too many items";
        var first = rules["prefixItems"] as JsonArray ?? [];
        return value
            .Select((item, index) => Problem(root, index < first.Count ? first[index] : rules["items"] ?? JsonValue.Create(true), item, $"{path}[{index}]"))
            .FirstOrDefault(problem => problem is not null);
    }

    private static string? ProblemOfNumber(JsonObject rules, double value, string path) =>
        rules["minimum"] is { } least && value < Number(least) ? $"{path} is too small"
        : rules["maximum"] is { } most && value > Number(most) ? $"{path} is too large"
        : null;

    private static bool Is(JsonNode? value, string type) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.Null => type == "null",
        JsonValueKind.True or JsonValueKind.False => type == "boolean",
        JsonValueKind.String => type == "string",
        JsonValueKind.Array => type == "array",
        JsonValueKind.Object => type == "object",
        _ => type == "number" || (type == "integer" && double.IsInteger(Number(value!))),
    };

    private static IEnumerable<string> Names(JsonNode type) => type is JsonArray list ? list.Select(name => (string)name!) : [(string)type!];

    private static double Number(JsonNode value) => JsonSerializer.Deserialize<double>(value);

    private static JsonNode? Follow(JsonNode root, string reference) =>
        reference == "#" ? root : root["$defs"]![reference["#/$defs/".Length..]];
}

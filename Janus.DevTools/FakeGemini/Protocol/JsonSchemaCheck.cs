using System.Text.Json;
using System.Text.Json.Nodes;

namespace Janus.DevTools.FakeGemini.Protocol;

/// <summary>
/// Checks a responseJsonSchema. The real service passes over the keywords that it does not honour (minLength, pattern, const, ...); here they
/// are refused, because a client that sends them believes in a promise that nobody gave.
/// </summary>
internal sealed class JsonSchemaCheck(JsonElement root, Violations violations)
{
    private readonly JsonNode? _root = JsonSerializer.SerializeToNode(root);

    /// <summary>Notes what is wrong with a schema and everything in it.</summary>
    public void Check(JsonElement schema, string path)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return;
        if (schema.ValueKind != JsonValueKind.Object)
        {
            violations.Add(path, $"A schema at '{path}' must be an object.");
            return;
        }

        foreach (var keyword in schema.EnumerateObject())
            CheckKeyword(keyword.Name, keyword.Value, $"{path}.{keyword.Name}");

        // "If $ref is set on a sub-schema, no other properties, except for those starting as a $, may be set": GenerationConfig.response_json_schema.
        if (schema.TryGetProperty("$ref", out _))
        {
            violations.Unless(schema.EnumerateObject().All(keyword => keyword.Name.StartsWith('$')), path,
                $"Beside $ref at '{path}' only keywords that begin with $ may stand.");
        }
    }

    private void CheckKeyword(string keyword, JsonElement value, string path)
    {
        switch (keyword)
        {
            case "$id" or "$anchor" or "format" or "title" or "description":
                Expect(value.ValueKind == JsonValueKind.String, path, "text");
                break;
            case "$ref":
                Expect(value.ValueKind == JsonValueKind.String && _root is not null && SchemaKeywords.Resolve(_root, value.GetString()!) is not null,
                    path, "a reference to a part of the schema");
                break;
            case "type":
                Expect(IsType(value) || (IsFullList(value) && value.EnumerateArray().All(IsType)), path, "a type or a list of types");
                break;
            case "enum":
                Expect(IsFullList(value) && value.EnumerateArray().All(one => one.ValueKind is JsonValueKind.String or JsonValueKind.Number),
                    path, "a list of texts and numbers");
                break;
            case "minItems" or "maxItems":
                Expect(value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()) && value.GetDouble() >= 0, path, "a whole number from 0");
                break;
            case "minimum" or "maximum":
                Expect(value.ValueKind == JsonValueKind.Number, path, "a number");
                break;
            case "required" or "propertyOrdering":
                Expect(value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String), path, "a list of names");
                break;
            case "items" or "additionalProperties":
                Check(value, path);
                break;
            case "anyOf" or "oneOf" or "prefixItems":
                CheckList(value, path);
                break;
            case "properties" or "$defs":
                CheckNamed(value, path);
                break;
            default:
                violations.Add(path, $"The keyword \"{keyword}\" at '{path}' is not honoured by response_json_schema.");
                break;
        }
    }

    private void CheckList(JsonElement value, string path)
    {
        Expect(IsFullList(value), path, "a list of schemas");
        if (value.ValueKind != JsonValueKind.Array)
            return;
        var index = 0;
        foreach (var schema in value.EnumerateArray())
            Check(schema, FieldPath.Item(path, index++));
    }

    private void CheckNamed(JsonElement value, string path)
    {
        Expect(value.ValueKind == JsonValueKind.Object, path, "an object of schemas");
        if (value.ValueKind != JsonValueKind.Object)
            return;
        foreach (var schema in value.EnumerateObject())
            Check(schema.Value, $"{path}.{schema.Name}");
    }

    private void Expect(bool holds, string path, string what) => violations.Unless(holds, path, $"Invalid schema at '{path}': it must be {what}.");

    private static bool IsType(JsonElement value) => value.ValueKind == JsonValueKind.String && SchemaKeywords.AllTypes.Contains(value.GetString()!);

    private static bool IsFullList(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0;
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Janus.DevTools.FakeGemini.Protocol;

/// <summary>Reads the keywords of a schema.</summary>
internal static class SchemaKeywords
{
    /// <summary>The types of JSON.</summary>
    public static readonly IReadOnlyList<string> AllTypes = ["string", "number", "integer", "boolean", "object", "array", "null"];

    private const int MostReferences = 32;

    /// <summary>The types that a value may have; where none are named, what the other keywords are about, else text.</summary>
    public static IReadOnlyList<string> Types(JsonObject rules) => rules["type"] switch
    {
        JsonArray types => [.. types.Select(type => (string)type!)],
        // responseSchema writes them in capitals.
        JsonValue type => [((string)type!).ToLowerInvariant()],
        _ when rules.ContainsKey("enum") => AllTypes,
        _ when rules.ContainsKey("properties") || rules.ContainsKey("additionalProperties") || rules.ContainsKey("required") => ["object"],
        _ when rules.ContainsKey("items") || rules.ContainsKey("prefixItems") || rules.ContainsKey("minItems") || rules.ContainsKey("maxItems") => ["array"],
        _ when rules.ContainsKey("minimum") || rules.ContainsKey("maximum") => ["number"],
        _ => ["string"],
    };

    /// <summary>The schema that is meant instead, or null.</summary>
    public static string? Reference(JsonObject rules) => (string?)rules["$ref"];

    /// <summary>A list of names, such as <c>required</c>; empty when absent.</summary>
    public static IReadOnlyList<string> Names(JsonObject rules, string keyword) =>
        rules[keyword] is JsonArray names ? [.. names.Select(name => (string)name!)] : [];

    /// <summary>A number, or null.</summary>
    public static double? Number(JsonObject rules, string keyword) => rules[keyword]?.GetValue<JsonElement>().GetDouble();

    /// <summary>A number of items, or null; more than an int holds counts as the most.</summary>
    public static int? Count(JsonObject rules, string keyword) => rules[keyword]?.GetValue<JsonElement>() switch
    {
        // responseSchema has int64, which protobuf's JSON writes as text too.
        { ValueKind: JsonValueKind.String } text => int.TryParse(text.GetString(), out var number) ? number : int.MaxValue,
        { } number => (int)Math.Min(number.GetDouble(), int.MaxValue),
        _ => null,
    };

    /// <summary>Whether a value has one of the types.</summary>
    public static bool IsOfType(JsonNode? value, IReadOnlyList<string> types) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.String => types.Contains("string"),
        JsonValueKind.Number => types.Contains("number") || (types.Contains("integer") && double.IsInteger(value!.GetValue<JsonElement>().GetDouble())),
        JsonValueKind.True or JsonValueKind.False => types.Contains("boolean"),
        JsonValueKind.Object => types.Contains("object"),
        JsonValueKind.Array => types.Contains("array"),
        _ => types.Contains("null"),
    };

    /// <summary>Finds <c>#</c>, <c>#/$defs/name</c> (any JSON pointer) or <c>#anchor</c>; null when there is nothing.</summary>
    public static JsonNode? Resolve(JsonNode root, string reference)
    {
        if (!reference.StartsWith('#'))
            return null;
        if (reference is ['#', not '/', .. _])
            return Anchored(root, reference[1..]);

        JsonNode? at = root;
        foreach (var step in reference[1..].Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = at switch
            {
                JsonObject named => named[name],
                JsonArray listed when int.TryParse(name, out var index) && index < listed.Count => listed[index],
                _ => null,
            };
        }

        return at;
    }

    /// <summary>A schema that says what <paramref name="rules"/> say and one option of theirs too; null when nothing can satisfy both.</summary>
    public static JsonNode? Merge(JsonNode root, JsonObject rules, string keyword, JsonNode? option)
    {
        for (var count = 0; option is JsonObject named && Reference(named) is { } reference; count++)
            option = count < MostReferences ? Resolve(root, reference) : null;
        if (option is not JsonObject chosen)
            return option is JsonValue anything && anything.TryGetValue<bool>(out var allowed) && allowed ? Without(rules, keyword) : null;

        var merged = Without(rules, keyword);
        foreach (var (name, value) in chosen)
        {
            switch (name)
            {
                case "type" when rules.ContainsKey("type"):
                    string[] both = [.. Types(chosen).Intersect(Types(rules))];
                    if (both.Length == 0)
                        return null;
                    merged[name] = new JsonArray([.. both.Select(type => (JsonNode)type)]);
                    break;
                case "properties" when merged["properties"] is JsonObject properties:
                    foreach (var (property, schema) in (JsonObject)value!)
                        properties[property] = schema?.DeepClone();
                    break;
                case "required" when rules.ContainsKey("required"):
                    merged[name] = new JsonArray([.. Names(rules, name).Union(Names(chosen, name)).Select(required => (JsonNode)required)]);
                    break;
                default:
                    merged[name] = value?.DeepClone();
                    break;
            }
        }

        return merged;
    }

    private static JsonObject Without(JsonObject rules, string keyword)
    {
        var others = (JsonObject)rules.DeepClone();
        others.Remove(keyword);
        return others;
    }

    private static JsonNode? Anchored(JsonNode? node, string anchor) => node switch
    {
        JsonObject named when named["$anchor"] is JsonValue own && own.TryGetValue<string>(out var name) && name == anchor => named,
        JsonObject named => named.Select(member => Anchored(member.Value, anchor)).FirstOrDefault(found => found is not null),
        JsonArray listed => listed.Select(item => Anchored(item, anchor)).FirstOrDefault(found => found is not null),
        _ => null,
    };
}

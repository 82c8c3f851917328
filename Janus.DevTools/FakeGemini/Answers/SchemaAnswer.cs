using System.Globalization;
using System.Text.Json.Nodes;
using Janus.DevTools.FakeGemini.Protocol;

namespace Janus.DevTools.FakeGemini.Answers;

/// <summary>Makes JSON that satisfies a schema, from the keywords that responseJsonSchema honours.</summary>
internal sealed class SchemaAnswer(JsonNode root, Dice dice, WordDeck words)
{
    // From here on only what must be there is made, so that schemas that contain themselves come to an end.
    private const int Deep = 5;
    private const int Deepest = 24;
    private const int MostValues = 5_000;
    private const int OutsideOfLists = -1;

    private int _values;

    /// <summary>Makes a value; false when no value of a sensible size satisfies the schema.</summary>
    public bool TryMake(out JsonNode? value) => TryMake(root, new Place("", OutsideOfLists, 0), out value);

    private bool TryMake(JsonNode? schema, Place place, out JsonNode? value)
    {
        value = null;
        if (place.Depth > Deepest || ++_values > MostValues)
            return false;
        if (schema is not JsonObject rules)
        {
            value = words.Sentence();
            return schema is JsonValue anything && anything.TryGetValue<bool>(out var allowed) && allowed;
        }

        if (SchemaKeywords.Reference(rules) is { } reference)
            return TryMake(SchemaKeywords.Resolve(root, reference), place.Deeper(), out value);
        if (rules["anyOf"] is JsonArray any)
            return TryAny(rules, "anyOf", any, place, out value);
        if (rules["oneOf"] is JsonArray one)
            return TryAny(rules, "oneOf", one, place, out value);
        if (rules["enum"] is JsonArray values)
            return TryEnum(rules, values, place, out value);

        foreach (var type in SchemaKeywords.Types(rules).OrderBy(type => type == "null"))
        {
            if (TryType(type, rules, place, out value))
                return true;
        }

        return false;
    }

    private bool TryType(string type, JsonObject rules, Place place, out JsonNode? value)
    {
        value = null;
        switch (type)
        {
            case "object":
                return TryObject(rules, place, out value);
            case "array":
                return TryArray(rules, place, out value);
            case "integer" or "number":
                return TryNumber(rules, whole: type == "integer", out value);
            case "boolean":
                value = dice.OneIn(2);
                return true;
            case "string":
                value = Text(rules, place.Name);
                return true;
            default:
                return type == "null";
        }
    }

    // The first that works, as documented; near the end of the depth those that refer to nothing come first.
    private bool TryAny(JsonObject rules, string keyword, JsonArray options, Place place, out JsonNode? value)
    {
        value = null;
        foreach (var option in options.OrderBy(option => place.Depth >= Deep && Refers(option)))
        {
            if (SchemaKeywords.Merge(root, rules, keyword, option) is { } merged && TryMake(merged, place.Deeper(), out value))
                return true;
        }

        return false;

        static bool Refers(JsonNode? option) => option?.ToJsonString().Contains("$ref", StringComparison.Ordinal) == true;
    }

    private bool TryEnum(JsonObject rules, JsonArray values, Place place, out JsonNode? value)
    {
        var types = SchemaKeywords.Types(rules);
        var allowed = values.Where(one => SchemaKeywords.IsOfType(one, types)).ToList();
        value = null;
        if (allowed.Count == 0)
            return false;
        // Items of a list take turns: A and B, not A and A.
        value = (place.Index >= 0 ? allowed[place.Index % allowed.Count] : dice.Pick(allowed))?.DeepClone();
        return true;
    }

    private bool TryObject(JsonObject rules, Place place, out JsonNode? value)
    {
        value = null;
        var made = new JsonObject();
        var properties = rules["properties"] as JsonObject ?? [];
        var required = SchemaKeywords.Names(rules, "required");
        foreach (var name in SchemaKeywords.Names(rules, "propertyOrdering").Where(properties.ContainsKey).Union(properties.Select(property => property.Key)))
        {
            var isRequired = required.Contains(name);
            if (!isRequired && (place.Depth >= Deep || dice.OneIn(4)))
                continue;
            if (TryMake(properties[name], place.Deeper() with { Name = name }, out var property))
                made[name] = property;
            else if (isRequired)
                return false;
        }

        var others = rules["additionalProperties"];
        var missing = required.Where(name => !made.ContainsKey(name)).ToList();
        if (missing.Count == 0 && properties.Count == 0 && others is JsonObject && place.Depth < Deep)
            missing = ["first", "second"];
        foreach (var name in missing)
        {
            if (!TryMake(others ?? JsonValue.Create(true), place.Deeper() with { Name = name }, out var property))
                return false;
            made[name] = property;
        }

        value = made;
        return true;
    }

    private bool TryArray(JsonObject rules, Place place, out JsonNode? value)
    {
        value = null;
        var least = SchemaKeywords.Count(rules, "minItems") ?? 0;
        var most = SchemaKeywords.Count(rules, "maxItems") ?? int.MaxValue;
        var first = rules["prefixItems"] as JsonArray ?? [];
        var wanted = Math.Min(most, Math.Max(least, Math.Max(first.Count, place.Depth < Deep ? 1 + dice.Below(3) : 0)));
        if (least > most)
            return false;

        var made = new JsonArray();
        while (made.Count < wanted)
        {
            var schema = made.Count < first.Count ? first[made.Count] : rules["items"] ?? JsonValue.Create(true);
            if (TryMake(schema, place.Deeper() with { Index = made.Count }, out var item))
                made.Add(item);
            else if (made.Count >= least)
                break;
            else
                return false;
        }

        value = made;
        return true;
    }

    private bool TryNumber(JsonObject rules, bool whole, out JsonNode? value)
    {
        const double usualRange = 100;
        double? least = SchemaKeywords.Number(rules, "minimum"), most = SchemaKeywords.Number(rules, "maximum");
        var low = least ?? Math.Min(1, (most ?? usualRange) - usualRange);
        var high = most ?? Math.Max(low, 0) + usualRange;
        if (whole)
            (low, high) = (Math.Ceiling(low), Math.Floor(high));
        var number = low + (dice.Fraction() * (high - low));
        value = whole ? (JsonNode)(long)Math.Clamp(Math.Round(number), low, Math.Max(low, high)) : Math.Clamp(Math.Round(number, 2), low, Math.Max(low, high));
        return low <= high;
    }

    private string Text(JsonObject rules, string name) => (string?)rules["format"] switch
    {
        "date-time" => Day().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        "date" => Day().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "time" => Day().ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        _ => words.For(name),
    };

    private DateTime Day() => new DateTime(2026, 1, 1, 9, 0, 0, DateTimeKind.Utc).AddMinutes(dice.Below(365 * 24 * 60));

    /// <summary>Where a value stands: its property's name, its number in the nearest list, and how deep.</summary>
    private readonly record struct Place(string Name, int Index, int Depth)
    {
        public Place Deeper() => this with { Depth = Depth + 1 };
    }
}

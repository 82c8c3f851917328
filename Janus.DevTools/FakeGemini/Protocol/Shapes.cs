using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Janus.DevTools.FakeGemini.Protocol;

/// <summary>What the JSON of a field must look like.</summary>
internal abstract record Shape
{
    /// <summary>Notes everything in a value that is not as it must be.</summary>
    public abstract void Check(JsonElement value, string path, Violations violations);

    /// <summary>Notes that a value has the wrong type or is none of the known ones.</summary>
    protected static void Invalid(JsonElement value, string path, string type, Violations violations) =>
        violations.Add(path, $"Invalid value at '{path}' ({type}), {Excerpt(value)}");

    private static string Excerpt(JsonElement value)
    {
        const int most = 100;
        var text = value.GetRawText();
        return text.Length <= most ? text : text[..most];
    }
}

/// <summary>A message with exactly these fields. A field that is null counts as absent, as in protobuf's JSON.</summary>
internal sealed record MessageShape(IReadOnlyDictionary<string, Shape> Fields) : Shape
{
    public override void Check(JsonElement value, string path, Violations violations)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Invalid(value, path, "TYPE_MESSAGE", violations);
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!Fields.TryGetValue(member.Name, out var shape))
            {
                var at = path.Length == 0 ? "" : $" at '{path}'";
                violations.Add(path, $"Invalid JSON payload received. Unknown name \"{member.Name}\"{at}: Cannot find field.");
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                shape.Check(member.Value, FieldPath.Member(path, member.Name), violations);
            }
        }
    }
}

/// <summary>A list of one shape.</summary>
internal sealed record ListShape(Shape Item) : Shape
{
    public override void Check(JsonElement value, string path, Violations violations)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Invalid(value, path, "TYPE_ARRAY", violations);
            return;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
            Item.Check(item, FieldPath.Item(path, index++), violations);
    }
}

/// <summary>Text.</summary>
internal sealed record TextShape : Shape
{
    public override void Check(JsonElement value, string path, Violations violations)
    {
        if (value.ValueKind != JsonValueKind.String)
            Invalid(value, path, "TYPE_STRING", violations);
    }
}

/// <summary>true or false.</summary>
internal sealed record FlagShape : Shape
{
    public override void Check(JsonElement value, string path, Violations violations)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Invalid(value, path, "TYPE_BOOL", violations);
    }
}

/// <summary>Bytes as base64, at least one.</summary>
internal sealed record BytesShape : Shape
{
    public override void Check(JsonElement value, string path, Violations violations)
    {
        if (value.ValueKind != JsonValueKind.String || !IsBase64(value.GetString()!))
            violations.Add(path, $"Invalid value at '{path}' (TYPE_BYTES), Base64 decoding failed.");
    }

    // Base64 alone would pass over white space.
    private static bool IsBase64(string text) => Base64.IsValid(text, out var length) && length > 0 && !text.Any(char.IsWhiteSpace);
}

/// <summary>A number within a range, both ends included.</summary>
internal sealed record NumberShape(double Least, double Most) : Shape
{
    public override void Check(JsonElement value, string path, Violations violations)
    {
        if (value.ValueKind != JsonValueKind.Number)
            Invalid(value, path, "TYPE_FLOAT", violations);
        else if (!(value.GetDouble() >= Least && value.GetDouble() <= Most))
            violations.Add(path, string.Create(CultureInfo.InvariantCulture, $"{path} must be in the range [{Least}, {Most}]."));
    }
}

/// <summary>A whole number of 32 bits, not below a least one.</summary>
internal sealed record WholeShape(int Least = int.MinValue) : Shape
{
    public override void Check(JsonElement value, string path, Violations violations)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number))
            Invalid(value, path, "TYPE_INT32", violations);
        else if (number < Least)
            violations.Add(path, string.Create(CultureInfo.InvariantCulture, $"{path} must be at least {Least}."));
    }
}

/// <summary>One of the values of an enum, by name.</summary>
internal sealed record EnumShape(string Type, params IReadOnlyList<string> Values) : Shape
{
    public override void Check(JsonElement value, string path, Violations violations)
    {
        if (value.ValueKind != JsonValueKind.String || !Values.Contains(value.GetString()))
            Invalid(value, path, $"type.googleapis.com/google.ai.generativelanguage.v1beta.{Type}", violations);
    }
}

/// <summary>A schema in the part of JSON Schema that responseJsonSchema honours.</summary>
internal sealed record JsonSchemaShape : Shape
{
    public override void Check(JsonElement value, string path, Violations violations) => new JsonSchemaCheck(value, violations).Check(value, path);
}

using System.Globalization;

namespace Janus.DevTools.FakeGemini.Protocol;

/// <summary>The body of models.generateContent, v1beta: every field that the fake knows. Names are lowerCamelCase only.</summary>
internal static class RequestShape
{
    /// <summary>The pictures' shapes.</summary>
    public static readonly IReadOnlyList<string> AspectRatios = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];

    private static readonly TextShape Text = new();
    private static readonly FlagShape Flag = new();
    private static readonly BytesShape Bytes = new();

    private static readonly MessageShape Content = Message(
        ("role", Text),
        ("parts", new ListShape(Message(
            ("text", Text),
            ("inlineData", Message(("mimeType", Text), ("data", Bytes))),
            ("thought", Flag),
            ("thoughtSignature", Bytes)))));

    private static readonly MessageShape SafetySetting = Message(
        ("category", new EnumShape("HarmCategory",
            "HARM_CATEGORY_HARASSMENT", "HARM_CATEGORY_HATE_SPEECH", "HARM_CATEGORY_SEXUALLY_EXPLICIT", "HARM_CATEGORY_DANGEROUS_CONTENT")),
        ("threshold", new EnumShape("SafetySetting.HarmBlockThreshold",
            "BLOCK_LOW_AND_ABOVE", "BLOCK_MEDIUM_AND_ABOVE", "BLOCK_ONLY_HIGH", "BLOCK_NONE", "OFF")));

    private static readonly MessageShape GenerationConfig = Message(
        ("temperature", new NumberShape(0, 2)),
        ("topP", new NumberShape(0, 1)),
        ("topK", new WholeShape(1)),
        ("maxOutputTokens", new WholeShape(1)),
        ("candidateCount", new WholeShape()),
        ("seed", new WholeShape()),
        ("stopSequences", new ListShape(Text)),
        ("responseMimeType", Text),
        ("responseJsonSchema", new JsonSchemaShape()),
        ("responseSchema", OpenApiSchema()),
        ("responseModalities", new ListShape(new EnumShape("GenerationConfig.Modality", "TEXT", "IMAGE"))),
        ("imageConfig", Message(("aspectRatio", Text), ("imageSize", Text))),
        ("thinkingConfig", Message(
            ("includeThoughts", Flag),
            // -1 leaves it to the model.
            ("thinkingBudget", new WholeShape(-1)),
            ("thinkingLevel", new EnumShape("ThinkingConfig.ThinkingLevel", "MINIMAL", "LOW", "MEDIUM", "HIGH")))));

    /// <summary>The whole body.</summary>
    public static MessageShape Body { get; } = Message(
        ("systemInstruction", Content),
        ("contents", new ListShape(Content)),
        ("safetySettings", new ListShape(SafetySetting)),
        ("generationConfig", GenerationConfig));

    /// <summary>The two numbers of a picture's shape.</summary>
    public static (int Across, int Down) AspectRatio(string shape)
    {
        var colon = shape.IndexOf(':', StringComparison.Ordinal);
        return (int.Parse(shape[..colon], CultureInfo.InvariantCulture), int.Parse(shape[(colon + 1)..], CultureInfo.InvariantCulture));
    }

    private static MessageShape Message(params (string Name, Shape Shape)[] fields) =>
        new(fields.ToDictionary(field => field.Name, field => field.Shape, StringComparer.Ordinal));

    // The older of the two ways to ask for JSON: a message of its own, with types in capitals.
    private static MessageShape OpenApiSchema()
    {
        var fields = new Dictionary<string, Shape>(StringComparer.Ordinal);
        var schema = new MessageShape(fields);
        var any = new NumberShape(double.MinValue, double.MaxValue);
        fields["type"] = new EnumShape("Type", "STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT", "NULL");
        foreach (var text in (string[])["format", "title", "description"])
            fields[text] = Text;
        foreach (var names in (string[])["enum", "required", "propertyOrdering"])
            fields[names] = new ListShape(Text);
        foreach (var count in (string[])["minItems", "maxItems"])
            fields[count] = new WholeShape(0);
        fields["minimum"] = fields["maximum"] = any;
        fields["nullable"] = Flag;
        fields["items"] = schema;
        fields["anyOf"] = new ListShape(schema);
        fields["properties"] = new MapShape(schema);
        return schema;
    }
}

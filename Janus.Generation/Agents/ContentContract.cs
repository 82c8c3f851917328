using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Janus.Generation;

/// <summary>What an answer with two texts must be. A schema is asked for, but only these checks are trusted.</summary>
internal static class ContentContract
{
    public const int LongestCaption = 500;
    public const int LongestAngle = 200;

    /// <summary>From this share of common words on, two texts count as the same idea.</summary>
    public const double TooAlike = 0.8;

    private const string Schema = """
        {
          "type": "object",
          "properties": {
            "variants": {
              "type": "array", "minItems": 2, "maxItems": 2,
              "items": {
                "type": "object",
                "properties": {
                  "letter": { "type": "string", "enum": ["A", "B"] },
                  "text": { "type": "string" },
                  "angle": { "type": "string" },
                  "image_caption": { "type": "string" }
                },
                "required": ["letter", "text", "angle", "image_caption"]
              }
            }
          },
          "required": ["variants"]
        }
        """;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The form that a model is asked to answer in.</summary>
    public static ChatResponseFormat Format { get; } =
        ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Schema), "post_content", "Two texts for one post, A and B, and a picture for each");

    /// <summary>Reads an answer, or says in a sentence what is wrong with it.</summary>
    public static Reading<PostContent> Read(string answer, CampaignBrief brief)
    {
        if (Parse(answer) is not { } variants)
            return Refused("The answer is not the JSON object that was asked for.");
        if (variants.Count != 2 || Letter(variants, "A") is not { } a || Letter(variants, "B") is not { } b)
            return Refused("The answer does not hold exactly one text A and one text B.");
        if (Refuse("A", a, brief) is { } wrongInA)
            return Refused(wrongInA);
        if (Refuse("B", b, brief) is { } wrongInB)
            return Refused(wrongInB);
        if (Wording.Similarity(a.Text!, b.Text!) >= TooAlike)
            return Refused("Texts A and B say nearly the same. They must be two different ideas.");
        return Reading<PostContent>.Accepted(new PostContent(Content(a), Content(b)));
    }

    private static string? Refuse(string letter, Variant variant, CampaignBrief brief)
    {
        if (string.IsNullOrWhiteSpace(variant.Text))
            return $"Text {letter} is empty.";
        if (string.IsNullOrWhiteSpace(variant.ImageCaption))
            return $"The picture of text {letter} has no caption.";
        if (variant.ImageCaption.Trim().Length > LongestCaption)
            return $"The caption of picture {letter} has more than {LongestCaption} characters.";
        var length = PlatformLimits.Count(brief.Platform, variant.Text.Trim());
        var limit = PlatformLimits.Limit(brief.Platform);
        if (length > limit)
            return string.Create(CultureInfo.InvariantCulture, $"Text {letter} has {length} characters, but {brief.Platform} allows {limit}.");
        return brief.AvoidWords.FirstOrDefault(word => Wording.Holds(variant.Text, word) || Wording.Holds(variant.ImageCaption, word)) is { } avoided
            ? $"Text {letter} or its caption uses “{avoided.Trim()}”, which the brief asks to avoid."
            : null;
    }

    private static VariantContent Content(Variant variant)
    {
        var angle = (variant.Angle ?? "").Trim();
        return new VariantContent(variant.Text!.Trim(), angle.Length <= LongestAngle ? angle : angle[..LongestAngle], variant.ImageCaption!.Trim());
    }

    private static Variant? Letter(IReadOnlyList<Variant?> variants, string letter) =>
        variants.FirstOrDefault(variant => string.Equals(variant?.Letter?.Trim(), letter, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<Variant?>? Parse(string answer)
    {
        try
        {
            return JsonSerializer.Deserialize<Answer>(WithoutFence(answer), Json)?.Variants;
        }
        catch (JsonException)
        {
            // Not an error of ours: the caller turns null into the refusal that the model and the marketer read.
            return null;
        }
    }

    // Models put a fence around JSON now and then even when a schema is set; that alone is no reason to pay for another answer.
    private static string WithoutFence(string answer)
    {
        var open = answer.IndexOf('{', StringComparison.Ordinal);
        return answer.StartsWith("```", StringComparison.Ordinal) && answer.EndsWith("```", StringComparison.Ordinal) && open > 0
            ? answer[open..^3]
            : answer;
    }

    private static Reading<PostContent> Refused(string reason) => Reading<PostContent>.Refused(reason);

    private sealed record Answer(IReadOnlyList<Variant?>? Variants);

    private sealed record Variant(string? Letter, string? Text, string? Angle, string? ImageCaption);
}

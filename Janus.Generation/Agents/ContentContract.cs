using System.Text.Json;
using Janus.Generation.Telemetry;
using Microsoft.Extensions.AI;

namespace Janus.Generation;

/// <summary>What an answer with two texts must be. A schema is asked for, but only these checks are trusted.</summary>
internal static class ContentContract
{
    public const int LongestCaption = 500;

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

    /// <summary>The form that a model is asked to answer in.</summary>
    public static ChatResponseFormat Format { get; } =
        ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Schema), "post_content", "Two texts for one post, A and B, and a picture for each");

    /// <summary>Reads an answer, or says in a sentence what is wrong with it.</summary>
    public static Reading<PostContent> Read(string answer, CampaignBrief brief)
    {
        if (JsonAnswer.Parse<Answer>(answer)?.Variants is not { } variants)
            return Refused("The answer is not the JSON object that was asked for.");
        if (variants.Count != 2 || Letter(variants, "A") is not { } a || Letter(variants, "B") is not { } b)
            return Refused("The answer does not hold exactly one text A and one text B.");
        return Check(a, b, brief) with { Scores = Quality.Of(brief, [a.Text, b.Text]) };
    }

    private static Reading<PostContent> Check(Variant a, Variant b, CampaignBrief brief)
    {
        if (Refuse("A", a, brief) is { } wrongInA)
            return Refused(wrongInA);
        if (Refuse("B", b, brief) is { } wrongInB)
            return Refused(wrongInB);
        if (TextRules.AreAlike(a.Text!, b.Text!))
            return Refused("Texts A and B say nearly the same. They must be two different ideas.");
        return Reading<PostContent>.Accepted(new PostContent(Content(a), Content(b)));
    }

    private static string? Refuse(string letter, Variant variant, CampaignBrief brief)
    {
        if (TextRules.Refuse(letter, variant.Text, brief) is { } wrong)
            return wrong;
        if (string.IsNullOrWhiteSpace(variant.ImageCaption))
            return $"The picture of text {letter} has no caption.";
        if (variant.ImageCaption.Trim().Length > LongestCaption)
            return $"The caption of picture {letter} has more than {LongestCaption} characters.";
        return TextRules.Avoided(brief, variant.Text!, variant.ImageCaption) is { } avoided
            ? $"Text {letter} or its caption uses “{avoided}”, which the brief asks to avoid."
            : null;
    }

    private static VariantContent Content(Variant variant) =>
        new(variant.Text!.Trim(), TextRules.Angle(variant.Angle), variant.ImageCaption!.Trim());

    private static Variant? Letter(IReadOnlyList<Variant?> variants, string letter) =>
        variants.FirstOrDefault(variant => string.Equals(variant?.Letter?.Trim(), letter, StringComparison.OrdinalIgnoreCase));

    private static Reading<PostContent> Refused(string reason) => Reading<PostContent>.Refused(reason);

    private sealed record Answer(IReadOnlyList<Variant?>? Variants);

    private sealed record Variant(string? Letter, string? Text, string? Angle, string? ImageCaption);
}

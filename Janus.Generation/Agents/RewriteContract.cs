using System.Text.Json;
using Janus.Generation.Telemetry;
using Microsoft.Extensions.AI;

namespace Janus.Generation;

/// <summary>What an answer with one text that was written anew must be.</summary>
internal static class RewriteContract
{
    private const string Schema = """
        {
          "type": "object",
          "properties": {
            "text": { "type": "string" },
            "angle": { "type": "string" }
          },
          "required": ["text", "angle"]
        }
        """;

    /// <summary>The form that a model is asked to answer in.</summary>
    public static ChatResponseFormat Format { get; } =
        ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Schema), "post_text", "One text for a post, written anew");

    /// <summary>Reads an answer, or says in a sentence what is wrong with it.</summary>
    public static Reading<NewText> Read(string answer, CampaignBrief brief, RewriteWish wish)
    {
        if (JsonAnswer.Parse<NewText>(answer) is not { } said)
            return Refused("The answer is not the JSON object that was asked for.");
        return Check(said, brief, wish) with { Scores = Quality.Of(brief, [said.Text], wish.OtherText) };
    }

    private static Reading<NewText> Check(NewText said, CampaignBrief brief, RewriteWish wish)
    {
        if (TextRules.Refuse(wish.Letter, said.Text, brief) is { } wrong)
            return Refused(wrong);
        if (TextRules.Avoided(brief, said.Text) is { } avoided)
            return Refused($"Text {wish.Letter} uses “{avoided}”, which the brief asks to avoid.");
        if (TextRules.AreAlike(said.Text, wish.CurrentText))
            return Refused("The text says nearly the same as the one that it replaces. It must be a different one.");
        if (TextRules.AreAlike(said.Text, wish.OtherText))
            return Refused("Texts A and B say nearly the same. They must be two different ideas.");
        return Reading<NewText>.Accepted(new NewText(said.Text.Trim(), TextRules.Angle(said.Angle)));
    }

    private static Reading<NewText> Refused(string reason) => Reading<NewText>.Refused(reason);
}

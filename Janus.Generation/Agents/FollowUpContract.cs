using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Janus.Generation;

/// <summary>What an answer with one post that follows others must be.</summary>
internal static class FollowUpContract
{
    public const int LongestTitle = 200;
    public const int LongestDescription = 1_000;

    /// <summary>The form that a model is asked to answer in.</summary>
    public static ChatResponseFormat Format(FollowUpWish wish) => ChatResponseFormat.ForJsonSchema(
        JsonElement.Parse(
            $$"""
            {
              "type": "object",
              "properties": {
                "title": { "type": "string" },
                "description": { "type": "string" },
                "phase": { "type": "integer", "minimum": {{wish.Phases.Min()}}, "maximum": {{wish.Phases.Max()}} }
              },
              "required": ["title", "description", "phase"]
            }
            """),
        "follow_up_post", "One post that follows others");

    /// <summary>Reads an answer, or says in a sentence what is wrong with it.</summary>
    public static Reading<PostBrief> Read(string answer, CampaignBrief brief, FollowUpWish wish)
    {
        if (JsonAnswer.Parse<Answer>(answer) is not { } said)
            return Refused("The answer is not the JSON object that was asked for.");
        var (title, description) = (said.Title?.Trim() ?? "", said.Description?.Trim() ?? "");
        if (!title.Any(char.IsLetterOrDigit))
            return Refused("The post has no title.");
        if (!description.Any(char.IsLetterOrDigit))
            return Refused("The post has no description.");
        if (title.Length > LongestTitle || description.Length > LongestDescription)
            return Refused($"The title may have at most {LongestTitle} characters and the description {LongestDescription}.");
        if (wish.Titles.Contains(title, StringComparer.OrdinalIgnoreCase))
            return Refused($"There is a post called “{title}” already.");
        if (!wish.Phases.Contains(said.Phase))
            return Refused($"Phase {said.Phase} is not one of those that are allowed: {string.Join(", ", wish.Phases)}.");
        return BrandWords.Refuse(brief, title, description) is { } avoided ? Refused(avoided) : Reading<PostBrief>.Accepted(new PostBrief(title, description, said.Phase));
    }

    private static Reading<PostBrief> Refused(string reason) => Reading<PostBrief>.Refused(reason);

    private sealed record Answer(string? Title, string? Description, int Phase);
}

using System.Globalization;

namespace Janus.Generation.Prompts;

/// <summary>The values of the prompts' places, by the name of their data block.</summary>
internal static class BriefBlocks
{
    public const string CampaignName = "campaign_name";
    public const string ProductDescription = "product_description";
    public const string Goals = "goals";
    public const string Platform = "platform";
    public const string PlatformLimit = "platform_limit";
    public const string Audience = "audience";
    public const string Tone = "tone";
    public const string UseWords = "use_words";
    public const string AvoidWords = "avoid_words";
    public const string PostsPerPhase = "posts_per_phase";
    public const string PostTitle = "post_title";
    public const string PostDescription = "post_description";
    public const string PostPhase = "post_phase";

    public const string Letter = "letter";
    public const string CurrentText = "current_text";
    public const string OtherText = "other_text";
    public const string Hint = "hint";
    public const string Turn = "turn";

    /// <summary>Why an answer was refused, in the message that asks again.</summary>
    public const string Refusal = "refusal";

    public static IReadOnlyDictionary<string, string> ForPlan(CampaignBrief brief)
    {
        var blocks = Common(brief);
        blocks[PostsPerPhase] = brief.PostsPerPhase?.ToString(CultureInfo.InvariantCulture) ?? "2 to 4";
        return blocks;
    }

    public static IReadOnlyDictionary<string, string> ForContent(PostBrief post, CampaignBrief brief)
    {
        var blocks = Common(brief);
        blocks[PlatformLimit] = PlatformLimits.Limit(brief.Platform).ToString(CultureInfo.InvariantCulture);
        blocks[PostTitle] = post.Title;
        blocks[PostDescription] = post.Description;
        blocks[PostPhase] = post.Phase.ToString(CultureInfo.InvariantCulture);
        return blocks;
    }

    public static IReadOnlyDictionary<string, string> ForRewrite(PostBrief post, CampaignBrief brief, RewriteWish wish) =>
        new Dictionary<string, string>(ForContent(post, brief), StringComparer.Ordinal)
        {
            [Letter] = wish.Letter,
            [CurrentText] = wish.CurrentText,
            [OtherText] = wish.OtherText,
            [Hint] = wish.Hint ?? "",
            [Turn] = wish.Turn.ToString(CultureInfo.InvariantCulture),
        };

    private static Dictionary<string, string> Common(CampaignBrief brief) => new(StringComparer.Ordinal)
    {
        [CampaignName] = brief.CampaignName,
        [ProductDescription] = brief.ProductDescription,
        [Goals] = brief.Goals,
        [Platform] = brief.Platform,
        [Audience] = brief.Audience ?? "",
        [Tone] = brief.Tone ?? "",
        [UseWords] = string.Join('\n', brief.UseWords),
        [AvoidWords] = string.Join('\n', brief.AvoidWords),
    };
}

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

    public const string FirstPhase = "first_phase";
    public const string Direction = "direction";
    public const string KeptPosts = "kept_posts";
    public const string ReplacedPosts = "replaced_posts";
    public const string SelectedPosts = "selected_posts";
    public const string Titles = "titles";
    public const string Instruction = "instruction";
    public const string AllowedPhases = "phases";

    private const string Column = " | ";

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

    public static IReadOnlyDictionary<string, string> ForReplan(CampaignBrief brief, ReplanWish wish) =>
        new Dictionary<string, string>(ForPlan(brief), StringComparer.Ordinal)
        {
            [FirstPhase] = wish.FirstPhase.ToString(CultureInfo.InvariantCulture),
            [Direction] = wish.Direction,
            [KeptPosts] = Lines(wish.Kept.Select(kept => kept.Id + Column + Line(kept.Post))),
            [ReplacedPosts] = Lines(wish.Replaced.Select(Line)),
        };

    public static IReadOnlyDictionary<string, string> ForFollowUp(CampaignBrief brief, FollowUpWish wish)
    {
        var blocks = Common(brief);
        blocks[SelectedPosts] = Lines(wish.Selected.Select(Line));
        blocks[Titles] = Lines(wish.Titles.Select(OneLine));
        blocks[Instruction] = wish.Instruction;
        blocks[AllowedPhases] = Lines(wish.Phases.Select(phase => phase.ToString(CultureInfo.InvariantCulture)));
        return blocks;
    }

    /// <summary>Reads the posts of a block back: phase and title.</summary>
    public static IReadOnlyList<(int Phase, string Title)> ReadPosts(string block) =>
        [.. block.Split('\n').Select(line => line.Split(Column)).Select(columns => columns is [['K', ..], .. var post] ? post : columns)
            .Where(columns => columns.Length > 1 && columns[0].StartsWith("Phase ", StringComparison.Ordinal))
            .Select(columns => (int.TryParse(columns[0][6..], NumberStyles.None, CultureInfo.InvariantCulture, out var phase) ? phase : 0, columns[1]))];

    private static string Line(PostBrief post) => string.Create(
        CultureInfo.InvariantCulture, $"Phase {post.Phase}{Column}{OneLine(post.Title).Replace('|', '/')}{Column}{OneLine(post.Description)}");

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

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

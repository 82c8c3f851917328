namespace Janus.Generation;

/// <summary>The rule about the words that a brief asks to avoid, for whoever reads a plan.</summary>
public static class BrandWords
{
    /// <summary>Why a planned post cannot be used: its title or its description holds a word to avoid. A sentence, or null.</summary>
    public static string? Refuse(CampaignBrief brief, string title, string description)
    {
        ArgumentNullException.ThrowIfNull(brief);
        return TextRules.Avoided(brief, title, description) is { } avoided ? $"The post “{title}” uses “{avoided}”, which the brief asks to avoid." : null;
    }
}

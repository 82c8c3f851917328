using Janus.Campaigns.Storage;

namespace Janus.Campaigns.Reading;

/// <summary>Which campaigns a list shows.</summary>
/// <param name="Text">What the name or the product must hold, in any case; null for everything.</param>
/// <param name="Standing">Where they must stand; null for anywhere.</param>
public sealed record CampaignSearch(string? Text = null, CampaignStage? Standing = null)
{
    /// <summary>The campaigns that hold the text, wherever they stand.</summary>
    internal IQueryable<Campaign> Matching(CampaignsContext context)
    {
        if (Text is null)
            return context.Campaigns;
        // A search for the text itself, not for a pattern: no character of it means anything but itself.
        var sought = Campaign.Searchable(Text);
        return context.Campaigns.Where(campaign => campaign.SearchText.Contains(sought));
    }

    /// <summary>Those of them that stand where it was asked for.</summary>
    internal IQueryable<Campaign> Shown(CampaignsContext context)
    {
        if (Standing is not { } stage)
            return Matching(context);
        var (phase, failed) = (stage.Phase, stage.HasFailed);
        return phase == Phase.Planning
            ? Matching(context).Where(campaign => campaign.Phase == phase && campaign.LastError != null == failed)
            : Matching(context).Where(campaign => campaign.Phase == phase);
    }
}

/// <summary>Where a campaign stands, for a list: its phase, or that it went back to planning with a failure.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="HasFailed">Whether it is in planning with a stored failure; always false in other phases.</param>
public readonly record struct CampaignStage(Phase Phase, bool HasFailed)
{
    private const string Failed = "failed";

    /// <summary>The words that lists use: those of the phases, and <c>failed</c>.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Enum.GetValues<Phase>().Select(phase => phase.ToWord()), Failed];

    /// <summary>The stage of a word in <see cref="Known"/>.</summary>
    public static CampaignStage FromWord(string word) => word == Failed ? new(Phase.Planning, true) : new(Words.FromWord<Phase>(word), false);

    /// <summary>The word that lists use.</summary>
    public string Word => HasFailed ? Failed : Phase.ToWord();
}

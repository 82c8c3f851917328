using Janus.Campaigns;
using Janus.Generation;

namespace Janus.ApiService.Planning;

/// <summary>From what the domain keeps to what the agents see.</summary>
internal static class AgentBriefs
{
    /// <summary>The brief as the agents see it.</summary>
    /// <param name="brief">What was asked for.</param>
    /// <param name="owner">The campaign's public id; null before it has one.</param>
    public static CampaignBrief ForAgents(this Brief brief, string? owner = null) => new()
    {
        ProductDescription = brief.ProductDescription,
        Goals = brief.GtmGoals,
        CampaignName = brief.CampaignName,
        Owner = owner,
        Platform = brief.Platform,
        Audience = brief.Audience,
        Tone = brief.Tone,
        UseWords = brief.UseWords,
        AvoidWords = brief.AvoidWords,
        PostsPerPhase = brief.PostsPerPhase,
    };

    /// <summary>A post as the agents see it.</summary>
    public static PostBrief ForAgents(this Post post) => new(post.Title, post.Description, post.PhaseNumber);
}

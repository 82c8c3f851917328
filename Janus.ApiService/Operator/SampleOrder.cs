using Janus.ApiService.Planning;
using Janus.Campaigns;

namespace Janus.ApiService.Operator;

/// <summary>A small brief that shows everything Janus does with one.</summary>
internal static class SampleOrder
{
    public static PlanOrder Order { get; } = new(
        new Brief
        {
            CampaignName = "Sample campaign",
            ProductDescription = "Kestrel is a folding kite for cities: it fits into a coat pocket, opens in ten seconds, and flies in the wind between houses.",
            GtmGoals = "Make people who walk to work curious, have 500 of them try one at a park day, and turn a third of those into buyers.",
            Platform = "X",
            Audience = "People in cities who walk to work",
            Tone = "warm, brief, a little dry",
            UseWords = ["pocket", "wind"],
            AvoidWords = ["revolutionary"],
            PostsPerPhase = 2,
            TimeZone = "UTC",
        },
        IsStored: true);
}

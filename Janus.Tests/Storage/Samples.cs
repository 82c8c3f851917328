using Janus.Campaigns;

namespace Janus.Tests.Storage;

/// <summary>Rows for storage tests.</summary>
internal static class Samples
{
    public static Campaign NewCampaign(string name = "Launch", DateTimeOffset? createdAt = null)
    {
        var at = createdAt ?? DateTimeOffset.UnixEpoch;
        return new Campaign
        {
            PublicId = PublicId.NewCampaign(),
            Name = name,
            Diagram = "graph TD",
            CreatedAt = at,
            UpdatedAt = at,
            Brief = new Brief
            {
                ProductDescription = "A kettle that sings",
                GtmGoals = "Be heard",
                CampaignName = name,
                Platform = "X",
                TimeZone = "UTC",
            },
        };
    }
}

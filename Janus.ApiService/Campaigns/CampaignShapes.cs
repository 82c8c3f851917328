using System.Text.Json;
using Janus.ApiService.Graph;
using Janus.ApiService.Http;
using Janus.ApiService.Media;
using Janus.Campaigns;
using Janus.Campaigns.Reading;
using Janus.Contracts;

namespace Janus.ApiService.Campaigns;

/// <summary>From what the domain reads to what clients see of campaigns and posts.</summary>
internal static class CampaignShapes
{
    public static CampaignDto ToDto(this CampaignSummary summary) =>
        ToDto(summary.Campaign, summary.Posts, summary.Connections, summary.Parts, summary.IsSample, summary.Pictures, summary.CapMicroUsd);

    public static CampaignDto ToDto(this CampaignGraph graph) =>
        ToDto(graph.Campaign, graph.Posts.Count, graph.Connections, graph.Parts, graph.IsSample, graph.Pictures, graph.CapMicroUsd);

    public static PostDto ToDto(this PostView view, string campaignId) => new(
        view.Post.Id, $"post_{view.Post.NodeId}", campaignId, view.Post.Title, view.Post.Description, view.Post.PhaseName(), view.Post.StatusWord(),
        view.Post.SelectedVariant, view.Variants.Count, view.Next, view.Post.CreatedAt, view.Post.UpdatedAt, view.Post.ApprovalWord(), view.Post.RejectReason);

    private static CampaignDto ToDto(
        Campaign campaign, int posts, int connections, PartProgress parts, bool isSample, IReadOnlyList<string> pictures, long cap) => new(
        campaign.Id, campaign.PublicId, campaign.Name, campaign.Brief.ProductDescription, campaign.Phase.ToWord(), campaign.Diagram,
        new CampaignMetadataDto(JsonSerializer.SerializeToElement(campaign.Brief, ApiJson.Options), posts, connections),
        [], posts, campaign.CreatedAt, campaign.UpdatedAt, campaign.LastError, campaign.Paused, campaign.Version, parts.ToDto(),
        campaign.Brief.Platform, isSample, [.. pictures.Select(MediaEndpoints.PathOf)], campaign.PauseReason, campaign.PauseWord(), campaign.SpentMicroUsd, cap);
}

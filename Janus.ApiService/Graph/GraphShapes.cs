using System.Globalization;
using Janus.ApiService.Media;
using Janus.Campaigns;
using Janus.Campaigns.Reading;
using Janus.Contracts;

namespace Janus.ApiService.Graph;

/// <summary>From what the domain reads to what clients see of a graph.</summary>
internal static class GraphShapes
{
    private const int MostPostMetrics = 4;

    private static readonly string[] Letters = ["A", "B"];

    /// <summary>What is shown when there is no campaign at all.</summary>
    public static GraphResponse Empty { get; } = new([], new Dictionary<string, MetricsDto>(StringComparer.Ordinal), null, []);

    public static GraphResponse ToResponse(this CampaignGraph graph)
    {
        var published = graph.Posts.Where(post => post.Post.Status is PostStatus.Published or PostStatus.Analyzed && post.Metrics is not null).ToList();
        return new GraphResponse(
            [.. graph.Posts.Select(ToNode)],
            published.ToDictionary(
                post => post.Post.Id.ToString(CultureInfo.InvariantCulture),
                post => new MetricsDto(post.Metrics!.Likes, post.Metrics.Impressions, post.Metrics.Retweets, post.Metrics.Comments),
                StringComparer.Ordinal),
            ToCampaign(graph),
            [.. published.OrderBy(post => post.Post.CreatedAt).ThenBy(post => post.Post.Id).Take(MostPostMetrics).Select(ToPostMetrics)]);
    }

    public static PartsDto ToDto(this PartProgress parts) => new(parts.Done, parts.Total, parts.Failed, parts.Running, parts.Reasons);

    public static string PhaseName(this Post post) => $"Phase {post.PhaseNumber}";

    /// <summary>The status as clients know it: they know four, and read the others as draft.</summary>
    public static string StatusWord(this Post post) => post.Status is PostStatus.Scheduled or PostStatus.Published or PostStatus.Analyzed
        ? post.Status.ToWord()
        : PostStatus.Draft.ToWord();

    /// <summary>What a person decided about the post: what has a date, or is out, was approved before.</summary>
    public static string ApprovalWord(this Post post) => post.Status switch
    {
        PostStatus.Rejected => PostStatus.Rejected.ToWord(),
        PostStatus.Draft or PostStatus.Archived => "none",
        _ => PostStatus.Approved.ToWord(),
    };

    /// <summary>Who or what paused the campaign, or null.</summary>
    public static string? PauseWord(this Campaign campaign) => campaign.Paused ? (campaign.PauseCause ?? PauseCause.Person).ToWord() : null;

    private static GraphNodeDto ToNode(PostView view) => new(
        view.Post.Id, view.Post.Title, view.Post.Description, view.Next, view.Post.PhaseName(), view.Post.StatusWord(), view.AssetsReady, HasTrigger: false,
        view.Post.ApprovalWord(), view.Post.Platform, view.Post.SelectedVariant, view.Post.RejectReason, view.Parts.ToDto(), Pictures(view),
        view.Faces.ToDictionary(face => face.Key, face => ToFace(face.Value), StringComparer.Ordinal), view.Post.ChangedVersion);

    private static FaceStateDto ToFace(FaceState face) => new(face.Text.ToWord(), face.Picture.ToWord(), face.Reason, face switch
    {
        { IsTextRemade: true, IsPictureRemade: true } => "text_picture",
        { IsTextRemade: true } => "text",
        { IsPictureRemade: true } => "picture",
        _ => null,
    });

    private static Dictionary<string, string> Pictures(PostView view) => Letters
        .Select(letter => (Letter: letter, view.Current(letter)?.Asset)).Where(picture => picture.Asset is not null)
        .ToDictionary(picture => picture.Letter, picture => MediaEndpoints.PathOf(picture.Asset!), StringComparer.Ordinal);

    private static PostMetricsDto ToPostMetrics(PostView view) => new(
        view.Post.Id, view.Post.Title, view.Post.Description, view.Metrics!.Likes, view.Metrics.Retweets, view.Metrics.Impressions, view.Metrics.Comments);

    private static GraphCampaignDto ToCampaign(CampaignGraph graph) => new(
        graph.Campaign.PublicId, graph.Campaign.Name, graph.Campaign.Phase.ToWord(), graph.Campaign.Brief.ProductDescription, graph.Campaign.Version,
        graph.Campaign.LastError, graph.Campaign.Paused, graph.Campaign.PauseReason, graph.Parts.ToDto(),
        graph.Campaign.Brief.Platform, graph.IsSample, graph.Campaign.CreatedAt, graph.Campaign.UpdatedAt,
        graph.Campaign.PauseWord(), graph.Campaign.SpentMicroUsd, graph.CapMicroUsd, graph.ProposalId);
}

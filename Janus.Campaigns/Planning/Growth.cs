using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Steps;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Planning;

/// <summary>What holds whenever a campaign gets posts beside those of its first plan.</summary>
internal static class Growth
{
    /// <summary>Why a campaign takes no posts as it stands, or null.</summary>
    public static string? WhyNot(Campaign campaign) => campaign switch
    {
        // Its next claim would be read as a retry that nobody asked for.
        { LastError: not null } => "Its generation has stopped. Retry what is missing, or schedule the campaign with what is there; then it takes new posts.",
        { Phase: Phase.Analyzing or Phase.Completed } => $"A campaign in {campaign.Phase.ToWord()} takes no new posts.",
        _ => null,
    };

    /// <summary>Why a campaign cannot have so many posts, or null.</summary>
    public static string? WhyNot(int posts) => posts > CampaignPlanning.MostPosts
        ? $"The campaign would have {posts} posts; it may have {CampaignPlanning.MostPosts} at most."
        : null;

    /// <summary>
    /// Moves a scheduled campaign back to content creation, in the trace of the command. A campaign that is being made, or is out already, stays
    /// where it is: its new posts are made all the same.
    /// </summary>
    public static PhaseRefusal? Begin(CampaignChange change, Sending sending)
    {
        if (change.Campaign.Phase != Phase.Scheduled)
            return null;
        if (sending.TraceParent is { } parent)
            (change.Campaign.TraceParent, change.Campaign.TraceState) = (parent, sending.TraceState);
        return change.Move(Phase.ContentCreation, PhaseCause.PostsAdded, null);
    }

    /// <summary>Adds posts with their steps, ready to be made.</summary>
    /// <returns>The posts, with their keys.</returns>
    public static async Task<IReadOnlyList<Post>> AddAsync(CampaignChange change, IReadOnlyList<PlanNode> nodes, Sending sending, CancellationToken cancellationToken)
    {
        var posts = nodes.OrderBy(node => node.Phase).Select(node => PlannedPosts.New(change.Campaign, node, change.Now)).ToList();
        change.Context.Posts.AddRange(posts);
        await change.Context.SaveChangesAsync(cancellationToken);
        var (parent, state) = sending.TraceParent is { } sent ? (sent, sending.TraceState) : (change.Campaign.TraceParent, change.Campaign.TraceState);
        change.Context.Steps.AddRange(posts.SelectMany(post => PlannedPosts.StepsOf(post, parent, state)));
        return posts;
    }

    /// <summary>Draws the diagram anew from the posts and the edges, so that it stays a true picture of the graph.</summary>
    public static async Task DrawAsync(CampaignChange change, CancellationToken cancellationToken)
    {
        await change.Context.SaveChangesAsync(cancellationToken);
        var posts = await change.Context.Posts.AsNoTracking().Where(post => post.CampaignId == change.Campaign.Id && post.Status != PostStatus.Archived)
            .OrderBy(post => post.Id).ToListAsync(cancellationToken);
        var edges = await change.Context.Edges.AsNoTracking().Where(edge => edge.CampaignId == change.Campaign.Id)
            .OrderBy(edge => edge.FromPostId).ThenBy(edge => edge.ToPostId).ToListAsync(cancellationToken);
        change.Campaign.Diagram = PlanDiagramWriter.Write([.. posts.Select(NodeOf)], Connect(posts, edges));
    }

    /// <summary>A post as a diagram shows it.</summary>
    public static PlanNode NodeOf(Post post) => new(post.NodeId, post.Title, post.Description, post.PhaseNumber);

    /// <summary>The edges between posts as a diagram shows them; those that lead elsewhere are left out.</summary>
    public static List<PlanConnection> Connect(IReadOnlyList<Post> posts, IEnumerable<PostEdge> edges)
    {
        var ids = posts.ToDictionary(post => post.Id, post => post.NodeId);
        return [.. edges.Where(edge => ids.ContainsKey(edge.FromPostId) && ids.ContainsKey(edge.ToPostId))
            .Select(edge => new PlanConnection(ids[edge.FromPostId], ids[edge.ToPostId]))];
    }
}

using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Planning;

/// <summary>A campaign's plan as it would be with new posts in the place of others, judged by what its rows say at this moment.</summary>
/// <param name="Goes">The posts that go, tracked.</param>
/// <param name="Stays">The posts that stay, tracked.</param>
/// <param name="Comes">The posts that come.</param>
/// <param name="Connections">Every edge of the plan.</param>
/// <param name="NewConnections">Those that are not there yet.</param>
internal sealed record PicturedPlan(
    IReadOnlyList<Post> Goes, IReadOnlyList<Post> Stays, IReadOnlyList<PlanNode> Comes, IReadOnlyList<PlanConnection> Connections,
    IReadOnlyList<PlanConnection> NewConnections)
{
    /// <summary>Pictures what was proposed: of its diagram, the posts that the campaign does not have are new.</summary>
    public static async Task<PicturedPlan> ReadAsync(CampaignsContext context, Campaign campaign, PlanProposal proposal, CancellationToken cancellationToken)
    {
        var plan = PlanDiagram.Parse(proposal.Diagram);
        // Archived posts count as well: what has just gone is not new because it is missing.
        var known = await context.Posts.Where(post => post.CampaignId == campaign.Id).Select(post => post.NodeId).ToHashSetAsync(cancellationToken);
        List<PlanNode> comes = [.. plan.Nodes.Where(node => !known.Contains(node.Id))];
        return await OfAsync(context, campaign, proposal.PhaseNumber, proposal.CreatedAt, comes, plan.Connections, cancellationToken);
    }

    /// <summary>Pictures a plan.</summary>
    /// <param name="context">The tables.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="fromPhase">The first phase that is planned anew.</param>
    /// <param name="proposedAt">Posts that were added later stay: nobody has seen them go.</param>
    /// <param name="comes">The new posts.</param>
    /// <param name="drawn">The edges that were drawn for them; those without a new post, or with one that is not there, are left out.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public static async Task<PicturedPlan> OfAsync(
        CampaignsContext context, Campaign campaign, int fromPhase, DateTimeOffset proposedAt, IReadOnlyList<PlanNode> comes, IReadOnlyList<PlanConnection> drawn,
        CancellationToken cancellationToken)
    {
        var posts = await Replanning.PostsOf(context, campaign).AsTracking().ToListAsync(cancellationToken);
        var going = posts.ToLookup(post => ReplanGround.Replaces(post, fromPhase) && post.CreatedAt <= proposedAt);
        List<Post> stays = [.. going[false]];
        var edges = await context.Edges.AsNoTracking().Where(edge => edge.CampaignId == campaign.Id)
            .OrderBy(edge => edge.FromPostId).ThenBy(edge => edge.ToPostId).ToListAsync(cancellationToken);

        List<PlanNode> nodes = [.. stays.Select(Growth.NodeOf), .. comes];
        var ids = nodes.Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        var isNew = comes.Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        var kept = Growth.Connect(stays, edges);
        var added = drawn.Where(edge => ids.Contains(edge.From) && ids.Contains(edge.To) && (isNew.Contains(edge.From) || isNew.Contains(edge.To)));
        var connections = Weaving.Complete(nodes, [.. kept, .. added], fromPhase);
        return new PicturedPlan([.. going[true]], stays, comes, connections, [.. connections.Except(kept)]);
    }

    /// <summary>The whole plan as a Mermaid diagram.</summary>
    public string Write() => PlanDiagramWriter.Write([.. Stays.Select(Growth.NodeOf), .. Comes], Connections);
}

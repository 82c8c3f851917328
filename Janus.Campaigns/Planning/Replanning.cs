using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Events;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Planning;

/// <summary>
/// Plans a campaign anew from a phase on. What is proposed is kept beside the campaign, of which nothing changes until a person applies it; then all
/// of it changes in one transaction.
/// </summary>
public sealed class Replanning(CampaignDatabase database, CampaignWriter writer)
{
    private const string Replaced = "A new plan took its place.";

    /// <summary>Reads what a new plan would stand on.</summary>
    /// <returns>The ground; not found without such a campaign, a conflict when it takes no new posts.</returns>
    public Task<Decision<ReplanGround>> ReadAsync(string publicId, int phaseNumber, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "read_replan",
            async (context, token) =>
            {
                var campaign = await context.Campaigns.AsNoTracking().SingleOrDefaultAsync(row => row.PublicId == publicId, token);
                if (campaign is null)
                    return Decision<ReplanGround>.Refuse(RefusalKind.NotFound, "There is no such campaign.");
                if (Growth.WhyNot(campaign) is { } reason)
                    return Decision<ReplanGround>.Refuse(RefusalKind.Conflict, reason);
                var going = (await PostsOf(context, campaign).AsNoTracking().ToListAsync(token)).ToLookup(post => ReplanGround.Replaces(post, phaseNumber));
                return Decision<ReplanGround>.Accept(new ReplanGround(publicId, campaign.Brief, campaign.PlanNumber, phaseNumber, [.. going[false]], [.. going[true]]));
            },
            cancellationToken);

    /// <summary>Keeps a new plan for a person to look at. A campaign has one proposal at a time: an earlier one that was not applied is dropped.</summary>
    /// <param name="ground">What it stands on.</param>
    /// <param name="plan">What the planner answered, without a refusal.</param>
    /// <param name="direction">What a person wants to be different.</param>
    /// <param name="usage">What planning it used.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public Task<Decision<PlanPreview>> ProposeAsync(
        ReplanGround ground, NewPlan plan, string direction, AttemptUsage usage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ground);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(usage);
        // The same in every try of the transaction.
        var ids = plan.Posts.ToDictionary(node => node.Id, _ => PublicId.NewNode(), StringComparer.Ordinal);
        foreach (var (index, post) in ground.Stays.Index())
            ids[ReplanGround.KnownId(index)] = post.NodeId;
        List<PlanNode> comes = [.. plan.Posts.Select(node => node with { Id = ids[node.Id] })];
        List<PlanConnection> drawn = [.. plan.Connections.Select(edge => new PlanConnection(ids[edge.From], ids[edge.To]))];
        var proposalId = PublicId.NewProposal();

        return writer.ChangeAsync("propose_plan", ground.PublicId, async (change, token) =>
        {
            if (change.Campaign.PlanNumber != ground.PlanNumber)
                return Decision<PlanPreview>.Refuse(RefusalKind.Conflict, "Somebody else has planned the campaign anew meanwhile. Nothing was changed.");
            if (Growth.WhyNot(change.Campaign) is { } reason)
                return Decision<PlanPreview>.Refuse(RefusalKind.Conflict, reason);

            var picture = await PicturedPlan.OfAsync(change.Context, change.Campaign, ground.PhaseNumber, change.Now, comes, drawn, token);
            var diagram = picture.Write();
            await Waiting(change.Context, change.Campaign).ExecuteDeleteAsync(token);
            change.Context.PlanProposals.Add(new PlanProposal
            {
                PublicId = proposalId,
                CampaignId = change.Campaign.Id,
                PhaseNumber = ground.PhaseNumber,
                Direction = direction,
                Diagram = diagram,
                BasePlanNumber = change.Campaign.PlanNumber,
                CreatedAt = change.Now,
            });
            await Ledger.ChargePlanAsync(change, usage, token);
            change.Record(EventKind.PlanProposed, new
            {
                phase_num = ground.PhaseNumber, direction, goes = picture.Goes.Count, comes = comes.Count, detail = usage.ToDetail(),
            });
            return Decision<PlanPreview>.Accept(new PlanPreview(proposalId, ground.PublicId, ground.PhaseNumber, direction, picture.Goes, picture.Stays, comes, diagram));
        }, cancellationToken);
    }

    /// <summary>Reads the plan that waits for a person, and what it would change as the campaign stands now.</summary>
    /// <returns>The plan; not found without such a campaign, or when none waits.</returns>
    public Task<Decision<WaitingPlan>> ReadWaitingAsync(string publicId, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "read_proposal",
            async (context, token) =>
            {
                var campaign = await context.Campaigns.AsNoTracking().SingleOrDefaultAsync(row => row.PublicId == publicId, token);
                if (campaign is null)
                    return Decision<WaitingPlan>.Refuse(RefusalKind.NotFound, "There is no such campaign.");
                if (await Waiting(context, campaign).AsNoTracking().FirstOrDefaultAsync(token) is not { } proposal)
                    return Decision<WaitingPlan>.Refuse(RefusalKind.NotFound, "No new plan waits for an answer.");

                var picture = await PicturedPlan.ReadAsync(context, campaign, proposal, token);
                // Of the campaign's plans that were proposed, the one that waits is the latest.
                var proposed = await context.Events.Where(entry => entry.CampaignId == campaign.Id && entry.Kind == EventKind.PlanProposed)
                    .OrderByDescending(entry => entry.Version).Select(entry => entry.Data).FirstAsync(token);
                return Decision<WaitingPlan>.Accept(new WaitingPlan(
                    new PlanPreview(
                        proposal.PublicId, campaign.PublicId, proposal.PhaseNumber, proposal.Direction, picture.Goes, picture.Stays, picture.Comes, picture.Write()),
                    AttemptUsage.CostIn(proposed)));
            },
            cancellationToken);

    /// <summary>
    /// Puts a proposed plan in the place of the drafts and rejected posts that it replaces. What was approved since it was proposed, or was added since,
    /// stays and is woven in. Parts of what goes that are being made are taken from their workers.
    /// </summary>
    public async Task<Decision<AppliedPlan>> ApplyAsync(string publicId, string proposalId, CancellationToken cancellationToken)
    {
        using var sending = new Sending();
        var decision = await writer.ChangeAsync("apply_plan", publicId, async (change, token) =>
        {
            var found = await FindAsync(change, proposalId, token);
            if (found.Refusal is { } missing)
                return Decision<AppliedPlan>.Refuse(missing.Kind, missing.Reason);
            var proposal = found.Value;
            if (proposal.BasePlanNumber != change.Campaign.PlanNumber)
                return Refuse("The campaign has been planned anew since. Nothing was changed; plan anew from what it is now.");
            if (Growth.WhyNot(change.Campaign) is { } reason)
                return Refuse(reason);

            var picture = await PicturedPlan.ReadAsync(change.Context, change.Campaign, proposal, token);
            if (Growth.WhyNot(picture.Stays.Count + picture.Comes.Count) is { } tooMany)
                return Refuse(tooMany);

            change.Campaign.PlanNumber++;
            proposal.AppliedPlanNumber = change.Campaign.PlanNumber;
            var cancelled = await ArchiveAsync(change, picture.Goes, token);
            var added = await Growth.AddAsync(change, picture.Comes, sending, token);
            AddEdges(change, picture, added);
            await Growth.DrawAsync(change, token);
            var (goneKeys, newKeys) = (picture.Goes.Select(post => post.Id).ToList(), added.Select(post => post.Id).ToList());
            change.Record(EventKind.PlanApplied, new
            {
                plan_number = change.Campaign.PlanNumber, phase_num = proposal.PhaseNumber, proposal.Direction, archived = goneKeys, added = newKeys, cancelled = cancelled.All,
            });
            return Growth.Begin(change, sending) is { } refusal
                ? Decision<AppliedPlan>.Refuse(refusal)
                : Decision<AppliedPlan>.Accept(new AppliedPlan(publicId, change.Campaign.PlanNumber, change.Campaign.Diagram, goneKeys, newKeys));
        }, cancellationToken);
        if (decision.IsAccepted)
            sending.Sent(publicId, decision.Value.Added.Count * PlannedPosts.Parts);
        return decision;

        static Decision<AppliedPlan> Refuse(string reason) => Decision<AppliedPlan>.Refuse(RefusalKind.Conflict, reason);
    }

    /// <summary>Drops a proposed plan; the campaign stays as it is.</summary>
    public Task<Decision<bool>> DiscardAsync(string publicId, string proposalId, CancellationToken cancellationToken) =>
        writer.ChangeAsync("discard_plan", publicId, async (change, token) =>
        {
            var found = await FindAsync(change, proposalId, token);
            if (found.Refusal is { } missing)
                return Decision<bool>.Refuse(missing.Kind, missing.Reason);
            change.Context.PlanProposals.Remove(found.Value);
            change.Record(EventKind.PlanDiscarded, new { phase_num = found.Value.PhaseNumber });
            return Decision<bool>.Accept(true);
        }, cancellationToken);

    internal static IQueryable<Post> PostsOf(CampaignsContext context, Campaign campaign) =>
        context.Posts.Where(post => post.CampaignId == campaign.Id && post.Status != PostStatus.Archived).OrderBy(post => post.Id);

    /// <summary>The proposal of a campaign that nobody has answered yet; there is one at most.</summary>
    private static IQueryable<PlanProposal> Waiting(CampaignsContext context, Campaign campaign) =>
        context.PlanProposals.Where(proposal => proposal.CampaignId == campaign.Id && proposal.AppliedPlanNumber == null);

    private static async Task<Decision<PlanProposal>> FindAsync(CampaignChange change, string proposalId, CancellationToken cancellationToken)
    {
        var proposal = await change.Context.PlanProposals.AsTracking()
            .SingleOrDefaultAsync(row => row.PublicId == proposalId && row.CampaignId == change.Campaign.Id, cancellationToken);
        return proposal switch
        {
            null => Decision<PlanProposal>.Refuse(RefusalKind.NotFound, "There is no such proposal: it was dropped, or a later one took its place."),
            { AppliedPlanNumber: not null } => Decision<PlanProposal>.Refuse(RefusalKind.Conflict, "This plan was applied already."),
            _ => Decision<PlanProposal>.Accept(proposal),
        };
    }

    private static async Task<StoppedParts> ArchiveAsync(CampaignChange change, IReadOnlyList<Post> goes, CancellationToken cancellationToken)
    {
        foreach (var post in goes)
        {
            post.Status = PostStatus.Archived;
            post.RejectReason = null;
            post.UpdatedAt = change.Now;
        }

        var keys = goes.Select(post => post.Id).ToList();
        await change.Context.Edges.Where(edge => edge.CampaignId == change.Campaign.Id && (keys.Contains(edge.FromPostId) || keys.Contains(edge.ToPostId)))
            .ExecuteDeleteAsync(cancellationToken);
        return await Stopping.StopAsync(change, keys, Replaced, cancellationToken);
    }

    private static void AddEdges(CampaignChange change, PicturedPlan picture, IReadOnlyList<Post> added)
    {
        var keys = picture.Stays.Concat(added).ToDictionary(post => post.NodeId, post => post.Id, StringComparer.Ordinal);
        change.Context.Edges.AddRange(picture.NewConnections
            .Select(edge => new PostEdge { CampaignId = change.Campaign.Id, FromPostId = keys[edge.From], ToPostId = keys[edge.To] }));
    }
}

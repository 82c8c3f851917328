using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Events;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Planning;

/// <summary>The posts that a new one is to follow, and what whoever plans it needs to know.</summary>
/// <param name="PublicId">Their campaign's public id.</param>
/// <param name="Brief">Its brief.</param>
/// <param name="Selected">The posts, in the order in which they were named.</param>
/// <param name="Titles">The titles of all posts of the campaign.</param>
public sealed record FollowUpGround(string PublicId, Brief Brief, IReadOnlyList<Post> Selected, IReadOnlyList<string> Titles)
{
    private const int LastPhase = 3;

    /// <summary>The phases that the new post may belong to: that of the latest selected post, or the next.</summary>
    public IReadOnlyList<int> Phases
    {
        get
        {
            var latest = Selected.Max(post => post.PhaseNumber);
            return latest == LastPhase ? [latest] : [latest, latest + 1];
        }
    }
}

/// <summary>A post that was planned to follow others.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Description">What it is about.</param>
/// <param name="Phase">One of the phases of its <see cref="FollowUpGround"/>.</param>
public sealed record PlannedFollowUp(string Title, string Description, int Phase);

/// <summary>Adds posts that follow others which a person selected.</summary>
public sealed class FollowUps(CampaignDatabase database, CampaignWriter writer)
{
    /// <summary>Reads what a follow-up would stand on.</summary>
    /// <param name="pks">The keys of the selected posts, each once, at least one.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>
    /// The ground; not found when a post does not exist, invalid when they are not of one campaign, a conflict when one was replaced or the campaign
    /// takes no posts.
    /// </returns>
    public Task<Decision<FollowUpGround>> ReadAsync(IReadOnlyCollection<int> pks, CancellationToken cancellationToken) =>
        database.ReadAsync(
            "read_follow_up",
            async (context, token) =>
            {
                var posts = await context.Posts.AsNoTracking().Where(post => pks.Contains(post.Id)).ToDictionaryAsync(post => post.Id, token);
                if (pks.Where(pk => !posts.ContainsKey(pk)).ToList() is [var missing, ..])
                    return Refuse(RefusalKind.NotFound, $"There is no post {missing}.");
                if (posts.Values.Select(post => post.CampaignId).Distinct().Count() != 1)
                    return Refuse(RefusalKind.Invalid, "must all be posts of one campaign.");
                if (posts.Values.FirstOrDefault(post => post.Status == PostStatus.Archived) is { } archived)
                    return Refuse(RefusalKind.Conflict, $"“{archived.Title}” was replaced by a new plan; nothing follows it any more.");

                var campaignId = posts.Values.First().CampaignId;
                var campaign = await context.Campaigns.AsNoTracking().SingleAsync(row => row.Id == campaignId, token);
                var titles = await context.Posts.Where(post => post.CampaignId == campaignId && post.Status != PostStatus.Archived)
                    .OrderBy(post => post.Id).Select(post => post.Title).ToListAsync(token);
                return (Growth.WhyNot(campaign) ?? Growth.WhyNot(titles.Count + 1)) is { } reason
                    ? Refuse(RefusalKind.Conflict, reason)
                    : Decision<FollowUpGround>.Accept(new FollowUpGround(campaign.PublicId, campaign.Brief, [.. pks.Select(pk => posts[pk])], titles));

                static Decision<FollowUpGround> Refuse(RefusalKind kind, string reason) => Decision<FollowUpGround>.Refuse(kind, reason);
            },
            cancellationToken);

    /// <summary>Stores the post with its edges and steps, ready to be made, in one transaction. A scheduled campaign goes back to content creation.</summary>
    /// <param name="ground">What it follows.</param>
    /// <param name="planned">The post.</param>
    /// <param name="instruction">What a person asked for.</param>
    /// <param name="usage">What planning it used.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="ArgumentException">The post belongs to a phase that is not among those of the ground.</exception>
    public async Task<Decision<Post>> AddAsync(
        FollowUpGround ground, PlannedFollowUp planned, string instruction, AttemptUsage usage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ground);
        ArgumentNullException.ThrowIfNull(planned);
        ArgumentNullException.ThrowIfNull(usage);
        if (!ground.Phases.Contains(planned.Phase))
            throw new ArgumentException($"A follow-up of these posts does not belong to phase {planned.Phase}.", nameof(planned));

        using var sending = new Sending();
        var after = ground.Selected.Select(post => post.Id).ToList();
        var decision = await writer.ChangeAsync("follow_up", ground.PublicId, async (change, token) =>
        {
            var posts = change.Context.Posts.Where(post => post.CampaignId == change.Campaign.Id && post.Status != PostStatus.Archived);
            if (await posts.CountAsync(post => after.Contains(post.Id), token) < after.Count)
                return Refuse("A new plan has replaced a selected post meanwhile; nothing follows it any more.");
            if ((Growth.WhyNot(change.Campaign) ?? Growth.WhyNot(1 + await posts.CountAsync(token))) is { } reason)
                return Refuse(reason);

            var node = new PlanNode(PublicId.NewNode(), PlanText.Normalise(planned.Title), PlanText.Normalise(planned.Description), planned.Phase);
            var post = (await Growth.AddAsync(change, [node], sending, token))[0];
            change.Context.Edges.AddRange(after.Select(pk => new PostEdge { CampaignId = change.Campaign.Id, FromPostId = pk, ToPostId = post.Id }));
            await Ledger.ChargePlanAsync(change, usage, token);
            await Growth.DrawAsync(change, token);
            change.Record(EventKind.FollowUpAdded, new { post_pk = post.Id, after, instruction, parts = PlannedPosts.Parts, detail = usage.ToDetail() });
            return Growth.Begin(change, sending) is { } refusal ? Decision<Post>.Refuse(refusal) : Decision<Post>.Accept(post);
        }, cancellationToken);
        if (decision.IsAccepted)
            sending.Sent(ground.PublicId, PlannedPosts.Parts);
        return decision;

        static Decision<Post> Refuse(string reason) => Decision<Post>.Refuse(RefusalKind.Conflict, reason);
    }
}

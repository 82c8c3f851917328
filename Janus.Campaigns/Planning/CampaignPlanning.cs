using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Events;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Planning;

/// <summary>A plan that is to become a campaign.</summary>
/// <param name="Brief">What was asked for.</param>
/// <param name="Plan">The parsed diagram, with at least one post.</param>
/// <param name="Diagram">Its Mermaid text.</param>
/// <param name="Idempotency">The caller's key and the hash of its request, or null.</param>
/// <param name="Usage">What the plan used; null when nothing was asked for it.</param>
public sealed record NewCampaign(Brief Brief, PlanDiagram Plan, string Diagram, (string Key, string BodyHash)? Idempotency, AttemptUsage? Usage = null);

/// <summary>A campaign as it was stored.</summary>
/// <param name="Id">The internal key.</param>
/// <param name="PublicId">The public id.</param>
/// <param name="Diagram">Its Mermaid text.</param>
/// <param name="IsNew">False when an idempotency key gave the campaign of an earlier request.</param>
public sealed record StoredCampaign(int Id, string PublicId, string Diagram, bool IsNew);

/// <summary>Stores a plan: campaign, posts, edges, every generation step and the first events, in one transaction.</summary>
public sealed class CampaignPlanning(CampaignDatabase database, TimeProvider time)
{
    /// <summary>The most posts that a campaign may have; those that a new plan has taken the place of do not count.</summary>
    public const int MostPosts = 60;

    /// <summary>How long a key gives the same campaign.</summary>
    public static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(24);

    /// <summary>The campaign that a key has given within its lifetime, or null; a refusal when it came with another request.</summary>
    public Task<Decision<StoredCampaign?>> FindByKeyAsync(string key, string bodyHash, CancellationToken cancellationToken) =>
        database.ReadAsync("find_key", (context, token) => FindByKeyAsync(context, key, bodyHash, token), cancellationToken);

    /// <summary>Stores the plan.</summary>
    public async Task<Decision<StoredCampaign>> StoreAsync(NewCampaign plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var sending = new Sending();
        var publicId = PublicId.NewCampaign();
        var decision = await database.WriteAsync(
            "plan",
            async (context, token) =>
            {
                if (plan.Idempotency is { } key)
                {
                    await database.Engine.TakeTurnAsync(context, $"key {key.Key}", token);
                    var earlier = await FindByKeyAsync(context, key.Key, key.BodyHash, token);
                    if (!earlier.IsAccepted)
                        return (Decision<StoredCampaign>.Refuse(earlier.Refusal!.Kind, earlier.Refusal.Reason), false);
                    if (earlier.Value is { } stored)
                        return (Decision<StoredCampaign>.Accept(stored), false);
                }

                var campaign = await AddAsync(context, plan, publicId, sending, token);
                return (Decision<StoredCampaign>.Accept(new StoredCampaign(campaign.Id, publicId, plan.Diagram, IsNew: true)), true);
            },
            cancellationToken);
        if (decision is { IsAccepted: true, Value.IsNew: true })
            sending.Sent(publicId, plan.Plan.Nodes.Count * PlannedPosts.Parts);
        return decision;
    }

    private async Task<Decision<StoredCampaign?>> FindByKeyAsync(CampaignsContext context, string key, string bodyHash, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - KeyLifetime;
        var found = await context.IdempotencyKeys.AsNoTracking().Where(k => k.Key == key && k.CreatedAt > oldest)
            .Join(context.Campaigns, k => k.CampaignId, c => c.Id, (k, c) => new { k.BodyHash, c.Id, c.PublicId, c.Diagram })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return Decision<StoredCampaign?>.Accept(null);
        return found.BodyHash == bodyHash
            ? Decision<StoredCampaign?>.Accept(new StoredCampaign(found.Id, found.PublicId, found.Diagram, IsNew: false))
            : Decision<StoredCampaign?>.Refuse(RefusalKind.Invalid, "This Idempotency-Key came with another request in the last 24 hours.");
    }

    private async Task<Campaign> AddAsync(
        CampaignsContext context, NewCampaign plan, string publicId, Sending sending, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var usage = plan.Usage ?? AttemptUsage.None;
        var campaign = new Campaign
        {
            PublicId = publicId,
            Name = plan.Brief.CampaignName,
            Brief = plan.Brief,
            SearchText = Campaign.Searchable($"{plan.Brief.CampaignName}\n{plan.Brief.ProductDescription}"),
            Diagram = plan.Diagram,
            Phase = Phase.Planning,
            TraceParent = sending.TraceParent,
            TraceState = sending.TraceState,
            PlanModel = usage.Model,
            PlanInputTokens = usage.InputTokens,
            PlanOutputTokens = usage.OutputTokens,
            PlanCostMicroUsd = usage.CostMicroUsd,
            CreatedAt = now,
            UpdatedAt = now,
        };
        context.Campaigns.Add(campaign);
        await context.SaveChangesAsync(cancellationToken);

        var change = CampaignChange.ForNew(context, campaign, now);
        var posts = plan.Plan.Nodes.OrderBy(node => node.Phase).Select(node => PlannedPosts.New(campaign, node, now)).ToList();
        context.Posts.AddRange(posts);
        await context.SaveChangesAsync(cancellationToken);

        var keys = posts.ToDictionary(post => post.NodeId, post => post.Id, StringComparer.Ordinal);
        context.Edges.AddRange(plan.Plan.Connections.Select(edge =>
            new PostEdge { CampaignId = campaign.Id, FromPostId = keys[edge.From], ToPostId = keys[edge.To] }));
        context.Steps.AddRange(posts.SelectMany(post => PlannedPosts.StepsOf(post, campaign.TraceParent, campaign.TraceState)));
        await Ledger.ChargeAsync(change, usage.CostMicroUsd, cancellationToken);
        change.Record(EventKind.CampaignPlanned, new
        {
            posts = posts.Count,
            connections = plan.Plan.Connections.Count,
            parts = posts.Count * PlannedPosts.Parts,
            detail = plan.Usage?.ToDetail(),
        }, change.StoredContext);

        if (plan.Idempotency is { } key)
        {
            var oldest = now - KeyLifetime;
            await context.IdempotencyKeys.Where(k => k.CreatedAt <= oldest).ExecuteDeleteAsync(cancellationToken);
            context.IdempotencyKeys.Add(new IdempotencyKey { Key = key.Key, BodyHash = key.BodyHash, CampaignId = campaign.Id, CreatedAt = now });
        }

        return campaign;
    }
}

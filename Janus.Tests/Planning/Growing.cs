using Janus.Campaigns;
using Janus.Campaigns.Diagrams;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Planning;

/// <summary>What tests say to an engine about posts that come later.</summary>
internal static class Growing
{
    /// <summary>A plan of one new post in each phase from a phase on, in a row.</summary>
    public static string PlanFrom(int phase) => PlanDiagramWriter.Write(
        [.. Enumerable.Range(phase, 4 - phase).Select(number => new PlanNode($"N{number}", $"New {number}", $"About new {number}", number))],
        [.. Enumerable.Range(phase, 3 - phase).Select(number => new PlanConnection($"N{number}", $"N{number + 1}"))]);

    /// <summary>Adds a follow-up in the latest phase that it may have.</summary>
    public static async Task<Decision<Post>> FollowAsync(this TestEngine engine, params int[] pks)
    {
        var ground = await engine.Get<FollowUps>().ReadAsync(pks, CancellationToken.None);
        return ground.Refusal is { } refusal ? Decision<Post>.Refuse(refusal.Kind, refusal.Reason) : await engine.FollowAsync(ground.Value);
    }

    public static Task<Decision<Post>> FollowAsync(this TestEngine engine, FollowUpGround ground, AttemptUsage? usage = null) => engine.Get<FollowUps>().AddAsync(
        ground, new PlannedFollowUp("Next [1] & more", "What comes next", ground.Phases[^1]), "Go on", usage ?? TestEngine.NoUsage, CancellationToken.None);

    /// <summary>Proposes a plan of one new post in each phase from a phase on.</summary>
    public static async Task<Decision<PlanPreview>> ProposeAsync(this TestEngine engine, StoredCampaign campaign, int phase, AttemptUsage? usage = null)
    {
        var ground = await engine.Get<Replanning>().ReadAsync(campaign.PublicId, phase, CancellationToken.None);
        if (ground.Refusal is { } refusal)
            return Decision<PlanPreview>.Refuse(refusal.Kind, refusal.Reason);
        var plan = ground.Value.Read(PlanFrom(phase));
        plan.Refusal.ShouldBeNull();
        return await engine.Get<Replanning>().ProposeAsync(ground.Value, plan, "Another way", usage ?? TestEngine.NoUsage, CancellationToken.None);
    }

    public static Task<Decision<AppliedPlan>> ApplyAsync(this TestEngine engine, PlanPreview preview) =>
        engine.Get<Replanning>().ApplyAsync(preview.PublicId, preview.ProposalId, CancellationToken.None);

    /// <summary>Proposes and applies; refused when either is.</summary>
    public static async Task<Decision<AppliedPlan>> ReplanAsync(this TestEngine engine, StoredCampaign campaign, int phase)
    {
        var proposed = await engine.ProposeAsync(campaign, phase);
        return proposed.Refusal is { } refusal ? Decision<AppliedPlan>.Refuse(refusal.Kind, refusal.Reason) : await engine.ApplyAsync(proposed.Value);
    }

    /// <summary>The keys of a campaign's posts, in plan order.</summary>
    public static async Task<IReadOnlyList<int>> PostsAsync(this TestEngine engine, StoredCampaign campaign) =>
        [.. (await engine.GraphAsync(campaign)).Posts.Select(post => post.Post.Id)];

    /// <summary>A post's row, wherever it stands.</summary>
    public static async Task<Post> PostAsync(this TestEngine engine, int pk)
    {
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        return await tables.Posts.AsNoTracking().SingleAsync(post => post.Id == pk);
    }

    /// <summary>The stored diagram says of posts and edges exactly what the graph says.</summary>
    public static async Task ShouldDrawTheGraphAsync(this TestEngine engine, StoredCampaign campaign)
    {
        var graph = await engine.GraphAsync(campaign);
        var plan = PlanDiagram.Parse(graph.Campaign.Diagram);
        plan.Refusals.ShouldBeEmpty();
        var ids = graph.Posts.ToDictionary(post => post.Post.Id, post => post.Post.NodeId);
        plan.Nodes.Select(node => (node.Id, node.Title, node.Description, node.Phase)).Order()
            .ShouldBe(graph.Posts.Select(view => (view.Post.NodeId, view.Post.Title, view.Post.Description, view.Post.PhaseNumber)).Order());
        plan.Connections.Select(edge => (edge.From, edge.To)).Order()
            .ShouldBe(graph.Posts.SelectMany(view => view.Next.Select(next => (view.Post.NodeId, ids[next]))).Order());
    }
}

using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Reading;

/// <summary>The queries of a campaign's graph, compiled: they run for every page and every poll.</summary>
internal sealed class GraphQueries
{
    private readonly Func<CampaignsContext, string, CancellationToken, Task<Campaign?>> _campaign = EF.CompileAsyncQuery(
        (CampaignsContext context, string publicId, CancellationToken cancellationToken) =>
            context.Campaigns.AsNoTracking().SingleOrDefault(campaign => campaign.PublicId == publicId));

    private readonly Func<CampaignsContext, CancellationToken, Task<Campaign?>> _newest = EF.CompileAsyncQuery(
        (CampaignsContext context, CancellationToken cancellationToken) =>
            context.Campaigns.AsNoTracking().OrderByDescending(campaign => campaign.Id).FirstOrDefault());

    private readonly Func<CampaignsContext, int, IAsyncEnumerable<Post>> _posts = EF.CompileAsyncQuery(
        (CampaignsContext context, int campaignId) =>
            context.Posts.AsNoTracking().OrderBy(post => post.Id).Where(post => post.CampaignId == campaignId && post.Status != PostStatus.Archived));

    private readonly Func<CampaignsContext, int, IAsyncEnumerable<PostEdge>> _edges = EF.CompileAsyncQuery(
        (CampaignsContext context, int campaignId) =>
            context.Edges.AsNoTracking().OrderBy(edge => edge.ToPostId).Where(edge => edge.CampaignId == campaignId));

    private readonly Func<CampaignsContext, int, IAsyncEnumerable<VariantView>> _variants = EF.CompileAsyncQuery(
        (CampaignsContext context, int campaignId) =>
            from variant in context.Variants
            join post in context.Posts on variant.PostId equals post.Id
            where post.CampaignId == campaignId && post.Status != PostStatus.Archived
            orderby variant.Letter, variant.Generation descending
            select new VariantView(variant.Id, variant.PostId, variant.Letter, variant.Generation, variant.Asset, variant.Author));

    private readonly Func<CampaignsContext, int, IAsyncEnumerable<PostMetrics>> _metrics = EF.CompileAsyncQuery(
        (CampaignsContext context, int campaignId) =>
            from metrics in context.Metrics.AsNoTracking()
            join post in context.Posts on metrics.PostId equals post.Id
            where post.CampaignId == campaignId
            select metrics);

    private readonly Func<CampaignsContext, int, IAsyncEnumerable<StepView>> _steps = EF.CompileAsyncQuery(
        (CampaignsContext context, int campaignId) =>
            from step in context.Steps
            join post in context.Posts on step.PostId equals post.Id
            where step.CampaignId == campaignId && post.Status != PostStatus.Archived
            orderby step.Id
            select new StepView(step.PostId, step.Kind, step.Variant, step.State, step.LastError, step.BaseGeneration != null));

    private readonly Func<CampaignsContext, int, CancellationToken, Task<string?>> _proposal = EF.CompileAsyncQuery(
        (CampaignsContext context, int campaignId, CancellationToken cancellationToken) =>
            context.PlanProposals.Where(proposal => proposal.CampaignId == campaignId && proposal.AppliedPlanNumber == null)
                .OrderByDescending(proposal => proposal.Id).Select(proposal => proposal.PublicId).FirstOrDefault());

    /// <summary>The campaign, or the newest when no id is given; null when there is none.</summary>
    public static Task<Campaign?> CampaignAsync(CampaignsContext context, string? publicId, CancellationToken cancellationToken) => publicId is null
        ? CompiledQueries<GraphQueries>.For(context)._newest(context, cancellationToken)
        : CompiledQueries<GraphQueries>.For(context)._campaign(context, publicId, cancellationToken);

    /// <summary>Its posts that are not archived, in plan order.</summary>
    public static ValueTask<List<Post>> PostsAsync(CampaignsContext context, int campaignId, CancellationToken cancellationToken) =>
        CompiledQueries<GraphQueries>.For(context)._posts(context, campaignId).ToListAsync(cancellationToken);

    /// <summary>Its edges.</summary>
    public static ValueTask<List<PostEdge>> EdgesAsync(CampaignsContext context, int campaignId, CancellationToken cancellationToken) =>
        CompiledQueries<GraphQueries>.For(context)._edges(context, campaignId).ToListAsync(cancellationToken);

    /// <summary>The variants of those posts, A before B, newest generation first.</summary>
    public static ValueTask<List<VariantView>> VariantsAsync(CampaignsContext context, int campaignId, CancellationToken cancellationToken) =>
        CompiledQueries<GraphQueries>.For(context)._variants(context, campaignId).ToListAsync(cancellationToken);

    /// <summary>What was reported of its posts.</summary>
    public static ValueTask<List<PostMetrics>> MetricsAsync(CampaignsContext context, int campaignId, CancellationToken cancellationToken) =>
        CompiledQueries<GraphQueries>.For(context)._metrics(context, campaignId).ToListAsync(cancellationToken);

    /// <summary>The public id of the new plan that waits for a person, or null.</summary>
    public static Task<string?> ProposalAsync(CampaignsContext context, int campaignId, CancellationToken cancellationToken) =>
        CompiledQueries<GraphQueries>.For(context)._proposal(context, campaignId, cancellationToken);

    /// <summary>The steps of those posts, in plan order.</summary>
    public static ValueTask<List<StepView>> StepsAsync(CampaignsContext context, int campaignId, CancellationToken cancellationToken) =>
        CompiledQueries<GraphQueries>.For(context)._steps(context, campaignId).ToListAsync(cancellationToken);
}

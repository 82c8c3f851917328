using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Steps;

/// <summary>How many steps of a kind a campaign has.</summary>
internal sealed record StepCount(int CampaignId, StepKind Kind, int Count);

/// <summary>A step that a worker holds.</summary>
/// <param name="CampaignId">Its campaign.</param>
/// <param name="Kind">What it makes.</param>
/// <param name="ExpectedMicroUsd">What it is expected to cost, in millionths of a US dollar.</param>
internal sealed record RunningStep(int CampaignId, StepKind Kind, long ExpectedMicroUsd);

/// <summary>A step that may be claimed, with what its work needs of other tables.</summary>
/// <param name="Step">The step, tracked.</param>
/// <param name="Title">Its post's title.</param>
/// <param name="Description">What its post is about.</param>
/// <param name="PhaseNumber">Its post's phase, 1 to 3.</param>
/// <param name="Platform">Its post's platform.</param>
/// <param name="Caption">The caption of its letter's current generation; null when there is none, or the step writes both letters.</param>
/// <param name="PreviousClaimContext">The W3C trace context of the claim span of its latest attempt, or null.</param>
internal sealed record ReadyStep(GenerationStep Step, string Title, string Description, int PhaseNumber, string Platform, string? Caption, string? PreviousClaimContext);

/// <summary>An attempt with all that its end changes, tracked. Of the variants the one of its letter that is in use; null when there is none, or the step writes both letters.</summary>
internal sealed record AttemptRows(Campaign Campaign, GenerationStep Step, GenerationAttempt Attempt, Post Post, Variant? Current);

/// <summary>
/// The queries that run for every step, compiled: EF takes longer to find the statement of a query than SQLite takes to run it.
/// </summary>
internal sealed class StepQueries
{
    private readonly Func<CampaignsContext, DateTimeOffset, IAsyncEnumerable<StepCount>> _ready = EF.CompileAsyncQuery(
        (CampaignsContext context, DateTimeOffset now) =>
            from step in context.Steps
            join campaign in context.Campaigns on step.CampaignId equals campaign.Id
            where step.State == StepState.Ready && step.AvailableAt <= now && !campaign.Paused
            group step by new { step.CampaignId, step.Kind } into ofKind
            select new StepCount(ofKind.Key.CampaignId, ofKind.Key.Kind, ofKind.Count()));

    // Not grouped by the database: to have the groups in order it would go through every step there ever was.
    private readonly Func<CampaignsContext, IAsyncEnumerable<RunningStep>> _running = EF.CompileAsyncQuery(
        (CampaignsContext context) =>
            from step in context.Steps
            where step.State == StepState.Running
            select new RunningStep(step.CampaignId, step.Kind, step.ExpectedMicroUsd));

    private readonly Func<CampaignsContext, StepKind, DateTimeOffset, CancellationToken, Task<bool>> _anyReady = EF.CompileAsyncQuery(
        (CampaignsContext context, StepKind kind, DateTimeOffset now, CancellationToken cancellationToken) => (
            from step in context.Steps
            join campaign in context.Campaigns on step.CampaignId equals campaign.Id
            where step.State == StepState.Ready && step.Kind == kind && step.AvailableAt <= now && !campaign.Paused
            select step).Any());

    private readonly Func<CampaignsContext, int[], StepKind, DateTimeOffset, int, IAsyncEnumerable<ReadyStep>> _next = EF.CompileAsyncQuery(
        (CampaignsContext context, int[] campaignIds, StepKind kind, DateTimeOffset now, int most) =>
            from campaign in context.Campaigns.AsTracking()
            where campaignIds.Contains(campaign.Id) && !campaign.Paused
            from step in context.Steps
                .Where(step => step.State == StepState.Ready && step.Kind == kind && step.CampaignId == campaign.Id && campaignIds.Contains(step.CampaignId) && step.AvailableAt <= now)
                .OrderBy(step => step.Id).Take(most)
            join post in context.Posts on step.PostId equals post.Id
            join variant in context.Variants
                on new { step.PostId, Letter = step.Variant, Generation = step.Variant == "A" ? post.CurrentA : post.CurrentB }
                equals new { variant.PostId, variant.Letter, variant.Generation } into variants
            from current in variants.DefaultIfEmpty()
            join attempt in context.Attempts on new { StepId = step.Id, Number = step.Attempt } equals new { attempt.StepId, attempt.Number } into attempts
            from previous in attempts.DefaultIfEmpty()
            orderby step.Id
            select new ReadyStep(step, post.Title, post.Description, post.PhaseNumber, post.Platform, current.Caption, previous.ClaimSpanId));

    private readonly Func<CampaignsContext, long, int, CancellationToken, Task<AttemptRows?>> _attempt = EF.CompileAsyncQuery(
        (CampaignsContext context, long stepId, int number, CancellationToken cancellationToken) => (
            from step in context.Steps.AsTracking()
            join attempt in context.Attempts on step.Id equals attempt.StepId
            join post in context.Posts on step.PostId equals post.Id
            join campaign in context.Campaigns on step.CampaignId equals campaign.Id
            join variant in context.Variants
                on new { step.PostId, Letter = step.Variant, Generation = step.Variant == "A" ? post.CurrentA : post.CurrentB }
                equals new { variant.PostId, variant.Letter, variant.Generation } into variants
            from current in variants.DefaultIfEmpty()
            where step.Id == stepId && attempt.Number == number
            select new AttemptRows(campaign, step, attempt, post, current)).SingleOrDefault());

    private readonly Func<CampaignsContext, int, IAsyncEnumerable<StateCount>> _partsOfPlan = EF.CompileAsyncQuery(
        (CampaignsContext context, int campaignId) =>
            from step in context.Steps
            join post in context.Posts on step.PostId equals post.Id
            where step.CampaignId == campaignId && step.BaseGeneration == null && post.Status != PostStatus.Archived
            group step by step.State into inState
            select new StateCount(inState.Key, inState.Count()));

    /// <summary>The steps that may be claimed now, counted.</summary>
    public static ValueTask<List<StepCount>> ReadyAsync(CampaignsContext context, DateTimeOffset now, CancellationToken cancellationToken) =>
        For(context)._ready(context, now).ToListAsync(cancellationToken);

    /// <summary>The steps that workers hold: as many as all of them have room for.</summary>
    public static ValueTask<List<RunningStep>> RunningAsync(CampaignsContext context, CancellationToken cancellationToken) =>
        For(context)._running(context).ToListAsync(cancellationToken);

    /// <summary>Whether a step of a kind may be claimed now.</summary>
    public static Task<bool> AnyReadyAsync(CampaignsContext context, StepKind kind, DateTimeOffset now, CancellationToken cancellationToken) =>
        For(context)._anyReady(context, kind, now, cancellationToken);

    /// <summary>The first steps of a kind that may be claimed now of each of some campaigns, in plan order.</summary>
    public static ValueTask<List<ReadyStep>> NextAsync(
        CampaignsContext context, int[] campaignIds, StepKind kind, DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        For(context)._next(context, campaignIds, kind, now, most).ToListAsync(cancellationToken);

    /// <summary>An attempt of a step; null when there is none of that number.</summary>
    public static Task<AttemptRows?> AttemptAsync(CampaignsContext context, StepClaim claim, CancellationToken cancellationToken) =>
        For(context)._attempt(context, claim.StepId, claim.Attempt, cancellationToken);

    /// <summary>
    /// The parts of a campaign's plan: not what is made anew, and nothing of posts that a new plan has taken the place of.
    /// </summary>
    public static IQueryable<GenerationStep> OfPlan(CampaignsContext context, int campaignId) => context.Steps.Where(step =>
        step.CampaignId == campaignId && step.BaseGeneration == null
        && !context.Posts.Any(post => post.Id == step.PostId && post.Status == PostStatus.Archived));

    /// <summary>The parts of a campaign's plan, counted by state.</summary>
    public static async Task<Dictionary<StepState, int>> PartsOfPlanAsync(CampaignsContext context, int campaignId, CancellationToken cancellationToken) =>
        (await For(context)._partsOfPlan(context, campaignId).ToListAsync(cancellationToken)).ToDictionary(group => group.State, group => group.Count);

    private static StepQueries For(CampaignsContext context) => CompiledQueries<StepQueries>.For(context);

    private sealed record StateCount(StepState State, int Count);
}

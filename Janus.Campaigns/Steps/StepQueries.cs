using Janus.Campaigns.Spending;
using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Steps;

/// <summary>Steps of a kind of a campaign.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Kind">What they make.</param>
/// <param name="IsRunning">Whether workers hold them; else they may be claimed now.</param>
/// <param name="Count">How many.</param>
internal sealed record QueuedSteps(int CampaignId, StepKind Kind, bool IsRunning, int Count);

/// <summary>A step that may be claimed, with what its work needs of other tables.</summary>
/// <param name="Step">The step, tracked.</param>
/// <param name="Title">Its post's title.</param>
/// <param name="Description">What its post is about.</param>
/// <param name="PhaseNumber">Its post's phase, 1 to 3.</param>
/// <param name="Platform">Its post's platform.</param>
/// <param name="Caption">The caption of its letter's current generation; null when there is none, or the step writes both letters.</param>
/// <param name="PreviousClaimContext">The W3C trace context of the claim span of its latest attempt, or null.</param>
internal sealed record ReadyStep(GenerationStep Step, string Title, string Description, int PhaseNumber, string Platform, string? Caption, string? PreviousClaimContext);

/// <summary>
/// An attempt with all that its end changes, tracked, and how the parts of its campaign's plan stand. Of the variants the one of its letter that is in use;
/// null when there is none, or the step writes both letters.
/// </summary>
internal sealed record AttemptRows(Campaign Campaign, GenerationStep Step, GenerationAttempt Attempt, Post Post, Variant? Current, PartCounts Parts);

/// <summary>
/// The queries that run for every step, compiled: EF takes longer to find the statement of a query than SQLite takes to run it.
/// </summary>
internal sealed class StepQueries
{
    // What runs is not grouped by the database: to have the groups in order it would go through every step there ever was.
    private readonly Func<CampaignsContext, DateTimeOffset, IAsyncEnumerable<QueuedSteps>> _queue = EF.CompileAsyncQuery(
        (CampaignsContext context, DateTimeOffset now) => (
            from step in context.Steps
            join campaign in context.Campaigns on step.CampaignId equals campaign.Id
            where step.State == StepState.Ready && step.AvailableAt <= now && !campaign.Paused
            group step by new { step.CampaignId, step.Kind } into ofKind
            select new { ofKind.Key.CampaignId, ofKind.Key.Kind, IsRunning = false, Count = ofKind.Count() }).Concat(
            from step in context.Steps
            where step.State == StepState.Running
            select new { step.CampaignId, step.Kind, IsRunning = true, Count = 1 })
            .Select(steps => new QueuedSteps(steps.CampaignId, steps.Kind, steps.IsRunning, steps.Count)));

    // Three questions in one statement, each of which ends at its first row, in the order of an index: false is a step, true a day that is over.
    private readonly Func<CampaignsContext, bool, bool, DateTimeOffset, DateTimeOffset, IAsyncEnumerable<bool>> _work = EF.CompileAsyncQuery(
        (CampaignsContext context, bool texts, bool pictures, DateTimeOffset now, DateTimeOffset today) => (
            from step in context.Steps
            join campaign in context.Campaigns on step.CampaignId equals campaign.Id
            where texts && step.State == StepState.Ready && step.Kind == StepKind.Text && step.AvailableAt <= now && !campaign.Paused
            orderby step.CampaignId, step.AvailableAt
            select false).Take(1).Concat((
            from step in context.Steps
            join campaign in context.Campaigns on step.CampaignId equals campaign.Id
            where pictures && step.State == StepState.Ready && step.Kind == StepKind.Picture && step.AvailableAt <= now && !campaign.Paused
            orderby step.CampaignId, step.AvailableAt
            select false).Take(1)).Concat((
            from campaign in context.Campaigns
            where campaign.Paused && campaign.PauseCause == PauseCause.DayBudget && campaign.PausedAt < today
            orderby campaign.PausedAt
            select true).Take(1)));

    // So many campaigns at a time: for a list EF would write the statement anew each time, and SQLite parse it.
    private const int Together = 4;

    private readonly Func<CampaignsContext, int, int, int, int, StepKind, DateTimeOffset, int, IAsyncEnumerable<ReadyStep>> _next = EF.CompileAsyncQuery(
        (CampaignsContext context, int first, int second, int third, int fourth, StepKind kind, DateTimeOffset now, int most) =>
            from campaign in context.Campaigns.AsTracking()
            where (campaign.Id == first || campaign.Id == second || campaign.Id == third || campaign.Id == fourth) && !campaign.Paused
            from step in context.Steps
                .Where(step => step.State == StepState.Ready && step.Kind == kind && step.CampaignId == campaign.Id && step.AvailableAt <= now
                    && (step.CampaignId == first || step.CampaignId == second || step.CampaignId == third || step.CampaignId == fourth))
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

    private readonly Func<CampaignsContext, int, long, int, CancellationToken, Task<AttemptRows?>> _attempt = EF.CompileAsyncQuery(
        (CampaignsContext context, int campaignId, long stepId, int number, CancellationToken cancellationToken) => (
            from step in context.Steps.AsTracking()
            join attempt in context.Attempts on step.Id equals attempt.StepId
            join post in context.Posts on step.PostId equals post.Id
            join campaign in context.Campaigns on step.CampaignId equals campaign.Id
            join variant in context.Variants
                on new { step.PostId, Letter = step.Variant, Generation = step.Variant == "A" ? post.CurrentA : post.CurrentB }
                equals new { variant.PostId, variant.Letter, variant.Generation } into variants
            from current in variants.DefaultIfEmpty()
            join part in
                from step in context.Steps
                join post in context.Posts on step.PostId equals post.Id
                where step.CampaignId == campaignId && step.BaseGeneration == null && post.Status != PostStatus.Archived
                group step.State by step.CampaignId into states
                select new
                {
                    CampaignId = states.Key,
                    Total = states.Count(),
                    Done = states.Count(state => state == StepState.Done),
                    Failed = states.Count(state => state == StepState.Dead),
                    Open = states.Count(state => state == StepState.Waiting || state == StepState.Ready || state == StepState.Running),
                }
                on step.CampaignId equals part.CampaignId into plans
            from plan in plans.DefaultIfEmpty()
            where step.Id == stepId && attempt.Number == number && step.CampaignId == campaignId
            select new AttemptRows(
                campaign, step, attempt, post, current,
                new PartCounts(((int?)plan.Total) ?? 0, ((int?)plan.Done) ?? 0, ((int?)plan.Failed) ?? 0, ((int?)plan.Open) ?? 0))).SingleOrDefault());

    /// <summary>The steps that may be claimed now, counted, and each of those that workers hold.</summary>
    public static ValueTask<List<QueuedSteps>> QueueAsync(CampaignsContext context, DateTimeOffset now, CancellationToken cancellationToken) =>
        For(context)._queue(context, now).ToListAsync(cancellationToken);

    /// <summary>Whether a step of a kind that there is room for may be claimed now, and whether a day is over that a campaign waits for.</summary>
    public static async Task<(bool AnyReady, bool IsNewDay)> WorkAsync(
        CampaignsContext context, IReadOnlyDictionary<StepKind, int> room, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await For(context)._work(context, room[StepKind.Text] > 0, room[StepKind.Picture] > 0, now, SpendingDay.StartOf(now)).ToListAsync(cancellationToken);
        return (found.Contains(false), found.Contains(true));
    }

    /// <summary>The first steps of a kind that may be claimed now of each of some campaigns, those of each in plan order.</summary>
    public static async Task<IReadOnlyList<ReadyStep>> NextAsync(
        CampaignsContext context, IReadOnlyCollection<int> campaignIds, StepKind kind, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        var next = new List<ReadyStep>();
        foreach (var some in campaignIds.Chunk(Together))
        {
            int[] ids = [.. some, .. Enumerable.Repeat(some[0], Together - some.Length)];
            next.AddRange(await For(context)._next(context, ids[0], ids[1], ids[2], ids[3], kind, now, most).ToListAsync(cancellationToken));
        }

        return next;
    }

    /// <summary>An attempt of a step; null when there is none of that number.</summary>
    public static Task<AttemptRows?> AttemptAsync(CampaignsContext context, int campaignId, long stepId, int number, CancellationToken cancellationToken) =>
        For(context)._attempt(context, campaignId, stepId, number, cancellationToken);

    /// <summary>
    /// The parts of a campaign's plan: not what is made anew, and nothing of posts that a new plan has taken the place of.
    /// </summary>
    public static IQueryable<GenerationStep> OfPlan(CampaignsContext context, int campaignId) => context.Steps.Where(step =>
        step.CampaignId == campaignId && step.BaseGeneration == null
        && !context.Posts.Any(post => post.Id == step.PostId && post.Status == PostStatus.Archived));

    private static StepQueries For(CampaignsContext context) => CompiledQueries<StepQueries>.For(context);
}

using Janus.Campaigns;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Spending;

/// <summary>An engine whose calls cost something, on a day that does not end while a test runs.</summary>
internal static class Paid
{
    public const long Text = 20_000;
    public const long Picture = 80_000;

    public static readonly ExpectedCosts Usual = new(Text, Picture);

    private static readonly DateTimeOffset _noon = new(2026, 10, 3, 12, 0, 0, TimeSpan.Zero);

    public static int Day => SpendingDay.KeyOf(_noon);

    public static async Task<TestEngine> StartAsync(params IReadOnlyList<(string Key, string Value)> settings)
    {
        var engine = await TestEngine.StartAsync(settings);
        SetToNoon(engine);
        return engine;
    }

    public static void SetToNoon(TestEngine engine) => engine.Time.Shift = _noon - TimeProvider.System.GetUtcNow();

    public static AttemptUsage Cost(long microUsd) => new("test", 10, 10, microUsd);

    public static Task<IReadOnlyList<ClaimedStep>> ClaimPaidAsync(this TestEngine engine, int texts = 100, int pictures = 100) =>
        engine.ClaimAsync(texts, pictures, expected: Usual);

    /// <summary>Completes steps at the usual cost.</summary>
    public static async Task CompleteAsync(this TestEngine engine, IEnumerable<ClaimedStep> steps)
    {
        foreach (var step in steps)
            (await engine.CompleteAsync(step, Cost(Usual.Of(step.Kind)))).IsAccepted.ShouldBeTrue();
    }

    /// <summary>Claims and completes until nothing more is claimed.</summary>
    public static async Task CompleteAllPaidAsync(this TestEngine engine)
    {
        while (await engine.ClaimPaidAsync() is { Count: > 0 } steps)
            await engine.CompleteAsync(steps);
    }

    public static async Task<Campaign> CampaignAsync(this TestEngine engine, StoredCampaign campaign) => (await engine.GraphAsync(campaign)).Campaign;

    public static async Task<T> ReadAsync<T>(this TestEngine engine, Func<CampaignsContext, Task<T>> read)
    {
        await using var context = engine.Get<DatabaseEngine>().NewContext();
        return await read(context);
    }

    public static async Task<long> SpentOnDayAsync(this TestEngine engine, int day) =>
        await engine.ReadAsync(context => context.SpendingDays.Where(d => d.Day == day).SumAsync(d => d.SpentMicroUsd));

    /// <summary>Holds the books to the rule: attempts and plan give the campaign, campaigns give the days.</summary>
    public static async Task ShouldAddUpAsync(this TestEngine engine)
    {
        await using var context = engine.Get<DatabaseEngine>().NewContext();
        var campaigns = await context.Campaigns.ToListAsync();
        foreach (var campaign in campaigns)
        {
            var attempts = await context.Attempts.Join(context.Steps.Where(step => step.CampaignId == campaign.Id), attempt => attempt.StepId, step => step.Id, (attempt, _) => attempt)
                .SumAsync(attempt => attempt.CostMicroUsd);
            campaign.SpentMicroUsd.ShouldBe(attempts + campaign.PlanCostMicroUsd);
        }

        (await context.SpendingDays.SumAsync(day => day.SpentMicroUsd)).ShouldBe(campaigns.Sum(campaign => campaign.SpentMicroUsd));
    }
}

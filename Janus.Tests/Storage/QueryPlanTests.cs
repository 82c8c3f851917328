using Janus.Campaigns.Events;
using Janus.Campaigns.Reading;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Janus.Tests.Storage;

/// <summary>What grows with the age of an installation is never read whole: not by a claim, a record, a graph or a feed.</summary>
public sealed class QueryPlanTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_claim_and_all_that_a_worker_asks_between_claims_read_only_what_is_unfinished(bool hasStatistics)
    {
        await using var planned = await OldAsync(hasStatistics);
        var plans = new QueryPlans();
        await using var engine = planned.Another(plans);

        var claimed = await engine.ClaimAsync(expected: new ExpectedCosts(1, 1));
        var claims = claimed.Select(step => step.Claim).ToList();
        await engine.Queue.RenewAsync(claims, CancellationToken.None);
        await engine.Queue.StillHeldAsync(claims, CancellationToken.None);
        await engine.ReclaimExpiredAsync();
        await engine.Queue.NextDueAsync(CancellationToken.None);
        await engine.Queue.LoadAsync(CancellationToken.None);

        claimed.ShouldNotBeEmpty();
        plans.All.Count.ShouldBeGreaterThan(10);
        plans.Scans.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_reads_only_rows_of_its_campaign(bool hasStatistics)
    {
        await using var planned = await OldAsync(hasStatistics);
        var plans = new QueryPlans();
        await using var engine = planned.Another(plans);

        await engine.CompleteAllAsync();
        await engine.PlanAsync();
        await engine.FailAsync((await engine.ClaimAsync())[0]);

        plans.All.Count.ShouldBeGreaterThan(30);
        plans.Scans.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_graph_a_feed_and_a_list_read_only_what_they_show(bool hasStatistics)
    {
        await using var planned = await OldAsync(hasStatistics);
        var plans = new QueryPlans();
        await using var engine = planned.Another(plans);
        var campaign = await engine.PlanAsync();

        (await engine.GraphAsync(campaign)).Posts.Count.ShouldBe(2);
        await engine.Get<CampaignReader>().VersionAsync(campaign.PublicId, CancellationToken.None);
        await engine.Get<CampaignReader>().ChangedAsync(TimeProvider.System.GetUtcNow(), CancellationToken.None);
        await engine.EventsAsync(campaign);
        await engine.Get<EventReader>().BeforeAsync(campaign.PublicId, null, 20, [EventKind.StepDone], CancellationToken.None);

        plans.All.Count.ShouldBeGreaterThan(9);
        plans.Scans.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_statement_that_reads_a_whole_table_is_told_apart()
    {
        await using var planned = await OldAsync();
        var plans = new QueryPlans();
        await using var engine = planned.Another(plans);

        await engine.Get<CampaignDatabase>().ReadAsync("search", (tables, token) => tables.Steps.AnyAsync(step => step.LastError == "nobody wrote this", token), CancellationToken.None);

        plans.Scans.ShouldHaveSingleItem();
    }

    // Finished campaigns, statistics that know of them or none at all, as before the first upkeep, and one that is under way.
    private static async Task<TestEngine> OldAsync(bool hasStatistics = true)
    {
        var engine = await TestEngine.StartAsync();
        for (var campaign = 0; campaign < 4; campaign++)
            await engine.PlanAsync(posts: 12);
        await engine.CompleteAllAsync();
        if (hasStatistics)
            await engine.Get<CampaignDatabase>().WriteAsync("analyze", async (tables, token) => (await tables.Database.ExecuteSqlRawAsync("ANALYZE", token), Commit: true), CancellationToken.None);
        await engine.PlanAsync();
        return engine;
    }
}

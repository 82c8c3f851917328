using Janus.Campaigns;
using Janus.Campaigns.Planning;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Api;
using Janus.Tests.Engine;
using Janus.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Janus.Tests.Postgres;

/// <summary>Sessions that end, servers that restart, and answers that are lost: nothing is lost with them, and nothing is done twice.</summary>
public sealed class LostConnectionTests
{
    [Theory]
    [InlineData(nameof(Cut.BeforeCommit))]
    [InlineData(nameof(Cut.AfterCommit))]
    public async Task A_connection_that_is_lost_at_its_commit_leaves_one_campaign(string cut)
    {
        await using var store = await TestStore.OnPostgresAsync();
        await using var proxy = new CuttingProxy((await PostgresServer.SharedAsync()).Port);
        await using var engine = TestEngine.On(store, store.SettingsThrough(proxy.Port));
        await engine.PlanAsync(name: "before");

        proxy.Arm(Enum.Parse<Cut>(cut));
        var campaign = await engine.PlanAsync(name: "at the cut");

        proxy.Cuts.ShouldBe(1);
        campaign.IsNew.ShouldBeTrue();
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        (await tables.Campaigns.Select(row => row.Name).Order().ToListAsync()).ShouldBe(["at the cut", "before"]);
        (await tables.Campaigns.SingleAsync(row => row.PublicId == campaign.PublicId)).Id.ShouldBe(campaign.Id);
    }

    [Theory]
    [InlineData(nameof(Cut.BeforeCommit))]
    [InlineData(nameof(Cut.AfterCommit))]
    public async Task A_result_whose_commit_is_cut_is_recorded_once_and_said_to_be(string cut)
    {
        await using var store = await TestStore.OnPostgresAsync();
        await using var proxy = new CuttingProxy((await PostgresServer.SharedAsync()).Port);
        await using var engine = TestEngine.On(store, store.SettingsThrough(proxy.Port));
        var campaign = await engine.PlanAsync(posts: 1);
        var text = (await engine.ClaimAsync()).ShouldHaveSingleItem();

        proxy.Arm(Enum.Parse<Cut>(cut));
        (await engine.CompleteAsync(text)).IsAccepted.ShouldBeTrue();

        proxy.Cuts.ShouldBe(1);
        await engine.CompleteAllAsync();
        await ShouldBeMadeOnceAsync(engine, campaign);
    }

    [Theory]
    [InlineData(nameof(Cut.BeforeCommit))]
    [InlineData(nameof(Cut.AfterCommit))]
    public async Task A_commit_that_is_cut_by_a_crash_is_not_taken_for_another_with_its_number(string cut)
    {
        await using var server = await PostgresServer.StartAsync();
        await using var store = await TestStore.OnAsync(server);
        await using var proxy = new CuttingProxy(server.Port);
        await using var engine = TestEngine.On(store, store.SettingsThrough(proxy.Port));
        var campaign = await engine.PlanAsync(posts: 1);
        var text = (await engine.ClaimAsync()).ShouldHaveSingleItem();

        // A server that crashes gives the numbers of transactions that it forgot to others, which commit.
        proxy.Arm(Enum.Parse<Cut>(cut), async () =>
        {
            await server.RestartAsync();
            using var others = store.Open();
            for (var number = 0; number < 50; number++)
                others.Run("SELECT pg_current_xact_id()");
        });
        (await engine.CompleteAsync(text)).IsAccepted.ShouldBeTrue();

        proxy.Cuts.ShouldBe(1);
        await engine.CompleteAllAsync();
        await ShouldBeMadeOnceAsync(engine, campaign);
    }

    [Fact]
    public async Task Marks_of_commits_take_no_more_rows_than_were_written_at_once_and_those_of_yesterday_go_at_the_next_start()
    {
        await using var store = await TestStore.OnPostgresAsync();
        await using var engine = TestEngine.On(store);
        await using var connection = store.Open();
        for (var campaign = 0; campaign < 5; campaign++)
            await engine.PlanAsync(posts: 1);
        connection.Number("SELECT count(*) FROM commit_marks").ShouldBe(1);
        connection.Number("SELECT number FROM commit_marks").ShouldBeGreaterThanOrEqualTo(5);
        var gone = Guid.NewGuid();
        connection.Run($"INSERT INTO commit_marks SELECT '{gone}', 7, raised_at - 25 * 3600 * 1000000::bigint FROM commit_marks");

        await engine.Get<DatabaseMigrator>().MigrateAsync(CancellationToken.None);

        connection.Number("SELECT count(*) FROM commit_marks").ShouldBe(1);
        connection.Number($"SELECT count(*) FROM commit_marks WHERE slot = '{gone}'").ShouldBe(0);
        (await engine.PlanAsync(posts: 1)).IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task Sessions_that_are_ended_in_the_middle_lose_nothing_and_double_nothing()
    {
        await using var store = await TestStore.OnPostgresAsync();
        await using var engine = TestEngine.On(store);
        await using var worker = await TestWorker.StartAsync(engine, null, ("Sample:TextLatency", "00:00:00.020"), ("Sample:PictureLatency", "00:00:00.050"));
        var campaign = await engine.PlanAsync(posts: 12);
        using var killer = store.Open();
        long ended = 0;

        // After every step that was made, whatever runs at that moment.
        for (var made = 1; made <= 30; made++)
        {
            await worker.UntilAsync(campaign, graph => graph.Parts.Done >= made);
            ended += TestStore.EndSessions(killer);
        }

        await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
        ended.ShouldBeGreaterThanOrEqualTo(30);
        await ShouldBeMadeOnceAsync(engine, campaign);
    }

    [Fact]
    public async Task A_server_that_restarts_under_load_is_waited_for()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var store = await TestStore.OnAsync(server);
        await using var engine = TestEngine.On(store);
        await using var worker = await TestWorker.StartAsync(engine, null, ("Sample:TextLatency", "00:00:00.020"), ("Sample:PictureLatency", "00:00:00.050"));
        var campaign = await engine.PlanAsync(posts: 6);

        await worker.UntilAsync(campaign, graph => graph.Parts.Done >= 2);
        await server.RestartAsync();
        await worker.UntilAsync(campaign, graph => graph.Parts.Done >= 8);
        await server.RestartAsync();

        await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
        await ShouldBeMadeOnceAsync(engine, campaign);
    }

    [Fact]
    public async Task A_picture_that_cannot_be_kept_yet_is_not_painted_again()
    {
        await using var store = await TestStore.OnPostgresAsync();
        await using var engine = TestEngine.On(store);
        var logs = new RecordedLogs();
        await using var worker = await TestWorker.StartAsync(
            engine, services => services.AddLogging(logging => logging.AddProvider(logs)), ("Sample:PictureLatency", "00:00:02"), ("Janus:LockRetry:Budget", "00:00:00.500"));
        var campaign = await engine.PlanAsync(posts: 1);
        await worker.UntilAsync(campaign, graph => graph.Parts.Running == 2);

        // Both are still being painted for long after this.
        await using (store.HoldWrites())
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            while (logs.Lines.Count(line => line.Contains("cannot be recorded yet", StringComparison.Ordinal) && line.Contains("keep_picture", StringComparison.Ordinal)) < 2)
                await timer.WaitForNextTickAsync(limit.Token);
        }

        await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
        await ShouldBeMadeOnceAsync(engine, campaign);
    }

    private static async Task ShouldBeMadeOnceAsync(TestEngine engine, StoredCampaign campaign)
    {
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var steps = await tables.Steps.Where(step => step.CampaignId == campaign.Id).ToListAsync();
        steps.ShouldAllBe(step => step.State == StepState.Done);
        var attempts = await tables.Attempts.ToListAsync();
        attempts.Where(attempt => attempt.Outcome != AttemptOutcome.Done)
            .Select(attempt => $"attempt {attempt.Number} at step {attempt.StepId} was {attempt.Outcome} after {attempt.DurationMs} ms: {attempt.Error}").ShouldBeEmpty();
        attempts.Select(attempt => attempt.StepId).Order().ShouldBe(steps.Select(step => step.Id).Order(), "a part was made more than once");
        (await engine.EventsAsync(campaign)).Select(entry => entry.Version).ShouldBe(Enumerable.Range(1, (int)(await engine.GraphAsync(campaign)).Campaign.Version).Select(number => (long)number));
        (await engine.PhasesAsync(campaign)).ShouldBe(["content_creation", "scheduled"]);
    }
}

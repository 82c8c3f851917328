using System.Collections.Concurrent;
using Janus.Campaigns.Storage;
using Janus.Tests.Engine;
using Janus.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Janus.Tests.Postgres;

/// <summary>Several processes on one server, each with connections of its own.</summary>
public sealed class ManyAtOnceTests
{
    [Fact]
    public async Task Eight_workers_claim_every_step_once()
    {
        await using var store = await TestStore.OnPostgresAsync();
        await using var engine = TestEngine.On(store);
        for (var number = 1; number <= 6; number++)
            await engine.PlanAsync(posts: 10, name: $"Campaign {number}");

        var claimed = await Task.WhenAll(Enumerable.Range(1, 8).Select(worker => Task.Run(async () =>
        {
            await using var own = TestEngine.On(store);
            var steps = new List<long>();
            while (await own.ClaimAsync(texts: 2, worker: $"worker-{worker}") is { Count: > 0 } some)
                steps.AddRange(some.Select(step => step.Claim.StepId));
            return steps;
        })));

        claimed.SelectMany(steps => steps).Count().ShouldBe(60);
        claimed.SelectMany(steps => steps).ShouldBeUnique();
    }

    [Fact]
    public async Task A_campaign_that_another_transaction_has_is_left_to_it()
    {
        await using var store = await TestStore.OnPostgresAsync();
        await using var engine = TestEngine.On(store);
        var taken = await engine.PlanAsync(posts: 2, name: "taken");
        var free = await engine.PlanAsync(posts: 2, name: "free");
        using var other = store.Open();
        other.Run($"BEGIN; UPDATE campaigns SET version = version WHERE id = {taken.Id}");

        (await engine.ClaimAsync()).ShouldAllBe(step => step.CampaignPublicId == free.PublicId);

        other.Run("ROLLBACK");
        (await engine.ClaimAsync()).ShouldAllBe(step => step.CampaignPublicId == taken.PublicId);
    }

    [Fact]
    public async Task What_is_decided_about_a_campaign_is_decided_on_what_was_committed_while_it_was_waited_for()
    {
        await using var store = await TestStore.OnPostgresAsync();
        await using var engine = TestEngine.On(store);
        var campaign = await engine.PlanAsync(posts: 1);
        var step = (await engine.ClaimAsync()).Single();
        using var other = store.Open();
        other.Run($"BEGIN; UPDATE campaigns SET version = version WHERE id = {campaign.Id}");
        var completion = engine.CompleteAsync(step);
        await UntilSomebodyWaitsForALockAsync(store);

        other.Run($"UPDATE generation_steps SET worker = 'another' WHERE id = {step.Claim.StepId}; COMMIT");

        (await completion).Refusal!.Reason.ShouldBe("Another attempt has this step now; nothing of it was written.");
        (await engine.GraphAsync(campaign)).Parts.Done.ShouldBe(0);
    }

    private static async Task UntilSomebodyWaitsForALockAsync(TestStore store)
    {
        using var looking = store.Open();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (looking.Number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0)
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    [Fact]
    public async Task Who_wants_to_write_beyond_the_writers_waits_in_the_process_and_reading_goes_on()
    {
        await using var store = await TestStore.OnPostgresAsync();
        await using var engine = TestEngine.On(store);
        var campaign = await engine.PlanAsync();
        var database = engine.Get<CampaignDatabase>();
        var writers = engine.Get<DatabaseEngine>().Writers;
        Task<long> VersionAsync() => database.AskAsync(
            "test", (context, token) => context.Campaigns.Where(each => each.Id == campaign.Id).Select(each => each.Version).SingleAsync(token), CancellationToken.None);
        var planned = await VersionAsync();
        var within = 0;
        var together = new ConcurrentQueue<int>();
        using var full = new SemaphoreSlim(0);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writes = Enumerable.Range(0, writers + 8).Select(_ => database.WriteAsync(
            "test",
            async (context, token) =>
            {
                together.Enqueue(Interlocked.Increment(ref within));
                try
                {
                    full.Release();
                    await goOn.Task.WaitAsync(TimeSpan.FromSeconds(60), token);
                    return (await context.Campaigns.Where(each => each.Id == campaign.Id)
                        .ExecuteUpdateAsync(set => set.SetProperty(each => each.Version, each => each.Version + 1), token), true);
                }
                finally
                {
                    Interlocked.Decrement(ref within);
                }
            },
            CancellationToken.None)).ToList();
        for (var entered = 0; entered < writers; entered++)
            (await full.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBeTrue("fewer write at once than may");

        // Whoever could come in beside them would be in by then.
        for (var read = 0; read < 50; read++)
            (await VersionAsync()).ShouldBe(planned);
        goOn.SetResult();

        (await Task.WhenAll(writes)).ShouldAllBe(changed => changed == 1);
        together.Max().ShouldBe(writers);
        (await VersionAsync()).ShouldBe(planned + writes.Count);
    }

    [Fact]
    public async Task A_commit_wakes_who_waits_in_another_process_also_after_its_connection_was_lost()
    {
        await using var store = await TestStore.OnPostgresAsync();
        await using var writing = TestEngine.On(store);
        var services = new ServiceCollection().AddLogging();
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        foreach (var (name, value) in store.Settings)
            configuration[name] = value;
        services.AddCampaignStorage(configuration).AddCommitWatcher();
        await using var listening = services.BuildServiceProvider();
        var signal = listening.GetRequiredService<CommitSignal>();
        var watcher = listening.GetRequiredService<IHostedService>();
        await watcher.StartAsync(CancellationToken.None);
        (await WaitAsync(0)).ShouldBe(1, "listening begins with a signal");

        await writing.PlanAsync();
        var seen = await WaitAsync(1);
        using var killer = store.Open();
        TestStore.EndSessions(killer).ShouldBeGreaterThan(0);
        // The listener comes back with a signal of its own, because it may have missed something.
        seen = await WaitAsync(seen);
        await writing.PlanAsync();
        (await WaitAsync(seen)).ShouldBeGreaterThan(seen);

        await watcher.StopAsync(CancellationToken.None);

        async Task<long> WaitAsync(long last)
        {
            var now = await signal.WaitAsync(last, TimeSpan.FromSeconds(60), TimeProvider.System, CancellationToken.None);
            now.ShouldBeGreaterThan(last, "nobody was woken");
            return now;
        }
    }
}

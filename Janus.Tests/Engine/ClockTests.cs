using System.Data.Common;
using Janus.Campaigns;
using Janus.Campaigns.Media;
using Janus.Campaigns.Spending;
using Janus.Campaigns.Steps;
using Janus.Campaigns.Storage;
using Janus.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Janus.Tests.Engine;

/// <summary>Workers whose system's clock is set forward and back by an hour while time itself passes as it does, or for whom an hour passes in which they stand still.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly (string, string)[] Quick =
        [("Janus:Steps:Lease", "00:00:04"), ("Janus:Worker:SafetyInterval", "00:00:00.100"), ("Sample:PictureLatency", "00:00:00.300")];

    private readonly ShiftedTime _clock = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_hour_forward_or_stood_still_takes_no_lease_from_workers_that_are_alive(bool standsStill)
    {
        await using var engine = await TestEngine.StartAsync();
        await using var first = await StartAsync(engine, [.. Quick, ("Janus:Worker:PictureConcurrency", "2")]);
        await using var second = await StartAsync(engine, [.. Quick, ("Janus:Worker:PictureConcurrency", "2")]);
        var campaign = await engine.PlanAsync(posts: 4);
        await first.UntilAsync(campaign, graph => graph.Parts.Running > 0 && graph.Parts.Done >= 4);

        AnHourOn(standsStill);

        await first.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
        await ShouldBeMadeOnceAsync(engine, lost: 0);
    }

    [Fact]
    public async Task An_hour_forward_between_the_look_at_the_clock_and_the_look_at_the_leases_takes_none_from_the_living()
    {
        await using var engine = await TestEngine.StartAsync();
        var leap = new LeapBeforeLeases(() => _clock.Shift = Hour);
        await using var worker = await TestWorker.StartAsync(
            engine,
            services => services.AddSingleton<TimeProvider>(_clock)
                .ConfigureDbContext<SqliteCampaignsContext>(options => options.AddInterceptors(leap))
                .ConfigureDbContext<PostgresCampaignsContext>(options => options.AddInterceptors(leap)),
            Quick);
        var campaign = await engine.PlanAsync(posts: 4);
        await worker.UntilAsync(campaign, graph => graph.Parts.Running > 0 && graph.Parts.Done >= 4);

        leap.Arm();

        await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
        leap.HasHappened.ShouldBeTrue();
        await ShouldBeMadeOnceAsync(engine, lost: 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_hour_forward_or_stood_still_takes_the_lease_from_a_worker_that_is_dead(bool standsStill)
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 2);
        (await engine.ClaimAsync(worker: "dead")).Count.ShouldBe(2);
        await using var worker = await StartAsync(engine, Quick);
        // What it has made shows that it has looked at the leases before.
        var other = await engine.PlanAsync(posts: 1);
        await worker.UntilAsync(other, graph => graph.Campaign.Phase == Phase.Scheduled);

        AnHourOn(standsStill);

        await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
        await ShouldBeMadeOnceAsync(engine, lost: 2);
    }

    [Fact]
    public async Task An_hour_back_stalls_nothing_that_is_ready_running_waiting_for_another_try_or_held_by_the_dead()
    {
        await using var engine = await TestEngine.StartAsync(("Janus:Steps:Lease", "00:00:01"));
        var dead = await engine.PlanAsync(posts: 1);
        (await engine.ClaimAsync(worker: "dead")).Count.ShouldBe(1);
        await using var worker = await StartAsync(
            engine, [.. Quick, ("Sample:FailureRate", "0.3"), ("Janus:Steps:MaxFailures", "50"), ("Janus:Steps:MaxBackoff", "00:00:00.500")]);
        var campaign = await engine.PlanAsync(posts: 8);
        await worker.UntilAsync(campaign, graph => graph.Parts.Done >= 4);

        _clock.Shift = -Hour;

        await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
        await worker.UntilAsync(dead, graph => graph.Campaign.Phase == Phase.Scheduled);
        await ShouldBeMadeOnceAsync(engine, lost: 1);
    }

    [Fact]
    public async Task What_was_planned_before_the_clock_was_set_back_is_made_by_a_worker_that_started_afterwards()
    {
        await using var engine = await TestEngine.StartAsync(("Janus:Steps:Lease", "00:00:01"));
        engine.Time.Shift = Hour;
        var campaign = await engine.PlanAsync(posts: 2);
        (await engine.ClaimAsync(texts: 1, worker: "dead")).Count.ShouldBe(1);

        await using var worker = await StartAsync(engine, Quick);

        await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
        await ShouldBeMadeOnceAsync(engine, lost: 1);
    }

    [Fact]
    public async Task A_pause_holds_through_both()
    {
        await using var engine = await TestEngine.StartAsync();
        var campaign = await engine.PlanAsync(posts: 1);
        (await engine.Get<PauseCommands>().PauseAsync(campaign.PublicId, null, CancellationToken.None)).IsAccepted.ShouldBeTrue();
        await using var worker = await StartAsync(engine, Quick);
        foreach (var shift in (TimeSpan[])[Hour, TimeSpan.Zero])
        {
            _clock.Shift = shift;
            // Another campaign that is made shows that the worker has met the new clock.
            var other = await engine.PlanAsync(posts: 1);
            await worker.UntilAsync(other, graph => graph.Campaign.Phase == Phase.Scheduled);
        }

        (await engine.GraphAsync(campaign)).Parts.Done.ShouldBe(0);
        await engine.Get<PauseCommands>().ResumeAsync(campaign.PublicId, CancellationToken.None);
        await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);
    }

    [Fact]
    public async Task Pictures_that_rows_name_outlive_every_sweep_whatever_the_clock_says()
    {
        await using var engine = await TestEngine.StartAsync();
        await using var worker = await StartAsync(engine, [.. Quick, ("Janus:Worker:SweepInterval", "00:00:00.020")]);
        var campaign = await engine.PlanAsync(posts: 2);
        await worker.UntilAsync(campaign, graph => graph.Campaign.Phase == Phase.Scheduled);

        foreach (var shift in (TimeSpan[])[Hour, -Hour, TimeSpan.Zero])
        {
            _clock.Shift = shift;
            await SweptAsync(engine);
        }

        await ShouldBeMadeOnceAsync(engine, lost: 0);
    }

    private void AnHourOn(bool standsStill)
    {
        if (standsStill)
            _clock.StoodStill = Hour;
        else
            _clock.Shift = Hour;
    }

    // An old file that no row names goes only by a sweep that has met the clock as it is now.
    private static async Task SweptAsync(TestEngine engine)
    {
        var orphan = PictureName.New("image/svg+xml");
        await AddOldAsync(engine, orphan, TimeProvider.System.GetUtcNow().AddDays(-1));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (await engine.PictureAsync(orphan) is not null)
            await timer.WaitForNextTickAsync(limit.Token);
    }

    private static async Task AddOldAsync(TestEngine engine, string name, DateTimeOffset at)
    {
        if (!TestStore.IsPostgres)
        {
            var aside = Path.Combine(engine.Folder, name);
            await File.WriteAllTextAsync(aside, "");
            File.SetLastWriteTimeUtc(aside, at.UtcDateTime);
            File.Move(aside, Path.Combine(engine.MediaDirectory, name));
            return;
        }

        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        tables.Add(new StoredPicture { Name = name, Bytes = [], TouchedAt = at });
        await tables.SaveChangesAsync();
    }

    private Task<TestWorker> StartAsync(TestEngine engine, (string, string)[] settings) =>
        TestWorker.StartAsync(engine, services => services.AddSingleton<TimeProvider>(_clock), settings);

    // Every step done once, by one attempt that counts; as many lost as the dead held; and each picture on disk.
    private static async Task ShouldBeMadeOnceAsync(TestEngine engine, int lost)
    {
        await using var tables = engine.Get<DatabaseEngine>().NewContext();
        var steps = await tables.Steps.ToListAsync();
        steps.ShouldAllBe(step => step.State == StepState.Done);
        var attempts = await tables.Attempts.ToListAsync();
        attempts.Where(attempt => attempt.Outcome == AttemptOutcome.Done).Select(attempt => attempt.StepId).Order().ShouldBe(steps.Select(step => step.Id).Order());
        attempts.Count(attempt => attempt.Outcome == AttemptOutcome.Lost).ShouldBe(lost);
        attempts.Count(attempt => attempt.Outcome is AttemptOutcome.Running or AttemptOutcome.Cancelled).ShouldBe(0);
        var variants = await tables.Variants.ToListAsync();
        variants.Select(variant => (variant.PostId, variant.Letter)).ShouldBeUnique();
        foreach (var variant in variants)
            (await engine.PictureAsync(variant.Asset.ShouldNotBeNull())).ShouldNotBeNull();
    }

    /// <summary>Sets the clock between a worker's look at it and its look at the leases: as it asks which of its steps it still holds.</summary>
    private sealed class LeapBeforeLeases(Action leap) : DbCommandInterceptor
    {
        private int _armed;

        public bool HasHappened { get; private set; }

        public void Arm() => Volatile.Write(ref _armed, 1);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (AsksWhatIsHeld(command.CommandText) && Interlocked.Exchange(ref _armed, 0) == 1)
            {
                leap();
                HasHappened = true;
            }

            return new(result);
        }

        private static bool AsksWhatIsHeld(string sql) =>
            sql.Contains("worker", StringComparison.Ordinal) && !sql.Contains("lease_until", StringComparison.Ordinal)
            && (sql.Contains(" IN (", StringComparison.Ordinal) || sql.Contains("= ANY (", StringComparison.Ordinal));
    }
}

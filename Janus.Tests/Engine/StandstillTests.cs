using Janus.Campaigns.Storage;

namespace Janus.Tests.Engine;

/// <summary>Somebody else holds the write lock for longer than a lease.</summary>
public sealed class StandstillTests
{
    [Fact]
    public async Task A_lease_that_ran_out_while_nobody_could_write_is_not_taken_before_its_worker_could_renew()
    {
        await using var working = await TestEngine.StartAsync(("Janus:LockRetry:Budget", "00:00:00.300"), ("Janus:LockRetry:BusyTimeout", "00:00:00.020"));
        await using var looking = working.Another();
        await working.PlanAsync(posts: 1);
        var claim = (await working.ClaimAsync())[0].Claim;
        Wait(working, looking, working.Queue.Options.Lease + TimeSpan.FromSeconds(1));
        using (working.Store.HoldWrites())
        {
            await Should.ThrowAsync<DatabaseBusyException>(() => working.Queue.RenewAsync([claim], CancellationToken.None));
            await Should.ThrowAsync<DatabaseBusyException>(() => looking.ReclaimExpiredAsync());
        }

        (await looking.ReclaimExpiredAsync()).ShouldBe(0);
        (await working.ReclaimExpiredAsync()).ShouldBe(0);
        // The worker that looks does not look all the time.
        (await looking.Queue.NextDueAsync(CancellationToken.None)).ShouldNotBeNull().ShouldBeGreaterThan(looking.Time.GetUtcNow() + (looking.Queue.Options.Lease / 3));
        (await working.Queue.RenewAsync([claim], CancellationToken.None)).ShouldBe([claim]);

        Wait(working, looking, working.Queue.Options.Lease / 2);
        (await looking.ReclaimExpiredAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_that_does_not_come_back_after_it_is_lost_as_any_other()
    {
        await using var engine = await TestEngine.StartAsync(("Janus:LockRetry:Budget", "00:00:00.300"), ("Janus:LockRetry:BusyTimeout", "00:00:00.020"));
        await engine.PlanAsync(posts: 1);
        await engine.ClaimAsync();
        engine.Time.Shift += engine.Queue.Options.Lease + TimeSpan.FromSeconds(1);
        using (engine.Store.HoldWrites())
        {
            await Should.ThrowAsync<DatabaseBusyException>(() => engine.ReclaimExpiredAsync());
        }

        engine.Time.Shift += engine.Queue.Options.Lease / 2;
        (await engine.ReclaimExpiredAsync()).ShouldBe(1);
    }

    private static void Wait(TestEngine one, TestEngine other, TimeSpan length)
    {
        one.Time.Shift += length;
        other.Time.Shift += length;
    }
}

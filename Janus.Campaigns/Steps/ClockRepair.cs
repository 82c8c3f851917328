using Janus.Campaigns.Storage;
using Microsoft.EntityFrameworkCore;

namespace Janus.Campaigns.Steps;

/// <summary>
/// What a clock that was set back leaves behind: instants that were near and are far away now. A step that was ready would not be
/// claimed, and one whose worker was lost would not be taken back, before the clock has caught up.
/// </summary>
public sealed class ClockRepair(CampaignDatabase database, StepOptions options, TimeProvider time)
{
    // Clocks of several machines differ by less.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>Whether anything was recorded later than now: the clock was set back, perhaps while nobody was running.</summary>
    public async Task<bool> IsBehindAsync(CancellationToken cancellationToken)
    {
        var latest = await database.ReadAsync(
            "check_clock",
            (context, token) => context.Campaigns.OrderByDescending(campaign => campaign.UpdatedAt).Select(campaign => (DateTimeOffset?)campaign.UpdatedAt).FirstOrDefaultAsync(token),
            cancellationToken);
        return latest > time.GetUtcNow() + Tolerance;
    }

    /// <summary>
    /// Ends every wait of a ready step, because nobody knows any more how long it was to be, and lets no lease reach further than one that is
    /// given now. A try that comes too early costs less than one that comes an hour late. Doing it twice does no more. It is no event, like renewing a lease.
    /// </summary>
    /// <returns>How many steps it reached.</returns>
    public Task<int> EndWaitsAsync(CancellationToken cancellationToken) => database.WriteAsync(
        "end_waits",
        async (context, token) =>
        {
            // Whoever took the time before it was set, and has not committed yet, would not be seen.
            await database.Engine.TakeAllAsync(context, token);
            var now = time.GetUtcNow();
            var longest = now + options.Lease;
            var ready = await context.Steps.Where(step => step.State == StepState.Ready && step.AvailableAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(step => step.AvailableAt, now), token);
            var running = await context.Steps.Where(step => step.State == StepState.Running && step.LeaseUntil > longest)
                .ExecuteUpdateAsync(set => set.SetProperty(step => step.LeaseUntil, longest), token);
            return (ready + running, true);
        },
        cancellationToken);
}
